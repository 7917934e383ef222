import { randomUUID } from 'node:crypto'
import { type Draws, scriptedDraws } from '@casino-club/fairness/draws.ts'
import { drawsForRound, type RoundSeeds } from '@casino-club/fairness/stream.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { auditHouse } from '#modules/operator/audit-house.ts'
import type { House } from '#server/house.ts'
import { handClock, newPlayer, openTestHouse, signIn } from '#tests/house.ts'
import { DAY, HOUR, MINUTE, nextSeoulMidnight, SECOND } from '#vocabulary/clock.ts'
import { animationOf } from './slot.rules.ts'

/** Tickets that stop each reel at the start of a symbol's range, in the shipped order and weights. */
const TICKET = { cherry: 0, lemon: 30, orange: 55, grape: 75, diamond: 90, seven: 98 } as const
/** The ticket of a variation of exactly one. */
const EVEN = 50

const clock = handClock()
let script: number[] = []
// A spin takes four draws. What is not scripted is left to the seeds.
const drawsOf = (seeds: RoundSeeds): Draws => {
  const chance = drawsForRound(seeds)
  return {
    below: (bound) => (script.length > 0 ? scriptedDraws([script.shift() ?? 0]).below(bound) : chance.below(bound)),
  }
}

let house: House
let playerId: bigint
let headers: { authorization: string }

beforeAll(async () => {
  house = await openTestHouse({ clock, drawsOf })
})

async function enter(tokens: bigint): Promise<void> {
  playerId = await newPlayer(house.app, { token: tokens })
  headers = await signIn(house.app, playerId)
}

/** Turns the clock; a session that this ran out is begun anew. */
async function pass(milliseconds: number): Promise<void> {
  clock.turn(milliseconds)
  headers = await signIn(house.app, playerId)
}

async function spin(bet: unknown, key: string = randomUUID(), path = '/api/games/slot/spin') {
  const reply = await house.http.inject({
    method: 'POST',
    url: path,
    headers: { ...headers, 'idempotency-key': key, 'accept-language': 'en' },
    payload: { bet_amount: bet },
  })
  return { status: reply.statusCode, text: reply.body, body: reply.json() }
}
const get = async (url: string) => (await house.http.inject({ url, headers })).json()

describe('a spin pays what the paytable says', () => {
  beforeAll(() => enter(1_000_000n))

  test.each([
    // reels                            variation  bet   win      animation   jackpot
    [['cherry', 'lemon', 'cherry'], EVEN, 100, 0, null, false],
    [['cherry', 'cherry', 'lemon'], EVEN, 100, 120, 'win', false],
    [['lemon', 'cherry', 'cherry'], 0, 100, 114, 'win', false],
    [['cherry', 'cherry', 'cherry'], EVEN, 100, 200, 'win', false],
    [['grape', 'grape', 'grape'], EVEN, 100, 1_000, 'big_win', false],
    [['seven', 'seven', 'seven'], EVEN, 100, 100_000, 'jackpot', true],
    // Rounded down, once.
    [['cherry', 'cherry', 'lemon'], 49, 10, 11, 'win', false],
  ] as const)('%j', async (reels, variation, bet, win, animation, isJackpot) => {
    await pass(2 * DAY) // no streak
    script = [...reels.map((symbol) => TICKET[symbol]), variation]
    const before = (await get('/api/wallet')).balances.token

    const { status, body } = await spin(bet)

    expect(status).toBe(200)
    expect(body).toMatchObject({
      reels,
      bet_amount: bet,
      win_amount: win,
      special_animation: animation,
      is_jackpot: isJackpot,
      streak: 1,
      streak_bonus_percent: 0,
      balance: before - bet + win,
    })
    expect((await get('/api/wallet')).balances.token).toBe(body.balance)
  })

  test('the streak raises a win by 2 % a spin, up to 20 %, and ends after a day without one', async () => {
    await pass(2 * DAY)
    const wins: number[] = []
    for (let count = 0; count < 13; count++) {
      clock.turn(3 * SECOND)
      script = [TICKET.cherry, TICKET.cherry, TICKET.lemon, EVEN]
      wins.push((await spin(1_000)).body.win_amount)
    }
    expect(wins).toEqual(
      [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 20, 20].map((percent) => (1_200 * (100 + percent)) / 100),
    )
    expect(await get('/api/games/slot/state')).toMatchObject({ streak: 13, streak_bonus_percent: 20 })

    await pass(24 * HOUR - 3 * SECOND)
    expect(await get('/api/games/slot/state')).toMatchObject({ streak: 13 })
    await pass(3 * SECOND)
    expect(await get('/api/games/slot/state')).toMatchObject({
      streak: 0,
      streak_bonus_percent: 0,
      streak_ends_at: null,
    })
    script = [TICKET.cherry, TICKET.cherry, TICKET.lemon, EVEN]
    expect((await spin(1_000)).body).toMatchObject({ win_amount: 1_200, streak: 1 })
  })
})

describe('one act, one answer', () => {
  beforeAll(() => enter(1_000n))

  test('the same key gives the same answer, to the byte, under either path', async () => {
    const key = randomUUID()
    const first = await spin(20, key)
    const again = await spin(20, key)
    const action = await spin(20, key, '/api/actions/SLOT_SPIN')

    expect(again.text).toBe(first.text)
    expect(action.text).toBe(first.text)
    expect((await get('/api/games/rounds')).items).toHaveLength(1)
  })

  test('the same key with another bet is refused and changes nothing', async () => {
    const key = randomUUID()
    const { body } = await spin(20, key)
    const other = await spin(30, key)

    expect(other).toMatchObject({ status: 422, body: { code: 'rounds.request_id_reused' } })
    expect((await get('/api/wallet')).balances.token).toBe(body.balance)
  })

  test("another player's key is not seen", async () => {
    const key = randomUUID()
    const mine = await spin(20, key)
    await enter(1_000n)
    const theirs = await spin(20, key)

    expect(theirs.status).toBe(200)
    expect(theirs.body.round_id).not.toBe(mine.body.round_id)
    expect((await house.http.inject({ url: `/api/games/rounds/${mine.body.round_id}`, headers })).statusCode).toBe(404)
  })
})

test('bets outside the published bounds are refused with the bounds', async () => {
  await enter(10_000n)
  for (const bet of [1, 9, 1_001, 9_000_000])
    expect(await spin(bet)).toMatchObject({ status: 422, body: { code: 'slot.bet_out_of_range', min: 10, max: 1_000 } })
  expect((await get('/api/wallet')).balances.token).toBe(10_000)
})

test('too little for the bet: what there is, what is needed, and the wallet as it was', async () => {
  await enter(15n)
  expect(await spin(20)).toMatchObject({
    status: 409,
    body: { code: 'ledger.insufficient_balance', balance: 15, needed: 20, detail: 'This needs 20; you have 15.' },
  })
  expect((await get('/api/wallet')).balances.token).toBe(15)
  expect((await get('/api/games/rounds')).items).toEqual([])
})

test('the daily limit closes at its number and opens at midnight in Seoul', async () => {
  await enter(5_000_000n)
  await house.app.inTransaction((tx) =>
    tx.sql
      .insertInto('rounds_state')
      .values({
        player_id: playerId,
        game: 'slot',
        state: JSON.stringify({ streak: 0 }),
        day: seoulToday(),
        rounds_today: 998,
      })
      .execute(),
  )
  expect((await spin(10)).status).toBe(200)
  expect((await spin(10)).status).toBe(200)
  const key = randomUUID()
  expect(await spin(10, key)).toMatchObject({ status: 429, body: { code: 'rounds.daily_limit_reached', limit: 1_000 } })
  expect(await get('/api/games/slot/state')).toMatchObject({ spins_today: 1_000, spins_left_today: 0 })

  await pass(nextSeoulMidnight(clock.now()).getTime() - clock.now().getTime())
  expect((await spin(10)).status).toBe(200)
  // The refusal was told once and stays told.
  expect((await spin(10, key)).status).toBe(429)
})

test('figures, history, sessions and statement equal a recomputation from the ledger', async () => {
  await enter(100_000n)
  for (const gap of [0, 3, 3, 3, 40 * 60, 3, 3, 2 * 3600, 3]) {
    await pass(gap * SECOND)
    await spin(100)
  }
  const entries = await all('/api/wallet/entries?limit=3')
  const rounds = await all('/api/games/rounds?limit=4')
  const stats = await get('/api/users/stats')
  const sessions = await get('/api/games/sessions')

  const stakes = entries.filter((entry) => entry['reason'] === 'slot.stake').map((entry) => Number(entry['amount']))
  const payouts = entries.filter((entry) => entry['reason'] === 'slot.payout').map((entry) => Number(entry['amount']))
  expect(stakes).toHaveLength(9)
  expect(stats.totals).toMatchObject({
    rounds: 9,
    wins: payouts.length,
    total_bet: -sum(stakes),
    total_win: sum(payouts),
    net: sum(payouts) + sum(stakes),
    biggest_win: Math.max(0, ...payouts),
    win_rate_ppm: Math.floor((payouts.length * 1_000_000) / 9),
  })
  expect(rounds.map((round) => round['bet_amount'])).toEqual(Array(9).fill(100))
  expect(sum(rounds.map((round) => Number(round['win_amount'])))).toBe(sum(payouts))
  expect(sessions.items.map((session: { rounds: number }) => session.rounds)).toEqual([2, 3, 4])
  expect(sessions.items[0].ended_at).toBeNull()
  expect(stats.play_seconds).toBe(9 + 6 + 3)
  await pass(31 * MINUTE)
  expect((await get('/api/games/sessions')).items[0].ended_at).not.toBeNull()

  // Each line of the statement continues from the one before.
  const oldestFirst = entries.toReversed()
  oldestFirst.reduce((balance, entry) => {
    expect(entry['balance_after']).toBe(balance + Number(entry['amount']))
    return Number(entry['balance_after'])
  }, 0)
  expect((await auditHouse(house.app)).differences).toEqual([])
})

test('the configuration that is published is the object that is drawn from, with its exact odds', async () => {
  const { config, config_hash: hash, odds } = await get('/api/games/slot/config')
  const { configHash } = await import('@casino-club/fairness/canonical.ts')
  expect(configHash(config)).toBe(hash)
  expect(odds.configHash).toBe(hash)
  expect(Number(odds.hitRate.decimal)).toBeGreaterThan(0.3)
})

test.each([
  [100n, 0n, false, null],
  [100n, 99n, false, null],
  // The stake back is not a win.
  [100n, 100n, false, null],
  [100n, 101n, false, 'win'],
  [100n, 999n, false, 'win'],
  [100n, 1_000n, false, 'big_win'],
  [100n, 100_000n, true, 'jackpot'],
])('staked %i, paid %i, jackpot %s: %s', (stake, payout, isJackpot, animation) => {
  expect(animationOf(stake, payout, isJackpot)).toBe(animation)
})

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

function seoulToday(): string {
  return new Date(clock.now().getTime() + 9 * HOUR).toISOString().slice(0, 10)
}

/** Every page of a list, by its cursors. */
async function all(path: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = []
  let cursor: string | null = null
  do {
    const page: { items: Record<string, unknown>[]; next_cursor: string | null } = await get(
      `${path}${cursor === null ? '' : `&cursor=${cursor}`}`,
    )
    items.push(...page.items)
    cursor = page.next_cursor
  } while (cursor !== null)
  return items
}
