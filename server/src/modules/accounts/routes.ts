import { deviceToName, keepDevice } from '#modules/credentials/known-device.ts'
import { refreshSession } from '#modules/sessions/refresh-session.ts'
import { refreshFor, showTokens } from '#modules/sessions/show-tokens.ts'
import { type Language, type Route, serve } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { Bug } from '#vocabulary/failure.ts'
import { onWire } from '#vocabulary/wire.ts'
import { birthYearOf, isStillVerified } from './age.rules.ts'
import { changePassword } from './change-password.ts'
import * as contract from './contract.ts'
import { createInvite } from './create-invite.ts'
import { disableInvite } from './disable-invite.ts'
import { findInvite } from './find-invite.ts'
import { developmentIdentity } from './identity-provider.ts'
import { type Invite, type InviteProblem, remainingUses } from './invites.rules.ts'
import { listInvites } from './list-invites.ts'
import { logIn } from './log-in.ts'
import { maskedPhone } from './names.rules.ts'
import type { Player } from './players.sql.ts'
import { readPlayer } from './read-player.ts'
import { showAmongWinners } from './show-among-winners.ts'
import { signUp } from './sign-up.ts'
import { verifyIdentity } from './verify-identity.ts'

export function routes(app: App): Route[] {
  const userOnWire = (player: Player) => inFull(player, app.clock.now())
  return [
    serve(contract.postValidateInvite, async ({ body, client, language }) => {
      const { invite, problem } = await findInvite(app, body.code, client.address)
      return validityOnWire(body.code, invite, problem, language)
    }),
    serve(contract.postSignUp, async (asked) => {
      const { site_id: siteId, nickname, phone_number = null, password, invite_code: inviteCode } = asked.body
      const device = deviceToName(asked)
      const command = { siteId, nickname, phoneNumber: phone_number, password, inviteCode }
      const { player, tokens } = await signUp(app, command, asked.client, device)
      keepDevice(asked, device)
      return { ...showTokens(asked, tokens), user: userOnWire(player) }
    }),
    serve(contract.postLogIn, async (asked) => {
      const { site_id: siteId, password } = asked.body
      const device = deviceToName(asked)
      const { player, tokens } = await logIn(app, { siteId, password }, asked.client, device)
      keepDevice(asked, device)
      return { ...showTokens(asked, tokens), user: userOnWire(player) }
    }),
    serve(contract.postRefresh, async (asked) => {
      const tokens = await refreshFor(asked, asked.body?.refresh_token, (token) => refreshSession(app, token, 'player'))
      if (tokens.subject.kind !== 'player') throw new Bug('a refresh turned a player into an operator')
      const player = await readPlayer(app.db, tokens.subject.playerId)
      return { ...showTokens(asked, tokens), user: userOnWire(player) }
    }),
    serve(contract.getMe, async ({ caller }) => userOnWire(await readPlayer(app.db, caller.playerId))),
    serve(contract.getProfile, async ({ caller }) => userOnWire(await readPlayer(app.db, caller.playerId))),
    serve(contract.patchProfile, async ({ caller, body }) =>
      userOnWire(await showAmongWinners(app, caller.playerId, body.shown_among_winners)),
    ),
    serve(contract.getUser, async ({ caller, params }) => {
      const player = await readPlayer(app.db, BigInt(params.user_id))
      return player.id === caller.playerId ? userOnWire(player) : inPublic(player)
    }),
    serve(contract.patchPassword, async (asked) => {
      const { current_password: currentPassword, new_password: newPassword } = asked.body
      await changePassword(app, asked.caller, { currentPassword, newPassword }, asked.client, deviceToName(asked))
    }),
    serve(contract.postVerifyIdentity, async ({ caller, body: { name, birth_date: birthDate } }) => {
      if (birthYearOf(birthDate, app.clock.now()) === null) throw contract.birthDateInvalid.with()
      const identity = await developmentIdentity.identify({ name, birthDate })
      const { verifiedAt } = await verifyIdentity(app, caller.playerId, identity)
      return { age_verified: true as const, verified_at: verifiedAt.toISOString() }
    }),
    serve(contract.getPremium, ({ caller }) => ({ rank: caller.rank })),
    serve(contract.getVip, ({ caller }) => ({ rank: caller.rank })),

    serve(contract.postInvite, async ({ caller, body }) => {
      const { campaign = null, rank = 'STANDARD', max_uses: maxUses = null, expires_at: expires = null } = body
      const expiresAt = expires === null ? null : new Date(expires)
      return inviteOnWire(await createInvite(app, { campaign, rank, maxUses, expiresAt, createdBy: caller.operatorId }))
    }),
    serve(contract.getInvites, async ({ query: { limit = 20, cursor } }) => {
      const { invites, nextCursor } = await listInvites(app, { limit, cursor })
      return { items: invites.map(inviteOnWire), next_cursor: nextCursor }
    }),
    serve(contract.postDisableInvite, async ({ params }) =>
      inviteOnWire(await disableInvite(app, BigInt(params.invite_id))),
    ),
  ]
}

function inFull(player: Player, now: Date) {
  return {
    user_id: onWire(player.id),
    site_id: player.site_id,
    nickname: player.nickname,
    phone_number: maskedPhone(player.phone_last4),
    rank: player.rank,
    role: 'player' as const,
    age_verified: isStillVerified(player.verified_at, now),
    shown_among_winners: player.is_shown_among_winners,
    created_at: player.created_at.toISOString(),
    last_login_at: player.last_login_at?.toISOString() ?? null,
  }
}

/** What everybody may know of a player. A list of what is shown, so that nothing is shown by being forgotten. */
function inPublic({ id, nickname, rank, created_at }: Player) {
  return { user_id: onWire(id), nickname, rank, created_at: created_at.toISOString() }
}

const PROBLEMS: Readonly<Record<InviteProblem, Readonly<Record<Language, string>>>> = {
  unknown: { ko: '없는 초대 코드입니다.', en: 'There is no such invite code.' },
  expired: { ko: '기간이 지난 초대 코드입니다.', en: 'This invite code has expired.' },
  used_up: { ko: '모두 사용된 초대 코드입니다.', en: 'This invite code has been used up.' },
  disabled: { ko: '사용이 중지된 초대 코드입니다.', en: 'This invite code has been withdrawn.' },
}

function validityOnWire(code: string, invite: Invite | undefined, problem: InviteProblem | null, language: Language) {
  const shown = problem === 'unknown' ? undefined : invite
  return {
    is_valid: problem === null,
    error_message: problem === null ? null : PROBLEMS[problem][language],
    reason: problem,
    code,
    expires_at: shown?.expires_at?.toISOString() ?? null,
    remaining_uses: shown ? remainingUses(shown) : null,
  }
}

function inviteOnWire(invite: Invite) {
  return {
    invite_id: onWire(invite.id),
    code: invite.code,
    campaign: invite.campaign,
    rank: invite.rank,
    max_uses: invite.max_uses,
    uses: invite.uses,
    expires_at: invite.expires_at?.toISOString() ?? null,
    disabled_at: invite.disabled_at?.toISOString() ?? null,
    created_at: invite.created_at.toISOString(),
  }
}
