import { auditPrizes } from '#modules/gacha/audit-prizes.ts'
import { gacha } from '#modules/gacha/play-gacha.ts'
import { type Audit, auditBooks } from '#modules/ledger/audit-books.ts'
import { auditDays, auditRounds } from '#modules/rounds/audit-rounds.ts'
import { slot } from '#modules/slot/slot.rules.ts'
import type { App } from '#server/app.ts'

/**
 * The whole house's audit, on one snapshot: the books with themselves, the rounds with the books, and
 * with the rounds what players won and what was told.
 *
 * Play goes on meanwhile. Reads everything there is: minutes on a large database.
 */
export async function auditHouse(app: App): Promise<Audit> {
  const audit = await app.inSnapshot(async (tx) => {
    const books = await auditBooks(tx)
    const rounds = [...(await auditRounds(tx, [slot, gacha])), ...(await auditDays(tx))]
    return { ...books, differences: [...books.differences, ...rounds, ...(await auditPrizes(tx))] }
  })
  app.metrics.ledgerImbalance.set(audit.differences.length)
  return audit
}
