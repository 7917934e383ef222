import { isSlotConfig } from '@casino-club/fairness/slot.config.ts'
import { newSlotState, type SlotState, slotStateAt, streakBonusAt } from '@casino-club/fairness/slot.rules.ts'
import type { LiveConfigs } from '#modules/odds/live-config.ts'
import { readPlayState } from '#modules/rounds/read-play-state.ts'
import { roundsOnDay, sinceLast } from '#modules/rounds/rounds.rules.ts'
import type { PlayerCaller } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { HOUR, later } from '#vocabulary/clock.ts'

/** Where a player stands at the slot right now. */
export async function readSlotState(app: App, configs: LiveConfigs, { playerId, rank }: PlayerCaller) {
  const { config } = await configs.of('slot', isSlotConfig)
  const now = app.clock.now()
  const saved = await readPlayState(app.db, playerId, 'slot')
  const { streak } = saved ? slotStateAt(config, saved.state as SlotState, sinceLast(saved, now)) : newSlotState
  const spinsToday = saved ? roundsOnDay(saved, now) : 0
  return {
    streak,
    streakBonusPercent: streakBonusAt(config, streak),
    streakEndsAt:
      streak > 0 && saved?.lastPlayedAt ? later(saved.lastPlayedAt, config.streak.endsAfterHours * HOUR) : null,
    spinsToday,
    spinsLeftToday: Math.max(0, config.dailySpins[rank] - spinsToday),
  }
}
