import { randomUUID } from 'node:crypto'
import { drawsForRound } from '@casino-club/fairness/stream.ts'
import { beforeAll, expect, test } from 'vitest'
import { auditHouse } from '#modules/operator/audit-house.ts'
import { openPair } from '#modules/seeds/open-pair.ts'
import { slot } from '#modules/slot/slot.rules.ts'
import type { House } from '#server/house.ts'
import { newPlayer, openTestHouse } from '#tests/house.ts'
import { asAnyGame } from './game.ts'

/** Whoever plays with these seeds has a round that cannot be decided. */
const UNLUCKY = 'unlucky'
const game = asAnyGame(slot)
let house: House

beforeAll(async () => {
  house = await openTestHouse({
    settings: { BATCHES_IN_FLIGHT: '1', BATCH_SIZE: '16' },
    drawsOf: (seeds) => {
      if (seeds.clientSeed === UNLUCKY) throw new RangeError('nothing can be drawn')
      return drawsForRound(seeds)
    },
  })
})

const play = (playerId: bigint) =>
  house.engine.play({ playerId, rank: 'STANDARD', requestId: randomUUID(), game, input: { betTokens: 10n } })
const setPair = (playerId: bigint, change: object) =>
  house.app.inTransaction((tx) =>
    tx.sql.updateTable('seeds_pair').set(change).where('player_id', '=', playerId).execute(),
  )

test.each([
  ['whose game throws', { client_seed: UNLUCKY }],
  ['whose seed cannot be opened', { sealed_seed: Buffer.alloc(92) }],
  ['whose seed is another', { commitment: Buffer.alloc(32) }],
])('a player %s fails alone, however often: the others of the batch get their rounds', async (_, change) => {
  const players = await Promise.all(Array.from({ length: 8 }, () => newPlayer(house.app, { token: 100n })))
  await Promise.all(
    players.map(async (playerId) =>
      house.app.inTransaction((tx) => openPair(house.app, tx, playerId, house.app.clock.now())),
    ),
  )
  const [unlucky = 0n, ...others] = players
  await setPair(unlucky, change)
  for (let time = 0; time < 2; time++) {
    const came = await Promise.allSettled([play(others[0] ?? 0n), play(unlucky), ...others.slice(1).map(play)])
    expect(came.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', ...Array(6).fill('fulfilled')])
  }
  expect((await auditHouse(house.app)).differences).toEqual([])
})
