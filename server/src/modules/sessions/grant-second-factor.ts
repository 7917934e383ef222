import type { Tx } from '#platform/postgres/database.ts'
import { markSecondFactor } from './sessions.sql.ts'

/** Lifts an operator's session whose second factor has just been confirmed. It counts from the commit on. */
export async function grantSecondFactor(tx: Tx, sessionId: bigint): Promise<void> {
  await markSecondFactor(tx, sessionId)
}
