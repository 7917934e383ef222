import type { Tx } from '#platform/postgres/database.ts'
import { selectCountedRounds } from './seeds.sql.ts'

/** How many rounds every pair there ever was says were drawn from it. For the audit. */
export async function readCountedRounds(tx: Tx): Promise<{ readonly pairId: bigint; readonly rounds: bigint }[]> {
  return (await selectCountedRounds(tx)).map(({ id, rounds }) => ({ pairId: id, rounds }))
}
