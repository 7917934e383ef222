import type { Reads } from '#platform/postgres/database.ts'
import type { PlayState } from './rounds.rules.ts'
import { readStates } from './rounds.sql.ts'

/** A player's running figures, one per game played. Amounts in tokens. */
export async function readStats(db: Reads, playerId: bigint): Promise<PlayState[]> {
  return (await readStates(db, playerId)).filter((state) => state.rounds > 0n)
}
