import { randomUUID } from 'node:crypto'
import { type Draws, scriptedDraws } from '@casino-club/fairness/draws.ts'
import type { GachaConfig } from '@casino-club/fairness/gacha.config.ts'
import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { drawsForRound, type RoundSeeds } from '@casino-club/fairness/stream.ts'
import { beforeAll, expect, test, vi } from 'vitest'
import { publishConfig } from '#modules/odds/publish-config.ts'
import { auditHouse } from '#modules/operator/audit-house.ts'
import { type AnyGame, asAnyGame } from '#modules/rounds/game.ts'
import { slot } from '#modules/slot/slot.rules.ts'
import type { App } from '#server/app.ts'
import type { House } from '#server/house.ts'
import { newPlayer, openTestHouse } from '#tests/house.ts'
import type { GachaShown } from './gacha.rules.ts'
import { lockStock, selectStock } from './gacha.sql.ts'
import { anyGacha } from './pull-gacha.ts'

/** A third of the commons is the marble, of which there are a hundred; in its place comes the ticket, of which there are fifty. */
const scarce: GachaConfig = {
  ...defaultGacha,
  version: 'scarce-1',
  prizes: {
    ...defaultGacha.prizes,
    common: {
      totalWeight: 6,
      rows: [
        { id: 'glass-marble', name: { ko: '유리구슬', en: 'Glass Marble' }, weight: 2, stock: 100 },
        { id: 'arcade-ticket', name: { ko: '오락실 표', en: 'Arcade Ticket' }, weight: 2, stock: 50 },
        { id: 'star-sticker', name: { ko: '별 스티커', en: 'Star Sticker' }, weight: 2, stock: null },
      ],
    },
  },
}

/** Tickets of a legendary: the one there are a hundred of, and one without a limit. */
const FIRST_DAWN = [0, 85]
const AURORA_CROWN = [0, 0]

let script: number[] = []
const drawsOf = (seeds: RoundSeeds): Draws => {
  const chance = drawsForRound(seeds)
  return {
    below: (bound) => (script.length > 0 ? scriptedDraws([script.shift() ?? 0]).below(bound) : chance.below(bound)),
  }
}

let houses: House[]

beforeAll(async () => {
  const settings = { BATCH_SIZE: '4' }
  const first = await openTestHouse({ settings, drawsOf })
  await first.app.inTransaction((tx) => publishConfig(tx, 'gacha', scarce, first.app.clock.now()))
  houses = [first, await openTestHouse({ settings, connectionString: first.connectionString })]
})

const PIECES = { 'glass-marble': 100, 'arcade-ticket': 50 } as const

test('a thousand pulls at a hundred pieces and fifty, from two processes: all granted, and no more (lockStock)', async () => {
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

  const shown = rounds.map((round) => round.outcome as GachaShown)
  expect(shown.flatMap(({ pulls }) => pulls)).toHaveLength(1_000)
  const stock = new Map((await selectStock(first.app.db)).map(({ item, taken }) => [item, Number(taken)]))
  for (const [prize, pieces] of Object.entries(PIECES)) {
    expect(shown.flatMap(({ pulls }) => pulls).filter(({ item }) => item === prize)).toHaveLength(pieces)
    expect(stock.get(prize)).toBe(pieces)
    // What each receipt says was left before it is a different number for every round that took a piece.
    const lefts = shown
      .filter(({ pulls }) => pulls.some(({ item }) => item === prize))
      .map(({ stock_before }) => stock_before.find(({ item }) => item === prize)?.left)
    expect(new Set(lefts).size).toBe(lefts.length)
  }
  expect((await auditHouse(first.app)).differences).toEqual([])
})

test('while somebody holds the last pieces, a spin and a pull of something else wait for nobody (foresight)', async () => {
  const [house] = houses
  if (!house) throw new Error('no house')
  const { app } = house
  const players = [await newPlayer(app, { token: 1_000n }), await newPlayer(app, { token: 1_000n })] as const
  const play = (playerId: bigint, game: AnyGame, input: unknown, tickets: number[]) => {
    script = [...tickets]
    return house.engine.play({ playerId, rank: 'STANDARD', requestId: randomUUID(), game, input })
  }
  const pull = (playerId: bigint, tickets: number[]) => play(playerId, anyGacha, { pulls: 1 }, tickets)
  await pull(players[0], FIRST_DAWN) // so that there is a row to hold

  const { pulling } = await app.inTransaction(async (tx) => {
    await lockStock(tx, ['first-dawn'])
    await pull(players[0], AURORA_CROWN)
    await play(players[0], asAnyGame(slot), { betTokens: 10n }, [])
    const pulling = pull(players[1], FIRST_DAWN)
    await vi.waitUntil(async () => (await waitingForLocks(app)) > 0n, { timeout: 10_000 })
    await pull(players[0], AURORA_CROWN)
    return { pulling }
  })

  expect(((await pulling).outcome as GachaShown).pulls).toMatchObject([{ item: 'first-dawn' }])
})

async function waitingForLocks(app: App): Promise<bigint> {
  const { rows } = await app.pool.query<{ waiting: bigint }>(
    `select count(*) as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows[0]?.waiting ?? 0n
}
