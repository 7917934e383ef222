import { canonicalJson } from '@casino-club/fairness/canonical.ts'
import { isSlotConfig } from '@casino-club/fairness/slot.config.ts'
import { slotOddsReport } from '@casino-club/fairness/slot.odds.ts'
import type { SlotConfig as PublishedSlot } from '#server-link/api.types.ts'
import { slotOddsView } from './slot-odds.model.ts'

/** Works the odds out again from the published table. Null for a table that cannot be read. */
export function computeSlotOdds(published: PublishedSlot) {
  const { config } = published
  if (!isSlotConfig(config)) return null
  const report = slotOddsReport(config)
  return {
    config,
    report,
    view: slotOddsView(config, report),
    isSameHash: report.configHash === published.config_hash,
    isSameOdds: canonicalJson(report) === canonicalJson(published.odds),
  }
}
