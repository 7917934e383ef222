import type { Reads } from '#platform/postgres/database.ts'
import type { PlayState } from './rounds.rules.ts'
import { readStates } from './rounds.sql.ts'

/** What is remembered of a player in one game; undefined before the first round. */
export async function readPlayState(db: Reads, playerId: bigint, game: string): Promise<PlayState | undefined> {
  return (await readStates(db, playerId)).find((state) => state.game === game)
}
