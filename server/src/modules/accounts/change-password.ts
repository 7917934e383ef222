import { isCommonPassword } from '#modules/credentials/common-passwords.ts'
import { checkPassword, hashPassword } from '#modules/credentials/hash-password.ts'
import type { Device } from '#modules/credentials/known-device.ts'
import { judgePassword } from '#modules/credentials/passwords.rules.ts'
import { admitAttempt, forgetDevices, settleAttempt } from '#modules/credentials/watch-guesses.ts'
import { endSessions } from '#modules/sessions/end-sessions.ts'
import { tell } from '#platform/outbox.ts'
import type { Client, PlayerCaller } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { currentPasswordWrong, lockedOut, passwordTooWeak, playerNotFound } from './contract.ts'
import { passwordChanged } from './events.ts'
import { accountOf } from './log-in.ts'
import { lockPlayer, selectPasswordHash, selectPlayer, updatePlayer } from './players.sql.ts'

/**
 * Changes the password of whoever knows the current one, ends all their other sessions, and makes every
 * device but this one a stranger. Wrong guesses count as at the login.
 *
 * @throws Refusal `accounts.current_password_wrong`, `accounts.password_too_weak` with `reason`
 * @throws Refusal `accounts.locked_out` with `retry_after_seconds`, `credentials.too_busy`
 */
export async function changePassword(
  app: App,
  caller: PlayerCaller,
  { currentPassword, newPassword }: { readonly currentPassword: string; readonly newPassword: string },
  client: Client,
  device: Device | null = null,
): Promise<void> {
  const player = await selectPlayer(app.db, caller.playerId)
  if (!player) throw playerNotFound.with()
  const weakness = judgePassword(newPassword, [player.site_id, player.nickname], isCommonPassword)
  if (weakness) throw passwordTooWeak.with({ reason: weakness })

  const account = accountOf(player.site_id)
  const admitted = await admitAttempt(app, { account, address: client.address, device })
  if ('waitSeconds' in admitted) throw lockedOut.with({ retry_after_seconds: admitted.waitSeconds })
  const found = await selectPasswordHash(app.db, player.site_id)
  const { isRight } = await checkPassword(app.config, found?.password_hash ?? null, currentPassword)
  const newHash = isRight ? await hashPassword(app.config, newPassword) : null

  const refused = await app.inTransaction(async (tx) => {
    const locked = await lockPlayer(tx, player.id)
    // Somebody else changed it meanwhile: then the current password is not the current one.
    const isStillRight = isRight && locked?.password_hash === found?.password_hash
    const waitSeconds = await settleAttempt(app, tx, admitted, isStillRight)
    if (waitSeconds > 0) return lockedOut.with({ retry_after_seconds: waitSeconds })
    if (!isStillRight || newHash === null) return currentPasswordWrong.with()

    await updatePlayer(tx, player.id, { password_hash: newHash })
    await forgetDevices(app, tx, account, device)
    await endSessions(app, tx, caller, 'password_changed', caller.sessionId)
    await tell(tx, [passwordChanged(player.id, app.clock.now())])
    return null
  })
  if (refused) throw refused
}
