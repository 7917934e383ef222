import { randomUUID } from 'node:crypto'
import type { GachaConfig } from '@casino-club/fairness/gacha.config.ts'
import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { beforeAll, expect, test } from 'vitest'
import { publishConfig } from '#modules/odds/publish-config.ts'
import { auditHouse } from '#modules/operator/audit-house.ts'
import type { House } from '#server/house.ts'
import { newPlayer, openTestHouse } from '#tests/house.ts'
import type { GachaShown } from './gacha.rules.ts'
import { anyGacha } from './pull-gacha.ts'

/** Two of three commons are the marble, of which there are a hundred. */
const scarce: GachaConfig = {
  ...defaultGacha,
  version: 'scarce-1',
  prizes: {
    ...defaultGacha.prizes,
    common: {
      totalWeight: 3,
      rows: [
        { id: 'glass-marble', name: { ko: '유리구슬', en: 'Glass Marble' }, weight: 2, stock: 100 },
        { id: 'arcade-ticket', name: { ko: '오락실 표', en: 'Arcade Ticket' }, weight: 1, stock: null },
      ],
    },
  },
}

let houses: House[]

beforeAll(async () => {
  const settings = { BATCH_SIZE: '4' }
  const first = await openTestHouse({ settings })
  await first.app.inTransaction((tx) => publishConfig(tx, 'gacha', scarce, first.app.clock.now()))
  houses = [first, await openTestHouse({ settings, connectionString: first.connectionString })]
})

test('a thousand pulls at a hundred pieces, from two processes: all hundred granted, and no more (lockStock)', async () => {
  const [first, second] = houses
  if (!first || !second) throw new Error('no house')
  const players = await Promise.all(Array.from({ length: 100 }, () => newPlayer(first.app, { token: 450n })))

  // Each player once, so that only the stock stands between them; in small batches, so that many are under way.
  const rounds = await Promise.all(
    players.map((playerId, at) =>
      (at % 2 ? first : second).engine.play({
        playerId,
        rank: 'STANDARD',
        requestId: randomUUID(),
        game: anyGacha,
        input: { pulls: 10 },
      }),
    ),
  )

  const pulls = rounds.flatMap((round) => (round.outcome as GachaShown).pulls)
  expect(pulls).toHaveLength(1_000)
  expect(pulls.filter(({ item }) => item === 'glass-marble')).toHaveLength(100)
  // What each receipt says was left before it is a different number for every round that took a piece.
  const lefts = rounds
    .filter((round) => (round.outcome as GachaShown).pulls.some(({ item }) => item === 'glass-marble'))
    .map((round) => (round.outcome as GachaShown).stock_before.find(({ item }) => item === 'glass-marble')?.left)
  expect(new Set(lefts).size).toBe(lefts.length)
  const { taken } = await first.app.db.sql
    .selectFrom('gacha_stock')
    .select('taken')
    .where('item', '=', 'glass-marble')
    .executeTakeFirstOrThrow()
  expect(taken).toBe(100n)
  expect((await auditHouse(first.app)).differences).toEqual([])
})
