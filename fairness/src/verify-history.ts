import { canonicalJson } from './canonical.ts'
import { isGachaConfig } from './gacha.config.ts'
import { stateUnder } from './gacha.rules.ts'
import { gachaStateFrom, gachaStateRecord, type Receipt } from './receipt.ts'
import { type Verification, verifyReceipt } from './verify-receipt.ts'

/** Something wrong between receipts that are each fine by themselves. `position` counts from 0 in the list given. */
export type HistoryProblem = { readonly position: number; readonly what: string }

/**
 * Checks a run of receipts of one player under one pair of seeds, in the order they were played: every receipt by
 * itself, then that nonces have no gap and each game goes on from the state it was left in. A gap would be a
 * round that somebody preferred to forget; a jump in state would be pity or a streak from nowhere.
 *
 * A slot's streak may also begin again from 0, since it ends after a day without a spin, and receipts carry no
 * clock. Counters of a gacha that another configuration was published for are cut down to what it can have. What is
 * left in stock is not compared: others play from the same stock in between.
 */
export function verifyHistory(
  receipts: readonly unknown[],
  options: Parameters<typeof verifyReceipt>[1] = {},
): {
  readonly ok: boolean
  readonly verifications: readonly Verification[]
  readonly problems: readonly HistoryProblem[]
} {
  const verifications = receipts.map((receipt) => verifyReceipt(receipt, options))
  const readable = verifications.every(({ steps }) => steps.some(({ step, ok }) => step === 'shape' && ok))
  const problems = readable ? problemsBetween(receipts as readonly Receipt[], options.config) : [] // each shape has just been checked
  const ok = problems.length === 0 && verifications.every(({ verdict }) => verdict === 'verified')
  return { ok, verifications, problems }
}

function problemsBetween(receipts: readonly Receipt[], configApart: unknown): HistoryProblem[] {
  const problems: HistoryProblem[] = []
  const lastOf = new Map<string, Receipt>()
  receipts.forEach((receipt, position) => {
    const before = receipts[position - 1]
    if (before && receipt.nonce !== before.nonce + 1) {
      problems.push({ position, what: `nonce ${receipt.nonce} follows ${before.nonce}` })
    }
    if (before && (receipt.commitment !== before.commitment || receipt.client_seed !== before.client_seed)) {
      problems.push({ position, what: 'the seeds are others than those of the receipt before' })
    }
    const last = lastOf.get(receipt.game)
    if (last && !goesOnFrom(last, receipt, receipt.config ?? configApart)) {
      const [left, found] = [canonicalJson(last.state_after), canonicalJson(receipt.state_before)]
      problems.push({ position, what: `${receipt.game} was left at ${left} and goes on from ${found}` })
    }
    lastOf.set(receipt.game, receipt)
  })
  return problems
}

function goesOnFrom(last: Receipt, next: Receipt, config: unknown): boolean {
  if (next.game === 'slot' && next.state_before.streak === 0) return true
  const found = canonicalJson(next.state_before)
  if (canonicalJson(last.state_after) === found) return true
  if (last.game !== 'gacha' || last.config_hash === next.config_hash || !isGachaConfig(config)) return false
  return canonicalJson(gachaStateRecord(stateUnder(config, gachaStateFrom(last.state_after)))) === found
}
