import type { Reads } from '#platform/postgres/database.ts'
import { Bug } from '#vocabulary/failure.ts'
import {
  type KeptRow,
  type ListInOutcomes,
  selectKeptRounds,
  selectListed,
  selectListedNew,
  selectListedNewOf,
  selectNewest,
  selectPaidOtherwise,
} from './kept-rounds.sql.ts'

// The door for games that audit their own rows against their rounds.
export { type ListInOutcomes, selectListed, selectListedNew, selectListedNewOf, selectNewest, selectPaidOtherwise }

/**
 * What was staked, paid and shown in these rounds, in the order asked for.
 *
 * @throws Bug when one of them is not there: whoever asks was told of it.
 */
export async function readRounds(
  db: Reads,
  keys: readonly { readonly playerId: bigint; readonly id: number }[],
): Promise<KeptRow[]> {
  if (keys.length === 0) return []
  const rounds = await selectKeptRounds(db, keys)
  if (rounds.length !== keys.length) throw new Bug(`${keys.length} rounds were told, ${rounds.length} are there`)
  return rounds
}
