import { randomUUID } from 'node:crypto'
import { configHash } from '@casino-club/fairness/canonical.ts'
import { type Draws, scriptedDraws } from '@casino-club/fairness/draws.ts'
import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { stateUnder } from '@casino-club/fairness/gacha.rules.ts'
import { drawsForRound, type RoundSeeds } from '@casino-club/fairness/stream.ts'
import { verifyReceipt } from '@casino-club/fairness/verify-receipt.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { auditHouse } from '#modules/operator/audit-house.ts'
import type { House } from '#server/house.ts'
import { handClock, newPlayer, openTestHouse, signIn } from '#tests/house.ts'
import { seoulDay } from '#vocabulary/clock.ts'

/** Tickets of the kinds, in the order and with the weights of a player with nothing recent. */
const TICKET = { legendary: 0, epic: 2_000, rare: 27_000, near_miss: 177_000, common: 999_999 } as const

const clock = handClock()
let script: number[] = []
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

async function enter(tokens: bigint, gems = 0n): Promise<void> {
  script = []
  playerId = await newPlayer(house.app, { token: tokens, gem: gems })
  headers = await signIn(house.app, playerId)
}

async function pull(count: unknown, key: string = randomUUID(), language = 'en') {
  const reply = await house.http.inject({
    method: 'POST',
    url: '/api/games/gacha/pull',
    headers: { ...headers, 'idempotency-key': key, 'accept-language': language },
    payload: { pull_count: count },
  })
  return { status: reply.statusCode, text: reply.body, body: reply.json() }
}
const get = async (url: string) => (await house.http.inject({ url, headers })).json()

test('a pull: the fields of the mission, the price taken, the item really in the inventory', async () => {
  await enter(1_000n, 7n)
  script = [TICKET.epic, 0]
  const { status, body } = await pull(1)

  expect(status).toBe(200)
  expect(body).toMatchObject({
    items: [
      {
        item_id: 'holo-wings',
        name: 'Hologram Wings',
        rarity: 'epic',
        drawn: 'epic',
        by_pity: false,
        is_new: true,
        duplicate_tokens: null,
      },
    ],
    rare_item_count: 0,
    ultra_rare_item_count: 1,
    pull_count: 1,
    balance: 950,
    animation_type: 'epic',
    special_animation: 'epic_reveal',
    message: '1 pull: 1 epic.',
    psychological_message: 'An epic item came up.',
    currency_balance: { tokens: 950, gems: 7 },
  })
  expect((await get('/api/inventory')).items).toMatchObject([{ item_id: 'holo-wings', count: 1, given_by: 'gacha' }])
  expect((await get('/api/wallet')).balances.token).toBe(950)
})

describe('what a draw is granted as', () => {
  beforeAll(() => enter(10_000n))

  test.each([
    // draws                              rarity       animation    special
    [[TICKET.legendary, 0], 'legendary', 'legendary', 'legendary_reveal'],
    [[TICKET.rare, 0], 'rare', 'normal', null],
    [[TICKET.near_miss, 0, 0], 'rare', 'near_miss', null],
    [[TICKET.near_miss, 172_999, 0], 'epic', 'near_miss', null],
    [[TICKET.common, 0], 'common', 'normal', null],
  ])('%j: %s', async (draws, rarity, animation, special) => {
    script = [...draws]
    expect((await pull(1)).body).toMatchObject({
      items: [{ rarity }],
      animation_type: animation,
      special_animation: special,
    })
  })
})

test('after 90 misses the next pull is at least epic, by pity, and the counter begins again', async () => {
  await enter(1_000n)
  await pull(1)
  await house.app.inTransaction((tx) =>
    tx.sql
      .updateTable('rounds_state')
      .set({ state: JSON.stringify({ misses: 90, sinceEpic: 10, sinceLegendary: 10 }) })
      .where('player_id', '=', playerId)
      .execute(),
  )
  expect(await get('/api/games/gacha/stats')).toMatchObject({ misses: 90, pity_after_misses: 90 })
  script = [TICKET.common, 0]
  expect((await pull(1)).body).toMatchObject({
    items: [{ rarity: 'epic', drawn: 'common', by_pity: true }],
    animation_type: 'pity',
  })
  expect(await get('/api/games/gacha/stats')).toMatchObject({ misses: 0, pulls_since_epic: 0 })
})

test('what is owned already becomes tokens by the published table, also within ten', async () => {
  await enter(1_000n)
  script = Array.from({ length: 10 }, () => [TICKET.common, 0]).flat()
  const { body } = await pull(10, randomUUID(), 'ko')
  expect(body.items.map((item: { duplicate_tokens: number | null }) => item.duplicate_tokens)).toEqual([
    null,
    ...Array(9).fill(5),
  ])
  expect(body).toMatchObject({
    price_tokens: 450,
    duplicate_tokens: 45,
    balance: 595,
    message: '10번 뽑아 일반 10개를 받았어요. 이미 가진 9개는 토큰 45개로 바뀌었어요.',
  })
  expect((await get('/api/inventory')).items).toMatchObject([{ item_id: 'glass-marble', count: 1 }])
})

test('the same key gives the same pull and is charged once; with another count it is refused', async () => {
  await enter(1_000n)
  const key = randomUUID()
  const first = await pull(1, key)
  expect((await pull(1, key)).text).toBe(first.text)
  expect(await pull(10, key)).toMatchObject({ status: 422, body: { code: 'rounds.request_id_reused' } })
  expect((await get('/api/wallet')).balances.token).toBe(first.body.balance)
})

test.each([2, 5, 11, 20, 100])('%i pulls at once are not offered', async (count) => {
  expect(await pull(count)).toMatchObject({ status: 422, body: { code: 'gacha.pull_count_not_offered' } })
})

test('the daily limit counts pulls: ten that would go beyond it are refused, one is not', async () => {
  await enter(10_000n)
  await pull(1)
  await house.app.inTransaction((tx) =>
    tx.sql
      .updateTable('rounds_state')
      .set({ rounds_today: 195, day: seoulDay(clock.now()) })
      .where('player_id', '=', playerId)
      .execute(),
  )
  expect(await pull(10)).toMatchObject({ status: 429, body: { code: 'rounds.daily_limit_reached', limit: 200 } })
  expect((await pull(1)).status).toBe(200)
  expect(await get('/api/games/gacha/stats')).toMatchObject({ pulls_today: 196, pulls_left_today: 4 })
})

test('figures and history are those of the rounds, and every receipt verifies once the seed is revealed', async () => {
  await enter(5_000n)
  for (const count of [1, 10, 1, 10, 10]) await pull(count)
  const history = await get('/api/games/gacha/history')
  expect(history.items.map((each: { pull_count: number }) => each.pull_count)).toEqual([10, 10, 1, 10, 1])
  expect(await get('/api/games/gacha/stats')).toMatchObject({ pulls: 32, spent_tokens: 1_450 })

  const rotated = await house.http.inject({ method: 'POST', url: '/api/fairness/rotate', headers, payload: {} })
  expect(rotated.json().last_revealed.rounds).toBe(5)
  for (const { round_id: id } of history.items) {
    const { receipt } = await get(`/api/fairness/rounds/${id}`)
    expect(verifyReceipt(receipt)).toMatchObject({ verdict: 'verified' })
    expect(verifyReceipt({ ...receipt, nonce: receipt.nonce + 1 }).verdict).toBe('wrong')
  }
  expect((await auditHouse(house.app)).differences).toEqual([])
})

test('the configuration that is published is the object that is drawn from, with its exact odds', async () => {
  const { config, config_hash: hash, odds, stock } = await get('/api/games/gacha/config')
  expect(config).toEqual(defaultGacha)
  expect(configHash(config)).toBe(hash)
  expect(odds.configHash).toBe(hash)
  expect(stock.map((each: { item_id: string }) => each.item_id)).toEqual(['first-dawn', 'crystal-moon'])
})

test.each([
  // saved                                          pity  window  counters under the configuration
  [{ misses: 3, sinceEpic: 3, sinceLegendary: 10 }, 90, 10, { misses: 3, sinceEpic: 3, sinceLegendary: 10 }],
  [{ misses: 80, sinceEpic: 10, sinceLegendary: 10 }, 50, 10, { misses: 50, sinceEpic: 10, sinceLegendary: 10 }],
  [{ misses: 7, sinceEpic: 7, sinceLegendary: 10 }, 90, 5, { misses: 7, sinceEpic: 5, sinceLegendary: 5 }],
  [{ misses: 12, sinceEpic: 10, sinceLegendary: 10 }, 90, 20, { misses: 12, sinceEpic: 20, sinceLegendary: 20 }],
])('%j, under pity after %i and a window of %i', (saved, afterMisses, withinPulls, expected) => {
  const config = { ...defaultGacha, pity: { afterMisses }, damping: { ...defaultGacha.damping, withinPulls } }
  expect(stateUnder(config, saved)).toEqual(expected)
})

describe('the latest winners', () => {
  const winners = async () => (await get('/api/games/gacha/winners')).items

  test('epics and legendaries that were really received, newest first, with masked nicknames', async () => {
    await enter(1_000n)
    script = [TICKET.epic, 0]
    await pull(1)
    script = [TICKET.common, 0]
    await pull(1)
    clock.turn(1_000)
    script = [TICKET.legendary, 50]
    const { body } = await pull(1, randomUUID(), 'ko')
    await house.relay.drain()

    const mine = (await winners()).filter((each: { is_you: boolean }) => each.is_you)
    expect(mine).toMatchObject([
      { rarity: 'legendary', item_id: 'koi-of-light', name: '빛의 잉어', won_at: body.played_at },
      { rarity: 'epic', item_id: 'holo-wings' },
    ])
    const { nickname } = await house.app.db.sql
      .selectFrom('accounts_player')
      .select('nickname')
      .where('id', '=', playerId)
      .executeTakeFirstOrThrow()
    expect(mine[0].nickname).toBe(`${nickname.at(0)}***${nickname.at(-1)}`)
    expect(JSON.stringify(await winners())).not.toContain(nickname)
  })

  test('who does not want to be shown is not, from the next look on and for prizes of before; and is again', async () => {
    await enter(1_000n)
    clock.turn(1_000) // so that this prize is known by its moment
    script = [TICKET.legendary, 0]
    await pull(1)
    await house.relay.drain()
    const stranger = await signIn(house.app, await newPlayer(house.app))
    const seenByStranger = async () => {
      const { items } = (await house.http.inject({ url: '/api/games/gacha/winners', headers: stranger })).json()
      return items.filter((each: { won_at: string }) => each.won_at === clock.now().toISOString()).length
    }
    const choose = async (isShown: boolean) => {
      const payload = { shown_among_winners: isShown }
      const { statusCode, body } = await house.http.inject({
        method: 'PATCH',
        url: '/api/users/profile',
        headers,
        payload,
      })
      return [statusCode, JSON.parse(body).shown_among_winners]
    }
    expect(await seenByStranger()).toBe(1)

    expect(await choose(false)).toEqual([200, false])
    expect(await choose(false)).toEqual([200, false])
    expect(await seenByStranger()).toBe(0)
    expect((await winners()).filter((each: { is_you: boolean }) => each.is_you)).toEqual([])
    expect((await get('/api/auth/me')).shown_among_winners).toBe(false)

    expect(await choose(true)).toEqual([200, true])
    expect(await seenByStranger()).toBe(1)
  })

  test('epics never push a legendary out, and no more than twenty of each are kept', async () => {
    await enter(100_000n)
    script = [TICKET.legendary, 0]
    await pull(1)
    await house.relay.drain()
    for (let tens = 0; tens < 3; tens++) {
      clock.turn(1_000)
      script = Array.from({ length: 10 }, () => [TICKET.epic, 0]).flat()
      await pull(10)
      await house.relay.drain()
    }
    const all: { rarity: string; is_you: boolean }[] = await winners()
    expect(all.filter((each) => each.rarity === 'epic' && each.is_you)).toHaveLength(20)
    expect(all.filter((each) => each.rarity === 'epic')).toHaveLength(20)
    expect(all.filter((each) => each.rarity === 'legendary' && each.is_you)).toHaveLength(1)
  })
})
