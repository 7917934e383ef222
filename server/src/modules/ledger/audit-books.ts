import type { Tx } from '#platform/postgres/database.ts'
import { countRows, type Difference, selectDifferences, selectTrialBalance, type TrialRow } from './ledger.sql.ts'

export type Audit = {
  readonly wallets: bigint
  readonly transfers: bigint
  readonly postings: bigint
  /** Per till and for all wallets together. The sum over an asset is zero. */
  readonly trialBalance: readonly TrialRow[]
  readonly differences: readonly Difference[]
}

/**
 * Recomputes every balance, every statement and the trial balance from the postings, and names every
 * difference. Call it in a snapshot (`app.inSnapshot`), so that play goes on while it reads.
 */
export async function auditBooks(tx: Tx): Promise<Audit> {
  const differences = await selectDifferences(tx)
  const trialBalance = await selectTrialBalance(tx)
  for (const asset of new Set(trialBalance.map((row) => row.asset))) {
    const sum = trialBalance.filter((row) => row.asset === asset).reduce((total, row) => total + row.balance, 0n)
    if (sum !== 0n)
      differences.push({ what: 'the trial balance is not zero', where: asset, expected: '0', found: String(sum) })
  }
  return { ...(await countRows(tx)), trialBalance, differences }
}
