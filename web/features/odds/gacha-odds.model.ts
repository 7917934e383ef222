import type { DrawnKind, GachaConfig, Rarity } from '@casino-club/fairness/gacha.config.ts'
import type { GachaOddsReport } from '@casino-club/fairness/gacha.odds.ts'
import { percent } from './slot-odds.model.ts'

export const rarities = ['legendary', 'epic', 'rare', 'common'] as const satisfies readonly Rarity[]
type WaitTarget = GachaOddsReport['waits'][number]['target']

/** The gacha as people read it; everything exact stays in the report. */
export type GachaOddsView = {
  readonly rarities: readonly { readonly rarity: Rarity; readonly longRun: string; readonly atRest: string }[]
  readonly pityShare: string
  readonly waits: readonly {
    readonly target: WaitTarget
    readonly average: number
    readonly half: Needed
    readonly ninety: Needed
  }[]
  /** Chance of epic or better at each number of misses in a row, 0 to 1. */
  readonly byMisses: readonly number[]
  /** The same, with equal neighbours as one line. */
  readonly stretches: readonly { readonly from: number; readonly to: number; readonly chance: string }[]
  readonly kinds: readonly { readonly kind: DrawnKind; readonly grantedAs: Rarity; readonly chance: string }[]
  readonly items: readonly {
    readonly id: string
    readonly rarity: Rarity
    readonly atRest: string
    readonly longRun: string
    readonly stock: { readonly left: number; readonly all: number } | null
  }[]
}
type Needed = { readonly pulls: number; readonly tokens: number } | null

/** Both documents come from the server; what is computed from the table again says whether they belong together. */
export function readPublishedGacha(published: { readonly config: object; readonly odds: object }) {
  const { config, odds } = published
  const isGacha = 'prizes' in config && 'pity' in config && 'waits' in odds && 'pitySteps' in odds && 'items' in odds
  if (!isGacha) return null
  // Published by the gate that checks every field of it, and compared field by field below on demand.
  return { config: config as unknown as GachaConfig, report: odds as unknown as GachaOddsReport }
}

type Stock = readonly { readonly item_id: string; readonly left: number }[]

export function gachaOddsView(report: GachaOddsReport, stock: Stock): GachaOddsView {
  const leftOf = new Map(stock.map(({ item_id, left }) => [item_id, left]))
  const byMisses = report.pitySteps.map(({ undamped }) => {
    return Number(undamped.legendary.decimal) + Number(undamped.epic.decimal)
  })
  return {
    rarities: rarities.map((rarity) => ({
      rarity,
      longRun: percent(Number(report.longRun.rarities[rarity])),
      atRest: percent(Number(report.atRest.rarities[rarity].decimal)),
    })),
    pityShare: percent(Number(report.pity.shareOfPulls)),
    waits: report.waits
      .filter(({ target }) => target !== 'common' && target !== 'epic')
      .map((wait) => ({
        target: wait.target,
        average: Math.round(Number(wait.expectedTokensInTens)),
        half: neededBy(wait, 50),
        ninety: neededBy(wait, 90),
      })),
    byMisses,
    stretches: stretchesOf(byMisses),
    kinds: report.atRest.kinds.map(({ kind, grantedAs, chance }) => {
      return { kind, grantedAs, chance: percent(Number(chance.decimal)) }
    }),
    items: report.items.map(({ id, rarity, atRest, longRun, stock: all }) => ({
      id,
      rarity,
      atRest: percent(Number(atRest.decimal)),
      longRun: percent(Number(longRun)),
      stock: all === null ? null : { left: leftOf.get(id) ?? all, all },
    })),
  }
}

function neededBy({ percentiles }: GachaOddsReport['waits'][number], percentOfPlayers: number): Needed {
  const found = percentiles.find((each) => each.percent === percentOfPlayers)
  if (!found || found.pulls === null || found.tokensInTens === null) return null
  return { pulls: found.pulls, tokens: found.tokensInTens }
}

function stretchesOf(chances: readonly number[]): GachaOddsView['stretches'] {
  const stretches: { from: number; to: number; chance: string }[] = []
  chances.forEach((share, misses) => {
    const chance = percent(share)
    const last = stretches.at(-1)
    if (last && last.chance === chance) last.to = misses
    else stretches.push({ from: misses, to: misses, chance })
  })
  return stretches
}
