import { randomUUID } from 'node:crypto'
import { changeStatus } from '#modules/accounts/change-standing.ts'
import { hashPassword } from '#modules/credentials/hash-password.ts'
import { giveGift } from '#modules/operator/give-gift.ts'
import { seoulDay } from '#vocabulary/clock.ts'
import { type Ask, type Door, newAddress, newName, type Operation, PASSWORD } from './door.ts'
import { signUpBody, spun } from './good-requests.ts'

/** Brings the house into a state, and gives the request that it refuses then. Asked again it refuses again. */
export type Provoke = (door: Door) => Promise<Ask & { readonly busy?: true }>

type Provocations = Readonly<Record<string, Provoke>>

const badCursor: Provocations = {
  'request.cursor_invalid': async (door) => ({ ...(await annAsks(door)), url: '?cursor=nowhere' }),
}

const spin: Provocations = {
  'ledger.insufficient_balance': async (door) => ({
    ...(await spinOf(door, 1_000)),
    token: (await door.asPlayer(await door.newcomer())).accessToken,
  }),
  'slot.bet_out_of_range': async (door) => ({ ...(await annAsks(door)), ...(await spinOf(door, 1)) }),
  'rounds.request_id_reused': async (door) => {
    const first = { ...(await annAsks(door)), ...(await spinOf(door, 10)) }
    await door.send('POST /api/games/slot/spin', first)
    return { ...first, body: { bet_amount: 11 } }
  },
  'rounds.daily_limit_reached': async (door) => {
    const eager = await door.newcomer()
    await spun(door, eager)
    const { db, clock } = door.house.app
    await db.sql
      .updateTable('rounds_state')
      .set({ rounds_today: 1_000, day: seoulDay(clock.now()) })
      .where('player_id', '=', eager.playerId)
      .execute()
    return { ...(await spinOf(door, 10)), token: (await door.asPlayer(eager)).accessToken }
  },
}

/** By operation and code. What the frame itself refuses is provoked on every endpoint that declares it. */
export const PROVOCATIONS: Readonly<Record<Operation, Provocations>> = {
  'GET /metrics': { 'operations.metrics_forbidden': async () => ({ from: '203.0.113.9' }) },

  'POST /api/invite/validate': {
    'accounts.too_many_guesses': async (door) => ({ body: { code: 'WRONG' }, from: await guessedInvites(door) }),
  },
  'POST /api/auth/signup': {
    'accounts.site_id_taken': async (door) => ({
      body: { ...(await signUpBody(door)), site_id: door.ann.siteId.toUpperCase() },
    }),
    'accounts.nickname_taken': async (door) => ({
      body: { ...(await signUpBody(door)), nickname: door.ann.siteId.replace('_', '') },
    }),
    'accounts.nickname_not_allowed': async (door) => ({ body: { ...(await signUpBody(door)), nickname: '<b>' } }),
    'accounts.phone_not_valid': async (door) => ({ body: { ...(await signUpBody(door)), phone_number: 'call me' } }),
    'accounts.password_too_weak': async (door) => ({ body: { ...(await signUpBody(door)), password: 'password1' } }),
    'accounts.invite_invalid': async (door) => ({ body: { ...(await signUpBody(door)), invite_code: 'WRONG' } }),
    'accounts.too_many_guesses': async (door) => ({ body: await signUpBody(door), from: await guessedInvites(door) }),
    'credentials.too_busy': async (door) => ({ body: await signUpBody(door), busy: true }),
  },
  'POST /api/auth/login': {
    'accounts.wrong_credentials': async (door) => ({ body: { site_id: door.ann.siteId, password: 'not this one' } }),
    'accounts.locked_out': async (door) => {
      const ask = { body: { site_id: newName(), password: 'not this one' }, from: newAddress() }
      for (let guess = 0; guess < 5; guess++) await door.send('POST /api/auth/login', ask)
      return ask
    },
    'accounts.banned': async (door) => {
      const { playerId, siteId } = await door.newcomer()
      await changeStatus(door.house.app, playerId, 'banned')
      return { body: { site_id: siteId, password: PASSWORD } }
    },
    'credentials.too_busy': async (door) => ({ body: { site_id: door.ben.siteId, password: PASSWORD }, busy: true }),
  },
  'POST /api/auth/refresh': {
    'session.missing': async () => ({ body: {} }),
    'session.ended': async () => ({ body: { refresh_token: 'A'.repeat(43) } }),
  },
  'GET /api/users/{user_id}': {
    'accounts.player_not_found': async (door) => ({ ...(await annAsks(door)), url: '/api/users/999999' }),
  },
  'PATCH /api/auth/password': {
    'accounts.current_password_wrong': async (door) => ({
      ...(await annAsks(door)),
      body: { current_password: 'not this one', new_password: PASSWORD },
    }),
    'accounts.password_too_weak': async (door) => ({
      ...(await annAsks(door)),
      body: { current_password: PASSWORD, new_password: 'password1' },
    }),
    'accounts.locked_out': async (door) => {
      const body = { current_password: 'not this one', new_password: PASSWORD }
      const ask = { ...(await annAsks(door)), body, from: newAddress() }
      for (let guess = 0; guess < 5; guess++) await door.send('PATCH /api/auth/password', ask)
      return ask
    },
    'credentials.too_busy': async (door) => ({
      token: (await door.asPlayer(door.ben)).accessToken,
      body: { current_password: PASSWORD, new_password: PASSWORD },
      busy: true,
    }),
  },
  'POST /api/identity/verify': {
    'accounts.birth_date_invalid': async (door) => ({
      ...(await annAsks(door)),
      body: { birth_date: '2001-02-29', name: '홍길동' },
    }),
    'accounts.under_age': async (door) => ({
      ...(await annAsks(door)),
      body: { birth_date: `${Number(seoulDay(door.house.app.clock.now()).slice(0, 4)) - 18}-01-01`, name: '홍길동' },
    }),
    'accounts.identity_in_use': async (door) => {
      const body = { birth_date: '1990-05-05', name: newName() }
      await door.send('POST /api/identity/verify', { ...(await someoneAsks(door)), body })
      return { ...(await someoneAsks(door)), body }
    },
    'accounts.identity_differs': async (door) => {
      const ask = { ...(await someoneAsks(door)), body: { birth_date: '1990-05-05', name: newName() } }
      await door.send('POST /api/identity/verify', ask)
      return { ...ask, body: { ...ask.body, name: newName() } }
    },
  },
  'DELETE /api/auth/sessions/{session_id}': {
    'sessions.not_found': async (door) => ({ ...(await annAsks(door)), url: '/api/auth/sessions/999999' }),
  },

  'GET /api/wallet/entries': badCursor,
  'GET /api/games/rounds': badCursor,
  'GET /api/games/sessions': badCursor,
  'GET /api/games/rounds/{round_id}': {
    'rounds.not_found': async (door) => ({ ...(await annAsks(door)), url: '/api/games/rounds/999999' }),
  },
  'POST /api/games/gacha/pull': {
    'ledger.insufficient_balance': async (door) => ({
      ...pullOf(10),
      token: (await door.asPlayer(await door.newcomer())).accessToken,
    }),
    'gacha.pull_count_not_offered': async (door) => ({ ...(await annAsks(door)), ...pullOf(2) }),
    'rounds.request_id_reused': async (door) => {
      const { house, ann } = door
      await giveGift(house.app, { playerId: ann.playerId, asset: 'token', amount: 50n, requestId: randomUUID() })
      const first = { ...(await annAsks(door)), ...pullOf(1) }
      await door.send('POST /api/games/gacha/pull', first)
      return { ...first, body: { pull_count: 10 } }
    },
    'rounds.daily_limit_reached': async (door) => {
      const eager = await door.newcomer()
      const token = (await door.asPlayer(eager)).accessToken
      await door.send('POST /api/games/gacha/pull', { ...pullOf(1), token })
      const { db, clock } = door.house.app
      await db.sql
        .updateTable('rounds_state')
        .set({ rounds_today: 191, day: seoulDay(clock.now()) })
        .where('player_id', '=', eager.playerId)
        .execute()
      return { ...pullOf(10), token }
    },
  },
  'GET /api/games/gacha/history': badCursor,
  'POST /api/fairness/rotate': {
    'seeds.client_seed_not_plain': async (door) => ({ ...(await annAsks(door)), body: { client_seed: 'two words' } }),
  },
  'GET /api/fairness/receipts': badCursor,
  'GET /api/fairness/log': badCursor,
  'GET /api/fairness/rounds/{round_id}': {
    'rounds.not_found': async (door) => ({ ...(await annAsks(door)), url: '/api/fairness/rounds/999999' }),
  },
  'POST /api/games/slot/spin': spin,
  'POST /api/actions/SLOT_SPIN': spin,

  'POST /api/auth/admin/bootstrap': {
    'operators.bootstrap_refused': async () => ({
      body: { secret: 'not this one', site_id: newName(), password: PASSWORD },
    }),
    'operators.password_too_weak': async () => ({
      body: { secret: 'not this one', site_id: newName(), password: 'password1' },
    }),
    'credentials.too_busy': async () => ({
      body: { secret: 'not this one', site_id: newName(), password: PASSWORD },
      busy: true,
    }),
  },
  'POST /api/auth/admin/login': {
    'operators.wrong_credentials': async (door) => ({ body: { site_id: door.operator.siteId, password: PASSWORD } }),
    'operators.locked_out': async (door) => {
      const ask = { body: { site_id: newName(), password: 'not this one' }, from: newAddress() }
      for (let guess = 0; guess < 5; guess++) await door.send('POST /api/auth/admin/login', ask)
      return ask
    },
    'credentials.too_busy': async (door) => ({
      body: { site_id: door.operator.siteId, password: PASSWORD },
      busy: true,
    }),
  },
  'POST /api/auth/admin/totp': {
    'operators.code_wrong': async (door) => ({ ...(await deskAsks(door, false)), body: { otp: '000000' } }),
    'operators.already_enrolled': async (door) => ({ ...(await deskAsks(door, true)), body: { otp: '000000' } }),
    'operators.locked_out': async (door) => {
      const ask = { ...(await deskAsks(door, false)), body: { otp: '000000' }, from: newAddress() }
      for (let guess = 0; guess < 5; guess++) await door.send('POST /api/auth/admin/totp', ask)
      return ask
    },
  },
  'POST /api/auth/admin/refresh': {
    'session.missing': async () => ({ body: {} }),
    'session.ended': async () => ({ body: { refresh_token: 'A'.repeat(43) } }),
  },
  'POST /api/admin/invites': {
    'accounts.invite_expiry_passed': async (door) => ({
      ...(await deskAsks(door, true)),
      body: { expires_at: '2020-01-01T00:00:00Z' },
    }),
  },
  'GET /api/admin/invites': {
    'request.cursor_invalid': async (door) => ({ ...(await deskAsks(door, true)), url: '?cursor=nowhere' }),
  },
  'POST /api/admin/invites/{invite_id}/disable': {
    'accounts.invite_not_found': async (door) => ({
      ...(await deskAsks(door, true)),
      url: '/api/admin/invites/999999/disable',
    }),
  },
}

const annAsks = async (door: Door) => ({ token: (await door.asPlayer(door.ann)).accessToken })
const someoneAsks = async (door: Door) => ({ token: (await door.asPlayer(await door.newcomer())).accessToken })
const deskAsks = async (door: Door, isEnrolled: boolean) => ({
  token: (await door.asOperator(await door.newDesk({ isEnrolled }), isEnrolled)).accessToken,
})

const pullOf = (count: number): Ask => ({
  body: { pull_count: count },
  headers: { 'idempotency-key': randomUUID() },
})

async function spinOf({ house, ann }: Door, bet: number): Promise<Ask> {
  await giveGift(house.app, { playerId: ann.playerId, asset: 'token', amount: 10n, requestId: randomUUID() })
  return { body: { bet_amount: bet }, headers: { 'idempotency-key': randomUUID() } }
}

/** @returns an address from which twenty invitations have been guessed. */
async function guessedInvites(door: Door): Promise<string> {
  const from = newAddress()
  for (let guess = 0; guess < 20; guess++)
    await door.send('POST /api/invite/validate', { body: { code: `WRONG-${guess}` }, from })
  return from
}

/**
 * Keeps every place in the line for password hashes taken until told to stop. It has stopped when the line is
 * empty: what waits in it still has to be computed, and until then whoever comes next is turned away as well.
 */
export function keepBusy({ house }: Door): () => Promise<void> {
  let isOn = true
  const stay = async () => {
    while (isOn) await hashPassword(house.app.config, 'another one').catch(() => new Promise(setImmediate))
  }
  const places = house.app.config.PASSWORD_HASHES_AT_ONCE * 129
  const stays = Array.from({ length: places }, stay)
  return async () => {
    isOn = false
    await Promise.all(stays)
  }
}
