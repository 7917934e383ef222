import type { Receipt } from '@casino-club/fairness/receipt.ts'
import { verifyHistory } from '@casino-club/fairness/verify-history.ts'
import { expect, test } from 'vitest'
import { auditHouse } from '#modules/operator/audit-house.ts'
import { listReceipts } from '#modules/rounds/read-receipt.ts'
import { rotatePair } from '#modules/seeds/rotate-pair.ts'
import { GAMES } from '#server/house.ts'
import { openTestHouse } from '#tests/house.ts'
import { chiSquareAbove, countTest, gTest, rejected } from './chance/g-test.ts'
import { newPlayers } from './chance/new-players.ts'
import { countChance } from './chance/play-chance.ts'

const ALPHA = 1e-3

test('the test itself: known values of chi-square, and counts that are off turn it red', () => {
  expect(chiSquareAbove(3.841, 1)).toBeCloseTo(0.05, 3)
  expect(chiSquareAbove(18.307, 10)).toBeCloseTo(0.05, 4)
  expect(chiSquareAbove(149.449, 100)).toBeCloseTo(0.001, 4)
  const fair = gTest('fair', [
    [
      { seen: 502, expected: 500 },
      { seen: 498, expected: 500 },
    ],
  ])
  const off = gTest('off', [
    [
      { seen: 600, expected: 500 },
      { seen: 400, expected: 500 },
    ],
  ])
  expect(rejected([fair, off, countTest('count', 2_010, 2_000, 2_000)], ALPHA).map(({ table }) => table)).toEqual([
    'off',
  ])
})

/** Twenty thousand rounds of forty players through the engine, with figures of what was drawn. */
async function play() {
  const house = await openTestHouse({ settings: { BATCH_SIZE: '64' } })
  const players = await newPlayers(house.app, 40)
  const chance = countChance()
  await Promise.all(
    players.map(async (playerId) => {
      for (let round = 0; round < 500; round++)
        await (round % 5 === 0 ? chance.pullTen(house.engine, playerId) : chance.spin(house.engine, playerId))
    }),
  )
  return { house, players, chance }
}

test('twenty thousand rounds: the exact model holds, and the verifier decides ten thousand of them again', async () => {
  const { house, players, chance } = await play()
  expect(chance.played).toMatchObject({ spins: 16_000, pulls: 40_000 })
  // Repeated once with new seeds when red: a correct engine fails both in one run of a million.
  if (rejected(chance.verdicts(), ALPHA).length > 0)
    expect(rejected((await play()).chance.verdicts(), ALPHA)).toEqual([])

  let verified = 0
  for (const playerId of players.slice(0, 20)) {
    await rotatePair(house.app, playerId, undefined)
    const receipts: Receipt[] = []
    let cursor: string | undefined
    do {
      const page = await listReceipts(house.app, GAMES, playerId, { limit: 100, cursor })
      for (const { receipt } of page.receipts) {
        const config = page.configs.find((each) => each.hash === receipt.config_hash)?.config
        receipts.unshift({ ...receipt, config } as Receipt)
      }
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    const history = verifyHistory(receipts)
    expect(history.problems).toEqual([])
    verified += history.verifications.filter(({ verdict }) => verdict === 'verified').length
  }
  expect(verified).toBe(10_000)
  expect((await auditHouse(house.app)).differences).toEqual([])
}, 300_000)
