import type { Reads } from '#platform/postgres/database.ts'
import { findRounds, type Round } from './rounds.sql.ts'

/** Rounds by player and number, in any order. One that is not there is left out. */
export async function readRounds(
  db: Reads,
  keys: readonly { readonly playerId: bigint; readonly id: bigint }[],
): Promise<Round[]> {
  return keys.length === 0 ? [] : findRounds(db, keys)
}
