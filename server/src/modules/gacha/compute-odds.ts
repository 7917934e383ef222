import { Worker } from 'node:worker_threads'
import { type GachaConfig, isGachaConfig } from '@casino-club/fairness/gacha.config.ts'
import type { GachaOddsReport } from '@casino-club/fairness/gacha.odds.ts'
import type { LiveConfigs } from '#modules/odds/live-config.ts'

const reports = new Map<string, Promise<GachaOddsReport>>()

/**
 * The exact odds of a configuration, computed once per process and configuration, beside the event loop: half a
 * second of it would hold up every request.
 */
export function computeOdds(hash: string, config: GachaConfig): Promise<GachaOddsReport> {
  const known = reports.get(hash)
  if (known) return known
  const report = new Promise<GachaOddsReport>((resolve, reject) => {
    const worker = new Worker(new URL('./odds-worker.ts', import.meta.url), { workerData: config })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  reports.set(hash, report)
  report.catch(() => reports.delete(hash))
  return report
}

/** Computes the live odds before anybody asks. */
export async function warmOdds(configs: LiveConfigs): Promise<void> {
  const { hash, config } = await configs.of('gacha', isGachaConfig)
  await computeOdds(hash, config)
}
