import { isSlotConfig, type SlotConfig } from '@casino-club/fairness/slot.config.ts'
import { slotOddsReport } from '@casino-club/fairness/slot.odds.ts'
import type { LiveConfig, LiveConfigs } from '#modules/odds/live-config.ts'
import type { Engine } from '#modules/rounds/play-rounds.ts'
import { type Route, serve } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { onWire } from '#vocabulary/wire.ts'
import * as contract from './contract.ts'
import { readSlotState } from './read-slot-state.ts'
import { type Spin, spinSlot } from './spin-slot.ts'

export function routes(app: App, engine: Engine, configs: LiveConfigs): Route[] {
  return [
    serve(contract.spinSlot, async ({ caller, body, idempotencyKey }) =>
      spinOnWire(await spinSlot(engine, caller, idempotencyKey, body.bet_amount)),
    ),
    serve(contract.spinSlotAction, async ({ caller, body, idempotencyKey }) =>
      spinOnWire(await spinSlot(engine, caller, idempotencyKey, body.bet_amount)),
    ),
    serve(contract.getSlotConfig, async () => configOnWire(await configs.of('slot', isSlotConfig))),
    serve(contract.getSlotState, async ({ caller }) => {
      const state = await readSlotState(app, configs, caller)
      return {
        streak: state.streak,
        streak_bonus_percent: state.streakBonusPercent,
        streak_ends_at: state.streakEndsAt?.toISOString() ?? null,
        spins_today: state.spinsToday,
        spins_left_today: state.spinsLeftToday,
      }
    }),
  ]
}

function spinOnWire({ round, shown, animation, requestId }: Spin) {
  return {
    round_id: onWire(round.id),
    request_id: requestId,
    bet_amount: onWire(round.stake),
    reels: [...shown.reels],
    win_amount: onWire(round.payout),
    is_jackpot: shown.is_jackpot,
    streak: shown.streak,
    streak_bonus_percent: shown.streak_bonus_percent,
    balance: onWire(round.balanceAfter),
    special_animation: animation,
    played_at: round.playedAt.toISOString(),
  }
}

// Computing the exact odds takes a while and they only change with the configuration.
const reports = new WeakMap<SlotConfig, object>()

function configOnWire(live: LiveConfig<SlotConfig>) {
  const odds = reports.get(live.config) ?? slotOddsReport(live.config)
  reports.set(live.config, odds)
  return {
    config_id: onWire(live.id),
    config_hash: live.hash,
    published_at: live.publishedAt.toISOString(),
    config: live.config,
    odds,
  }
}
