import { isGachaConfig } from '@casino-club/fairness/gacha.config.ts'
import { newGachaState, stateUnder } from '@casino-club/fairness/gacha.rules.ts'
import type { LiveConfigs } from '#modules/odds/live-config.ts'
import { readPlayState } from '#modules/rounds/read-play-state.ts'
import { roundsOnDay } from '#modules/rounds/rounds.rules.ts'
import type { PlayerCaller } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import type { GachaMemory } from './gacha.rules.ts'

/** Where a player stands at the gacha right now. Amounts in tokens. */
export async function readGachaStats(app: App, configs: LiveConfigs, { playerId, rank }: PlayerCaller) {
  const { config } = await configs.of('gacha', isGachaConfig)
  const saved = await readPlayState(app.db, playerId, 'gacha')
  const memory = (saved?.state ?? newGachaState(config)) as GachaMemory
  const granted = memory.granted ?? { legendary: 0, epic: 0, rare: 0, common: 0 }
  const pullsToday = saved ? roundsOnDay(saved, app.clock.now()) : 0
  return {
    granted,
    counters: stateUnder(config, memory),
    pityAfterMisses: config.pity.afterMisses,
    pullsToday,
    pullsLeftToday: Math.max(0, config.dailyPulls[rank] - pullsToday),
    spentTokens: saved?.staked ?? 0n,
    duplicateTokens: saved?.paid ?? 0n,
  }
}
