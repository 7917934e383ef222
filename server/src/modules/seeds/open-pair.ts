import type { Tx } from '#platform/postgres/database.ts'
import type { App } from '#server/app.ts'
import { makePair } from './make-pair.ts'
import { insertPairs } from './seeds.sql.ts'

/** Commits to a player's first server seed, before anything is played. Repeating it changes nothing. */
export async function openPair(app: App, tx: Tx, playerId: bigint, at: Date): Promise<void> {
  await insertPairs(tx, [makePair(app, playerId, at)])
}
