import {
  type Band,
  bandOf,
  bandOfTotal,
  betsOn,
  betsOnTotal,
  type Cell,
  countBets,
  type Law,
  logEvidence,
} from './evidence.ts'
import type { SlotConfig, SlotSymbol } from './slot.config.ts'
import { slotCombinations, slotWays } from './slot.odds.ts'
import { type Combination, readReels, streakBonusAt, winOf } from './slot.rules.ts'

/** What was seen of a slot under one configuration. Counts, as JSON. */
export type SlotCounts = {
  spins: number
  /** Of all three reels, by symbol. */
  readonly reels: Record<string, number>
  readonly combinations: Record<string, number>
  /** By permille. */
  readonly variations: Record<string, number>
  /** Spins by the bonus they were made at, in per cent. */
  readonly bonuses: Record<string, number>
  /** Pays with bonus and variation, in bets × 10^7, before rounding down to tokens. */
  returned: number
  /** Rounds that cannot have come from this configuration, whatever the luck. */
  impossible: number
}

export type SpinSeen = {
  readonly reels: readonly string[]
  readonly streakBonusPercent: number
  readonly variationPermille: number
  readonly stake: bigint
  readonly payout: bigint
}

export function noSpins(): SlotCounts {
  return { spins: 0, reels: {}, combinations: {}, variations: {}, bonuses: {}, returned: 0, impossible: 0 }
}

/** Counts a spin in. One that this configuration cannot have led to is counted as that, and nowhere else. */
export function addSpin(config: SlotConfig, counts: SlotCounts, spin: SpinSeen): void {
  counts.spins += 1
  const read = readSpin(config, spin)
  if (!read) {
    counts.impossible += 1
    return
  }
  for (const id of spin.reels) counts.reels[id] = (counts.reels[id] ?? 0) + 1
  const { combination, payHundredths } = read
  const name = combinationName(combination)
  counts.combinations[name] = (counts.combinations[name] ?? 0) + 1
  counts.variations[spin.variationPermille] = (counts.variations[spin.variationPermille] ?? 0) + 1
  counts.bonuses[spin.streakBonusPercent] = (counts.bonuses[spin.streakBonusPercent] ?? 0) + 1
  counts.returned += payHundredths * (100 + spin.streakBonusPercent) * spin.variationPermille
}

export type Observed = {
  /** Natural logarithm of the evidence against the published odds; see `evidence.ts`. */
  readonly logEvidence: number
  readonly kinds: readonly (Band & { readonly name: string })[]
  /** Win ÷ bet, summed over the rounds; null for a game that returns prizes. */
  readonly returned: Band | null
}

/** What the counts say, with bands that hold for ever with a chance of 1 − `alpha`, all together. */
export function observeSlot(config: SlotConfig, counts: SlotCounts, alpha: number): Observed {
  const seen = counts.spins - counts.impossible
  const combinations = combinationCells(config, counts, seen)
  const quantity = {
    total: counts.returned / 1e7,
    drawn: modelOf(config).returns.map(({ bonus, law }) => ({ made: counts.bonuses[bonus] ?? 0, law })),
  }
  const groups = [
    betsOn(reelCells(config, counts, 3 * seen)),
    betsOn(combinations),
    betsOn(variationCells(config, counts, seen)),
    betsOnTotal(quantity),
  ]
  return {
    logEvidence: logEvidence(groups),
    kinds: combinations.map((cell) => ({
      name: cell.name,
      ...bandOf(cell, alpha, countBets(combinations), groups.length),
    })),
    returned: bandOfTotal(quantity, alpha, groups.length),
  }
}

function readSpin(config: SlotConfig, { reels, streakBonusPercent, variationPermille, stake, payout }: SpinSeen) {
  const { symbols, bonuses } = modelOf(config)
  const [one = '', two = '', three = ''] = reels
  const [first, second, third] = [symbols.get(one), symbols.get(two), symbols.get(three)]
  if (!first || !second || !third || reels.length > 3) return undefined
  const read = readReels(first, second, third)
  const { fromPermille, toPermille } = config.variation
  const isPaidAsSaid = payout === winOf(stake, read.payHundredths, streakBonusPercent, variationPermille)
  const isDrawable = variationPermille >= fromPermille && variationPermille <= toPermille
  return isPaidAsSaid && isDrawable && bonuses.has(streakBonusPercent) ? read : undefined
}

function reelCells({ reel }: SlotConfig, { reels }: SlotCounts, made: number): Cell[] {
  return reel.rows.map(({ id, weight }) => ({
    name: id,
    drawn: [{ made, seen: reels[id] ?? 0, chance: weight / reel.totalWeight }],
  }))
}

function combinationCells(config: SlotConfig, { combinations }: SlotCounts, made: number): Cell[] {
  return modelOf(config).combinations.map(({ name, chance }) => {
    return { name, drawn: [{ made, seen: combinations[name] ?? 0, chance }] }
  })
}

function variationCells({ variation }: SlotConfig, { variations }: SlotCounts, made: number): Cell[] {
  const { fromPermille, toPermille } = variation
  const count = toPermille - fromPermille + 1
  return Array.from({ length: count }, (_, at) => {
    const name = String(fromPermille + at)
    return { name, drawn: [{ made, seen: variations[name] ?? 0, chance: 1 / count }] }
  })
}

/** The bonuses there can be, lowest first. */
function bonusesOf(config: SlotConfig): number[] {
  const { bonusPerStepPercent, capPercent } = config.streak
  const steps = capPercent === 0 ? 0 : Math.ceil(capPercent / bonusPerStepPercent)
  return Array.from({ length: steps + 1 }, (_, streak) => streakBonusAt(config, streak))
}

/** What follows from a configuration alone. */
type SlotModel = {
  readonly symbols: ReadonlyMap<string, SlotSymbol>
  readonly bonuses: ReadonlySet<number>
  readonly combinations: readonly { readonly name: string; readonly chance: number }[]
  /** Win ÷ bet at each bonus, before rounding down to tokens, exactly. */
  readonly returns: readonly { readonly bonus: number; readonly law: Law }[]
}

const models = new WeakMap<SlotConfig, SlotModel>()

function modelOf(config: SlotConfig): SlotModel {
  const known = models.get(config)
  if (known) return known
  const ways = Number(slotWays(config))
  const found = slotCombinations(config).map((each) => {
    return { name: combinationName(each), pays: each.payHundredths, chance: Number(each.ways) / ways }
  })
  const { fromPermille, toPermille } = config.variation
  const variations = Array.from({ length: toPermille - fromPermille + 1 }, (_, at) => fromPermille + at)
  const returns = bonusesOf(config).map((bonus) => ({
    bonus,
    law: found.flatMap(({ pays, chance }) =>
      variations.map((permille) => ({
        value: (pays * (100 + bonus) * permille) / 1e7,
        chance: chance / variations.length,
      })),
    ),
  }))
  const symbols = new Map(config.reel.rows.map((row) => [row.id, row]))
  const model = { symbols, bonuses: new Set(bonusesOf(config)), combinations: found, returns }
  models.set(config, model)
  return model
}

function combinationName({ kind, symbol }: Combination): string {
  return symbol === null ? kind : `${kind}:${symbol}`
}
