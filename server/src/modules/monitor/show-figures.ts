import { Gauge } from 'prom-client'
import type { LiveConfigs } from '#modules/odds/live-config.ts'
import type { App } from '#server/app.ts'
import { evidenceOf, type MonitorState } from './monitor.rules.ts'
import { readStatus } from './read-status.ts'

const STATE_NUMBER: Readonly<Record<MonitorState, number>> = { ok: 0, watch: 1, alarm: 2 }

/** Shows how the live configurations stand, as it is in the database at each look: every process says the same. */
export function showFigures(app: App, configs: LiveConfigs): void {
  // Two houses on one app show the same figures, of the same database.
  if (app.metrics.registry.getSingleMetric('casino_odds_state')) return
  let underWay: Promise<void> | undefined
  // All gauges are collected at once, and wait for one reading.
  const collect = () => {
    underWay ??= read().finally(() => {
      underWay = undefined
    })
    return underWay
  }
  const gauge = (name: string, help: string, ...more: string[]) =>
    new Gauge({ name, help, labelNames: ['game', 'config', ...more], registers: [app.metrics.registry], collect })
  const state = gauge('casino_odds_state', 'What was drawn against what is published: 0 ok, 1 watch, 2 alarm.')
  const evidence = gauge(
    'casino_odds_evidence',
    'How much speaks against the published odds: 1 nothing, 1000 an alarm.',
  )
  const impossible = gauge('casino_odds_impossible_rounds', 'Rounds that the published configuration cannot explain.')
  const rounds = gauge('casino_odds_watched_rounds', 'Rounds counted so far.')
  const returned = gauge('casino_odds_return_ratio', 'Win by bet on average, and the band it stays in.', 'figure')

  const read = async () => {
    // Without the database there is nothing to show, and /metrics answers all the same.
    const standings = await readStatus(app, configs).catch((error: unknown) => {
      app.log.warn({ err: error }, 'no figures of the odds')
      return []
    })
    // A configuration that is no longer live is forgotten.
    for (const each of [state, evidence, impossible, rounds, returned]) each.reset()
    for (const { game, configId, isLive, state: standing, row, returned: band, draws } of standings) {
      if (!isLive) continue
      const labels = { game, config: String(configId) }
      state.set(labels, STATE_NUMBER[standing])
      evidence.set(labels, evidenceOf(row?.log_evidence ?? 0))
      impossible.set(labels, Number(row?.impossible ?? 0n))
      rounds.set(labels, Number(row?.rounds ?? 0n))
      if (!band || draws === 0) continue
      const { seen: observed, expected, lowest, highest } = band
      for (const [figure, total] of Object.entries({ observed, expected, lowest, highest }))
        returned.set({ ...labels, figure }, total / draws)
    }
  }
}
