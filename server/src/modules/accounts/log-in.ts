import { tooBusy } from '#modules/credentials/contract.ts'
import { checkPassword, hashPassword } from '#modules/credentials/hash-password.ts'
import type { Device } from '#modules/credentials/known-device.ts'
import { admitAttempt, rememberDevice, settleAttempt } from '#modules/credentials/watch-guesses.ts'
import { startSession, type Tokens } from '#modules/sessions/start-session.ts'
import { tell } from '#platform/outbox.ts'
import type { Client } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { banned, lockedOut, wrongCredentials } from './contract.ts'
import { loggedIn } from './events.ts'
import { siteIdOf } from './names.rules.ts'
import { lockPlayer, type Player, selectPasswordHash, updatePlayer } from './players.sql.ts'

/** What guesses at a player's password are counted under, whether or not there is such a player. */
export function accountOf(siteId: string): string {
  return `player:${siteId}`
}

/**
 * Begins a session for whoever knows the password, and ends the oldest ones beyond the limit.
 *
 * An unknown id and a wrong password look alike and take alike, and count alike: after five of them this
 * client waits ten minutes (`LOGIN_MAX_FAILED_ATTEMPTS`, `LOGIN_LOCKOUT_MINUTES`).
 *
 * Whoever has hung up meanwhile gets no session: it would end the one that the same person began by trying again.
 *
 * @throws Refusal `accounts.wrong_credentials`
 * @throws Refusal `accounts.locked_out` with `retry_after_seconds`, `credentials.too_busy`
 * @throws Refusal `accounts.banned`, to those only who know the password.
 */
export async function logIn(
  app: App,
  { siteId, password }: { readonly siteId: string; readonly password: string },
  client: Client,
  device: Device | null = null,
): Promise<{ readonly player: Player; readonly tokens: Tokens }> {
  const named = siteIdOf(siteId)
  const account = accountOf(named ?? siteId)
  const admitted = await admitAttempt(app, { account, address: client.address, device })
  if ('waitSeconds' in admitted) throw lockedOut.with({ retry_after_seconds: admitted.waitSeconds })

  for (;;) {
    // Hashing takes long and holds no connection meanwhile.
    const found = named === null ? undefined : await selectPasswordHash(app.db, named)
    const { isRight, needsRehash } = await checkPassword(app.config, found?.password_hash ?? null, password)
    const rehashed = isRight && needsRehash ? await hashPassword(app.config, password) : null

    // A wrong guess must stay counted, so refusals leave the transaction as outcomes.
    const outcome = await app.inTransaction(async (tx) => {
      const player = found && isRight ? await lockPlayer(tx, found.id) : undefined
      // Changed while we were hashing (another login may have raised its cost): look again.
      if (player && player.password_hash !== found?.password_hash) return 'again' as const

      const waitSeconds = await settleAttempt(app, tx, admitted, player !== undefined)
      if (waitSeconds > 0) return lockedOut.with({ retry_after_seconds: waitSeconds })
      if (!player) return wrongCredentials.with()
      if (player.status === 'banned') return banned.with()

      const now = app.clock.now()
      if (device) await rememberDevice(app, tx, account, device)
      const subject = { kind: 'player', playerId: player.id, rank: player.rank } as const
      const tokens = await startSession(app, tx, subject, client)
      await updatePlayer(tx, player.id, {
        last_login_at: now,
        ...(rehashed === null ? {} : { password_hash: rehashed }),
      })
      await tell(tx, [loggedIn(player.id, tokens.sessionId, now)])
      // The last look before the commit, and after the locks. Nobody hears this; it undoes what was written.
      if (client.isGone?.()) throw tooBusy.with({ retry_after_seconds: 1 })
      return { player: { ...player, last_login_at: now }, tokens }
    })
    if (outcome === 'again') continue
    if (outcome instanceof Error) throw outcome
    return outcome
  }
}
