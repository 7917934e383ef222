import { randomUUID } from 'node:crypto'
import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { sql } from 'kysely'
import { gacha } from '#modules/gacha/play-gacha.ts'
import { asAnyGame } from '#modules/rounds/game.ts'
import type { Engine } from '#modules/rounds/play-rounds.ts'
import { slot } from '#modules/slot/slot.rules.ts'
import type { App } from '#server/app.ts'
import { DAY } from '#vocabulary/clock.ts'
import { newPlayers, PLACED } from './new-players.ts'

const [anySlot, anyGacha] = [asAnyGame(slot), asAnyGame(gacha)]
const BET_TOKENS = 10n
/** As many a day as the day allows a VIP, then the next day. */
const [SPINS_A_DAY, PULLS_A_DAY] = [5_000, 1_000]

export type ChanceSize = {
  readonly players: number
  /** Of all players together; each plays as many as the others. */
  readonly spins: number
  readonly pulls: number
  /** Players put before pity (80 to 90 misses), where chance alone never brings anybody. */
  readonly placed: number
}

/** Plays through the engine, into the database, from the players' own committed seeds. Counts nothing. */
export async function playChance(
  { app, engine }: { app: App; engine: Engine },
  size: ChanceSize,
  turnClock: (milliseconds: number) => void,
): Promise<void> {
  const play = async (playerId: bigint, game: typeof anySlot, input: unknown) => {
    await engine.play({ playerId, rank: 'VIP', requestId: randomUUID(), game, input })
  }
  const inDays = async (each: number, aDay: number, playOnce: (playerId: bigint) => Promise<void>) => {
    for (let left = each; left > 0; left -= aDay) {
      await Promise.all(
        players.map(async (playerId) => {
          for (let done = 0; done < Math.min(left, aDay); done++) await playOnce(playerId)
        }),
      )
      turnClock(DAY)
    }
  }

  const players = await newPlayers(app, size.players)
  await inDays(Math.ceil(size.spins / size.players), SPINS_A_DAY, (playerId) =>
    play(playerId, anySlot, { betTokens: BET_TOKENS }),
  )
  await inDays(Math.ceil(size.pulls / 10 / size.players), PULLS_A_DAY / 10, (playerId) =>
    play(playerId, anyGacha, { pulls: 10 }),
  )

  const placed = await newPlayers(app, size.placed, PLACED)
  for (const playerId of placed) await play(playerId, anyGacha, { pulls: 1 })
  await app.inTransaction(async (tx) => {
    for (const [at, playerId] of placed.entries()) {
      const state = { misses: defaultGacha.pity.afterMisses - (at % 11), sinceEpic: 10, sinceLegendary: 10 }
      await sql`update rounds_state set state = state || ${JSON.stringify(state)}::jsonb
                 where player_id = ${playerId} and game = 'gacha'`.execute(tx.sql)
    }
  })
  await Promise.all(
    placed.map(async (playerId) => {
      for (let pull = 0; pull < 12; pull++) await play(playerId, anyGacha, { pulls: 1 })
    }),
  )
}
