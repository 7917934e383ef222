import type { Reads } from '#platform/postgres/database.ts'
import type { Asset } from '#vocabulary/amount.ts'
import { selectBalances } from './ledger.sql.ts'

/** What a player holds, in whole units of each asset. */
export async function readWallet(db: Reads, playerId: bigint): Promise<Record<Asset, bigint>> {
  const balances = { token: 0n, gem: 0n }
  for (const { asset, balance } of await selectBalances(db, playerId)) balances[asset] = balance
  return balances
}
