import { randomUUID } from 'node:crypto'
import { isCommonPassword } from '#modules/credentials/common-passwords.ts'
import { hashPassword } from '#modules/credentials/hash-password.ts'
import type { Device } from '#modules/credentials/known-device.ts'
import { judgePassword } from '#modules/credentials/passwords.rules.ts'
import { rememberDevice } from '#modules/credentials/watch-guesses.ts'
import { openWallets } from '#modules/ledger/open-wallets.ts'
import { postTransfer } from '#modules/ledger/post-transfers.ts'
import { requestHash } from '#modules/ledger/request-hash.ts'
import { openPair } from '#modules/seeds/open-pair.ts'
import { startSession, type Tokens } from '#modules/sessions/start-session.ts'
import { keyedHash } from '#platform/keyed.ts'
import { tell } from '#platform/outbox.ts'
import { brokenConstraint } from '#platform/postgres/sql-state.ts'
import type { Client } from '#platform/route/endpoint.ts'
import { invalidRequest } from '#platform/route/frame-refusals.ts'
import type { App } from '#server/app.ts'
import {
  inviteInvalid,
  nicknameNotAllowed,
  nicknameTaken,
  passwordTooWeak,
  phoneNotValid,
  siteIdTaken,
} from './contract.ts'
import { signedUp } from './events.ts'
import { codeHash, findInvite } from './find-invite.ts'
import { inviteProblem } from './invites.rules.ts'
import { lockInvite, writeInviteUses } from './invites.sql.ts'
import { accountOf } from './log-in.ts'
import { nicknameKey, nicknameOf, phoneOf, siteIdOf } from './names.rules.ts'
import { insertPlayer, type Player } from './players.sql.ts'

export type SignUp = {
  readonly siteId: string
  readonly nickname: string
  readonly phoneNumber: string | null
  readonly password: string
  readonly inviteCode: string
}

/**
 * Makes a player: uses the invitation, opens the wallets, pays the start balance and begins a session, all
 * in one transaction or none of it.
 *
 * @throws Refusal `accounts.site_id_taken`, `accounts.nickname_taken`
 * @throws Refusal `accounts.nickname_not_allowed`, `accounts.phone_not_valid`
 * @throws Refusal `accounts.password_too_weak` with `reason`, `credentials.too_busy`
 * @throws Refusal `accounts.invite_invalid` with `reason`, `accounts.too_many_guesses`
 */
export async function signUp(
  app: App,
  command: SignUp,
  client: Client,
  device: Device | null = null,
): Promise<{ readonly player: Player; readonly tokens: Tokens }> {
  const siteId = siteIdOf(command.siteId)
  if (siteId === null) throw invalidRequest.with({ problem: 'body/site_id' })
  const nickname = nicknameOf(command.nickname)
  if (nickname === null) throw nicknameNotAllowed.with()
  const phone = command.phoneNumber === null ? null : phoneOf(command.phoneNumber)
  if (phone === null && command.phoneNumber !== null) throw phoneNotValid.with()
  const weakness = judgePassword(command.password, [siteId, nickname], isCommonPassword)
  if (weakness) throw passwordTooWeak.with({ reason: weakness })

  // A first look without the lock, so that nobody without an invitation makes us hash.
  const { problem } = await findInvite(app, command.inviteCode, client.address)
  if (problem) throw inviteInvalid.with({ reason: problem })
  const passwordHash = await hashPassword(app.config, command.password)

  try {
    return await app.inTransaction(async (tx) => {
      // Lock before looking: of a hundred sign-ups with the last use, one finds it.
      const invite = await lockInvite(tx, codeHash(command.inviteCode))
      const now = app.clock.now()
      const problem = inviteProblem(invite, now, app.config.isProduction)
      if (problem || !invite) throw inviteInvalid.with({ reason: problem ?? 'unknown' })

      const player = await insertPlayer(tx, {
        siteId,
        nickname,
        nicknameKey: nicknameKey(nickname),
        phone: phone === null ? null : { last4: phone.slice(-4), hash: keyedHash(app.config.PII_KEY, 'phone', phone) },
        passwordHash,
        rank: invite.rank,
        inviteId: invite.id,
        at: now,
      })
      await writeInviteUses(tx, invite.id, invite.uses + 1)
      if (device) await rememberDevice(app, tx, accountOf(siteId), device)
      const subject = { kind: 'player', playerId: player.id, rank: player.rank } as const
      const tokens = await startSession(app, tx, subject, client)
      await tell(tx, [signedUp(player.id, invite.campaign, player.rank, now)])
      await openPair(app, tx, player.id, now)
      await payStartBalance(app, tx, player.id, now)
      return { player, tokens }
    })
  } catch (error) {
    const constraint = brokenConstraint(error)
    if (constraint === 'accounts_player_site_id_is_unique') throw siteIdTaken.with()
    if (constraint === 'accounts_player_nickname_is_unique') throw nicknameTaken.with()
    throw error
  }
}

// Wallets last, as everywhere.
async function payStartBalance(app: App, tx: Parameters<typeof openWallets>[0], playerId: bigint, at: Date) {
  await openWallets(tx, playerId)
  const amount = BigInt(app.config.START_BALANCE)
  if (amount === 0n) return
  await postTransfer(tx, {
    playerId,
    requestId: randomUUID(),
    requestHash: requestHash('accounts.start_balance', amount),
    reason: 'accounts.start_balance',
    postings: [{ from: 'accounts', to: 'player', asset: 'token', amount }],
    at,
  })
}
