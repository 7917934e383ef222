import { canonicalJson } from '@casino-club/fairness/canonical.ts'
import { checkGachaConfig, type GachaConfig } from '@casino-club/fairness/gacha.config.ts'
import { gachaOddsReport } from '@casino-club/fairness/gacha.odds.ts'
import type { GachaConfig as PublishedGacha } from '#server-link/api.types.ts'

/** Whether the published odds and fingerprint are what the published table gives. Takes a second or two. */
export function gachaAgrees({ config, config_hash, odds }: PublishedGacha): boolean {
  if (checkGachaConfig(config).length > 0) return false
  const report = gachaOddsReport(config as unknown as GachaConfig) // has just been checked
  return report.configHash === config_hash && canonicalJson(report) === canonicalJson(odds)
}
