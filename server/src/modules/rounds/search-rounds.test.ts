import { beforeAll, expect, test } from 'vitest'
import type { House } from '#server/house.ts'
import { newPlayer, openTestHouse, signIn } from '#tests/house.ts'
import { insertRounds, type Round } from './rounds.sql.ts'

/*
 * One player with a long history: five rounds that differ, then 4,500 alike, so that a search has to go through more than
 * one stretch of 2,000 to find what lies under them.
 */

let house: House
let headers: { authorization: string }

const MANY = 4_500

function round(playerId: bigint, id: bigint, changes: Partial<Round> = {}): Round {
  const kept = { playerId, id, game: 'slot', configId: 1n, stake: 50n, payout: 0n, balanceAfter: 0n, outcome: {} }
  return { ...kept, draws: null, playedAt: new Date('2026-11-10T03:00:00Z'), ...changes }
}

beforeAll(async () => {
  house = await openTestHouse()
  const playerId = await newPlayer(house.app)
  const stranger = await newPlayer(house.app)
  headers = await signIn(house.app, playerId)
  const differing: Round[] = [
    // 14:59:59.999Z is the last millisecond of a day in Seoul.
    round(playerId, 1n, { payout: 51n, playedAt: new Date('2026-11-08T14:59:59.999Z') }),
    round(playerId, 2n, { payout: 50n, playedAt: new Date('2026-11-08T15:00:00Z') }),
    round(playerId, 3n, { payout: 1n, playedAt: new Date('2026-11-09T14:59:59.999Z') }),
    round(playerId, 4n, { payout: 0n, game: 'gacha', playedAt: new Date('2026-11-09T15:00:00Z') }),
    round(playerId, 5n, { payout: 900n, playedAt: new Date('2026-11-09T15:00:01Z') }),
  ]
  const alike = Array.from({ length: MANY }, (_, place) => round(playerId, BigInt(10 + place)))
  const theirs = round(stranger, 6n, { payout: 900n })
  await house.app.inTransaction(async (tx) => tx.write([insertRounds([...differing, ...alike, theirs])]))
})

/** Ids on each page, as far as the cursors lead. */
async function pages(query: string): Promise<number[][]> {
  const found: number[][] = []
  for (let cursor: string | null = ''; cursor !== null && found.length < 60; ) {
    const url: string = `/api/games/rounds?${query}${cursor && `&cursor=${cursor}`}`
    const reply = await house.http.inject({ url, headers })
    expect(reply.statusCode, reply.body).toBe(200)
    const { items, next_cursor: next } = reply.json()
    found.push(items.map((item: { round_id: number }) => item.round_id))
    cursor = next
  }
  return found
}

test.each([
  // query                                       ids
  ['result=won', [5, 1]],
  ['result=returned', [3, 2]],
  ['result=lost&game=gacha', [4]],
  ['result=lost&to_day=2026-11-09', []],
  ['to_day=2026-11-09', [3, 2, 1]],
  ['to_day=2026-11-08', [1]],
  ['from_day=2026-11-09&to_day=2026-11-09', [3, 2]],
  ['from_day=2026-11-11', []],
  ['result=won&from_day=2026-11-10', [5]],
  ['game=gacha&result=won', []],
])('%s finds %j, whatever lies on top of them', async (query, ids) => {
  expect((await pages(query)).flat()).toEqual(ids)
})

test('a page that found nothing says where to go on, and the end says so', async () => {
  const found = await pages('result=won')
  expect(found.map((page) => page.length)).toEqual([0, 0, 2])
})

test('once the days asked for are behind, the search ends instead of reading the rest', async () => {
  expect(await pages('from_day=2026-11-11')).toHaveLength(1)
})

test('without a filter every round comes once, newest first', async () => {
  const found = await pages('limit=100')
  const ids = found.flat()
  expect(ids).toEqual([...Array.from({ length: MANY }, (_, place) => 9 + MANY - place), 5, 4, 3, 2, 1])
  expect(found.slice(0, -1).every((page) => page.length === 100)).toBe(true)
})

test.each(['result=all', 'from_day=2026-11-31', 'from_day=26-11-01', 'to_day=today'])(
  '%s is refused',
  async (query) => {
    expect((await house.http.inject({ url: `/api/games/rounds?${query}`, headers })).statusCode).toBe(422)
  },
)
