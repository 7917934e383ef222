import { randomUUID } from 'node:crypto'
import { createInvite } from '#modules/accounts/create-invite.ts'
import { giveGift } from '#modules/operator/give-gift.ts'
import { makeBootstrapSecret } from '#modules/operators/make-bootstrap-secret.ts'
import { type Ask, type Door, newName, type Operation, PASSWORD, type Person } from './door.ts'

/** A request that its rightful caller may make and that does what the endpoint is for. */
export type GoodRequest = (door: Door) => Promise<Ask> | Ask

/** One for every route. Those that need more than a token of the right kind bring their own. */
export const GOOD_REQUESTS: Readonly<Record<Operation, GoodRequest>> = {
  'GET /health': () => ({}),
  'GET /health/live': () => ({}),
  'GET /health/ready': () => ({}),
  'GET /metrics': () => ({ from: '127.0.0.1' }),

  'POST /api/invite/validate': async ({ house }) => ({ body: { code: (await createInvite(house.app)).code } }),
  'POST /api/auth/signup': async (door) => ({ body: await signUpBody(door) }),
  'POST /api/auth/login': ({ ann }) => ({ body: { site_id: ann.siteId, password: PASSWORD } }),
  'POST /api/auth/refresh': async (door) => ({ body: { refresh_token: (await door.asPlayer(door.ann)).refreshToken } }),
  'POST /api/auth/logout': () => ({}),
  'POST /api/auth/logout-all': () => ({}),
  'GET /api/auth/sessions': () => ({}),
  'DELETE /api/auth/sessions/{session_id}': async (door) => ({
    url: `/api/auth/sessions/${(await door.asPlayer(door.ann)).sessionId}`,
  }),
  'GET /sse/live': () => ({}),
  'GET /api/auth/me': () => ({}),
  'PATCH /api/auth/password': () => ({ body: { current_password: PASSWORD, new_password: PASSWORD } }),
  'POST /api/identity/verify': () => ({ body: { birth_date: '2000-02-29', name: '홍길동' } }),
  'GET /api/users/profile': () => ({}),
  'PATCH /api/users/profile': () => ({ body: { shown_among_winners: true } }),
  'GET /api/users/stats': () => ({}),
  'GET /api/users/{user_id}': ({ ann }) => ({ url: `/api/users/${ann.playerId}` }),
  'GET /api/rbac/premium': () => ({}),
  'GET /api/rbac/vip': () => ({}),

  'GET /api/wallet': () => ({}),
  'GET /api/wallet/entries': () => ({ url: '/api/wallet/entries?asset=token&limit=1' }),
  'GET /api/games/rounds': () => ({ url: '/api/games/rounds?game=slot&limit=1' }),
  'GET /api/games/rounds/{round_id}': async (door) => ({ url: `/api/games/rounds/${await spun(door, door.ann)}` }),
  'GET /api/games/sessions': () => ({}),
  'GET /api/fairness/log': () => ({ url: '/api/fairness/log?limit=1' }),
  'GET /api/fairness/status': () => ({}),
  'GET /api/fairness/seed': () => ({}),
  'POST /api/fairness/rotate': () => ({ body: { client_seed: 'lucky-koi' } }),
  'GET /api/fairness/rounds/{round_id}': async (door) => ({
    url: `/api/fairness/rounds/${await spun(door, door.ann)}`,
  }),
  'GET /api/fairness/receipts': () => ({ url: '/api/fairness/receipts?game=slot&limit=1' }),
  'POST /api/games/gacha/pull': pull,
  'GET /api/games/gacha/config': () => ({}),
  'GET /api/games/gacha/stats': () => ({}),
  'GET /api/games/gacha/winners': () => ({}),
  'GET /api/games/gacha/history': () => ({ url: '/api/games/gacha/history?limit=1' }),
  'GET /api/inventory': () => ({}),
  'GET /api/games/slot/config': () => ({}),
  'GET /api/games/slot/state': () => ({}),
  'POST /api/games/slot/spin': spin,
  'POST /api/actions/SLOT_SPIN': spin,

  'POST /api/auth/admin/bootstrap': async ({ house }) => ({
    body: { secret: (await makeBootstrapSecret(house.app)) ?? 'none', site_id: newName(), password: PASSWORD },
  }),
  'POST /api/auth/admin/login': async (door) => {
    const desk = await door.newDesk({ isEnrolled: true })
    return { body: { site_id: desk.siteId, password: PASSWORD, otp: door.codeOf(desk) } }
  },
  'POST /api/auth/admin/refresh': async (door) => {
    const desk = await door.newDesk({ isEnrolled: true })
    return { body: { refresh_token: (await door.asOperator(desk, true)).refreshToken } }
  },
  'POST /api/auth/admin/totp': async (door) => {
    const desk = await door.newDesk({ isEnrolled: false })
    return { body: { otp: door.codeOf(desk) }, token: (await door.asOperator(desk, false)).accessToken }
  },
  'POST /api/auth/admin/logout': () => ({}),
  'GET /api/auth/admin/me': () => ({}),
  'GET /api/admin/audit': () => ({}),
  'GET /api/admin/invites': () => ({ url: '/api/admin/invites?limit=2' }),
  'POST /api/admin/invites': () => ({ body: { campaign: 'winter', max_uses: 3 } }),
  'POST /api/admin/invites/{invite_id}/disable': async ({ house }) => ({
    url: `/api/admin/invites/${(await createInvite(house.app)).id}/disable`,
  }),
}

export async function signUpBody({ house }: Door) {
  const name = newName()
  const { code } = await createInvite(house.app)
  return { site_id: name, nickname: name.replace('_', ' '), password: PASSWORD, invite_code: code }
}

async function spin({ house, ann, ben }: Door): Promise<Ask> {
  for (const { playerId } of [ann, ben])
    await giveGift(house.app, { playerId, asset: 'token', amount: 10n, requestId: randomUUID() })
  return { body: { bet_amount: 10 }, headers: { 'idempotency-key': randomUUID() } }
}

async function pull({ house, ann, ben }: Door): Promise<Ask> {
  for (const { playerId } of [ann, ben])
    await giveGift(house.app, { playerId, asset: 'token', amount: 50n, requestId: randomUUID() })
  return { body: { pull_count: 1 }, headers: { 'idempotency-key': randomUUID() } }
}

/** @returns the number of a round this person has played just now. */
export async function spun(door: Door, person: Person): Promise<number> {
  await giveGift(door.house.app, { playerId: person.playerId, asset: 'token', amount: 10n, requestId: randomUUID() })
  const { json } = await door.send('POST /api/games/slot/spin', {
    body: { bet_amount: 10 },
    headers: { 'idempotency-key': randomUUID() },
    token: (await door.asPlayer(person)).accessToken,
  })
  return Number(json['round_id'])
}
