import type { Tx } from '#platform/postgres/database.ts'
import { selectCountedRounds } from './seeds.sql.ts'

export type CountedRounds = { readonly pairId: bigint; readonly playerId: bigint; readonly rounds: bigint }

/** How many rounds every pair there ever was says were drawn from it, and whose it is or was. For the audit. */
export async function readCountedRounds(tx: Tx): Promise<CountedRounds[]> {
  return (await selectCountedRounds(tx)).map(({ id, player_id, rounds }) => ({
    pairId: id,
    playerId: player_id,
    rounds,
  }))
}
