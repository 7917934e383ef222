import type { Band } from '@casino-club/fairness/evidence.ts'
import type { LiveConfigs } from '#modules/odds/live-config.ts'
import { type Route, serve } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { onWire } from '#vocabulary/wire.ts'
import * as contract from './contract.ts'
import { ALARM_FROM, ALPHA, evidenceOf, WATCH_FROM } from './monitor.rules.ts'
import { readStatus, type Watched } from './read-status.ts'

export function routes(app: App, configs: LiveConfigs): Route[] {
  return [
    serve(contract.getStatus, async () => ({
      alpha_ppm: ALPHA * 1e6,
      watch_from: WATCH_FROM,
      alarm_from: ALARM_FROM,
      games: (await readStatus(app, configs)).map(watchedOnWire),
    })),
  ]
}

function watchedOnWire({ game, configId, configHash, isLive, state, row, draws, kinds, returned }: Watched) {
  return {
    game,
    config_id: onWire(configId),
    config_hash: configHash,
    is_live: isLive,
    state,
    state_since: row?.state_since.toISOString() ?? null,
    watched_since: row?.watched_since.toISOString() ?? null,
    last_round_at: row?.last_round_at.toISOString() ?? null,
    rounds: onWire(row?.rounds ?? 0n),
    draws,
    staked_tokens: onWire(row?.staked ?? 0n),
    paid_tokens: onWire(row?.paid ?? 0n),
    impossible_rounds: onWire(row?.impossible ?? 0n),
    evidence: evidenceOf(row?.log_evidence ?? 0),
    highest_evidence: evidenceOf(row?.highest_log_evidence ?? 0),
    return_ppm: returned && draws > 0 ? returnOnWire(returned, draws) : null,
    kinds: kinds.map(kindOnWire),
  }
}

/** Whole counts, the outermost that are still inside the band. */
function kindOnWire({ name, seen, expected, lowest, highest }: Band & { readonly name: string }) {
  return {
    kind: name,
    seen,
    expected: Math.round(expected * 10) / 10,
    lowest: Math.ceil(lowest),
    highest: Math.floor(highest),
  }
}

function returnOnWire({ seen, expected, lowest, highest }: Band, spins: number) {
  const ppm = (total: number) => Math.round((total / spins) * 1e6)
  // After few spins one jackpot may have come as well as none: a limit that says nothing is left out.
  const upTo = ppm(highest)
  return {
    observed: ppm(seen),
    expected: ppm(expected),
    lowest: ppm(lowest),
    highest: upTo < 10_000_000 ? upTo : null,
  }
}
