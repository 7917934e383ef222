import type { Tx } from '#platform/postgres/database.ts'
import { ASSETS } from '#vocabulary/amount.ts'
import { insertWallets } from './ledger.sql.ts'

/** Gives a player a wallet for each asset. Repeating it changes nothing. */
export async function openWallets(tx: Tx, playerId: bigint): Promise<void> {
  await insertWallets(tx, playerId, ASSETS)
}
