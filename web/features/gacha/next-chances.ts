import type { GachaConfig } from '@casino-club/fairness/gacha.config.ts'
import { type GachaState, grantFor, kindTableAt, nearMissTable } from '@casino-club/fairness/gacha.rules.ts'
import type { Rarity } from './gacha-scene.model.ts'

/**
 * What the very next pull of a player who stands here gives, 0 to 1: the table the server would draw from, summed by
 * what each kind is granted as.
 */
export function nextChances(config: GachaConfig, state: GachaState): Readonly<Record<Rarity, number>> {
  const chances: Record<Rarity, number> = { legendary: 0, epic: 0, rare: 0, common: 0 }
  const { rows, totalWeight } = kindTableAt(config, state)
  const nearMisses = nearMissTable(config)
  for (const { kind, weight } of rows) {
    if (kind !== 'near_miss') chances[grantFor(config, state, kind).granted] += weight / totalWeight
    else
      for (const each of nearMisses.rows) {
        const { granted } = grantFor(config, state, each.kind)
        chances[granted] += ((weight / totalWeight) * each.weight) / nearMisses.totalWeight
      }
  }
  return chances
}
