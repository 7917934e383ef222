import { type GachaChain, gachaChain, movesOf } from './gacha.chain.ts'
import { checkGachaConfig, type GachaConfig, RARITIES } from './gacha.config.ts'
import { duplicateTokensAtMost, gachaLongRun } from './gacha.odds.ts'
import { newGachaState } from './gacha.rules.ts'
import { closedStates } from './markov-chain.ts'
import { compare, decimalOf, product, type Rational, rational, sum } from './rational.ts'
import { checkSlotConfig, type SlotConfig } from './slot.config.ts'
import { slotHighestWin, slotHitRate, slotReturn, streakAtCap } from './slot.odds.ts'
import { winOf } from './slot.rules.ts'

/** A range that a figure has to lie in, both ends allowed, in parts per million. */
export type Band = { readonly fromPpm: number; readonly toPpm: number }

/** What a slot has to keep to before it may be published. */
export type SlotBand = {
  readonly longRunReturn: Band
  readonly hitRate: Band
  readonly firstSpinReturn: Band
  readonly highestWinTokens: bigint
}

/** What a gacha has to keep to before it may be published. Shares of pulls in the long run. */
export type GachaBand = {
  readonly legendary: Band
  readonly epicOrBetter: Band
  /** What duplicates give back of the price of a pull bought in tens, when everything is owned already. */
  readonly duplicateReturn: Band
  /** The most tokens ten pulls can give back. */
  readonly highestPayoutTokens: bigint
}

export const defaultSlotBand: SlotBand = {
  longRunReturn: { fromPpm: 945_000, toPpm: 955_000 },
  hitRate: { fromPpm: 300_000, toPpm: 400_000 },
  firstSpinReturn: { fromPpm: 750_000, toPpm: 955_000 },
  highestWinTokens: 2_000_000n,
}

export const defaultGachaBand: GachaBand = {
  legendary: { fromPpm: 1_000, toPpm: 20_000 },
  epicOrBetter: { fromPpm: 50_000, toPpm: 300_000 },
  duplicateReturn: { fromPpm: 0, toPpm: 500_000 },
  highestPayoutTokens: 10_000n,
}

/**
 * Why a slot may not go live, one sentence per reason; empty when it may. Looks at its form first, and only when
 * that is right at its exact odds.
 */
export function gateSlot(config: unknown, band: SlotBand = defaultSlotBand): string[] {
  const reasons = checkSlotConfig(config)
  if (reasons.length > 0) return reasons
  const slot = config as SlotConfig // just checked
  const highestWin = slotHighestWin(slot)
  return [
    ...outside('the long-run return', slotReturn(slot, streakAtCap(slot)).mean, band.longRunReturn),
    ...outside('the return of a first spin', slotReturn(slot, 0).mean, band.firstSpinReturn),
    ...outside('the hit rate', slotHitRate(slot), band.hitRate),
    ...(highestWin > band.highestWinTokens
      ? [`a single spin can pay ${highestWin} tokens, more than ${band.highestWinTokens}`]
      : []),
    ...lossesDressedUpAsWins(slot),
  ]
}

/** Why a gacha may not go live, one sentence per reason; empty when it may. Its form first, then its exact odds. */
export function gateGacha(config: unknown, band: GachaBand = defaultGachaBand): string[] {
  const misshapen = checkGachaConfig(config)
  if (misshapen.length > 0) return misshapen
  const gacha = config as GachaConfig // just checked
  const stuck = gateGachaChain(gacha, gachaChain(gacha))
  if (stuck.length > 0) return stuck
  const chances = gachaLongRun(gacha)
  const back = product(duplicateTokensAtMost(gacha, chances), rational(10, gacha.priceTokens.ten))
  const highestPayout = BigInt(10 * Math.max(...RARITIES.map((rarity) => gacha.duplicateTokens[rarity])))
  return [
    ...outside('the long-run chance of a legendary', chances.legendary, band.legendary),
    ...outside('the long-run chance of epic or better', sum(chances.legendary, chances.epic), band.epicOrBetter),
    ...outside('what duplicates return of the price', back, band.duplicateReturn),
    ...(highestPayout > band.highestPayoutTokens
      ? [`ten pulls can give back ${highestPayout} tokens, more than ${band.highestPayoutTokens}`]
      : []),
  ]
}

/**
 * Whether the saved states hang together: no place a player cannot leave, one long run for everybody, every number
 * of misses up to pity within reach, and every rarity grantable. A configuration that passed its own checks gets
 * through; this is for the day when the rules change and nobody thinks of it.
 */
export function gateGachaChain(config: GachaConfig, chain: GachaChain): string[] {
  const moves = movesOf(chain)
  const reasons = moves.moves.flatMap((row, state) => {
    const isTrap = [...row.keys()].every((to) => to === state)
    return isTrap ? [`a player cannot leave the state ${JSON.stringify(chain.states[state])}`] : []
  })
  if (closedStates(moves).length === 0) reasons.push('what the long run looks like depends on luck at the beginning')
  const missesReached = new Set(chain.states.map((state) => state.misses))
  for (let misses = newGachaState(config).misses; misses <= config.pity.afterMisses; misses++) {
    if (!missesReached.has(misses)) reasons.push(`nobody ever has ${misses} misses, so pity is out of reach`)
  }
  const granted = new Set(chain.pulls.flatMap((ways) => ways.map((way) => way.granted)))
  for (const rarity of RARITIES) if (!granted.has(rarity)) reasons.push(`${rarity} is never granted`)
  return reasons
}

function outside(what: string, value: Rational, { fromPpm, toPpm }: Band): string[] {
  const isInside = compare(value, rational(fromPpm, 1_000_000)) >= 0 && compare(value, rational(toPpm, 1_000_000)) <= 0
  if (isInside) return []
  return [
    `${what} is ${percent(value)}, not between ${percent(rational(fromPpm, 1_000_000))} and ${percent(rational(toPpm, 1_000_000))}`,
  ]
}

/** A "win" below its bet is a loss with music. None may be possible, even at the lowest bet after rounding. */
function lossesDressedUpAsWins({ reel, bet, variation }: SlotConfig): string[] {
  return reel.rows.flatMap(({ id, triplePaysHundredths, pairPaysHundredths }) =>
    [triplePaysHundredths, pairPaysHundredths]
      .filter((pay) => pay > 0 && winOf(BigInt(bet.min), pay, 0, variation.fromPermille) < BigInt(bet.min))
      .map((pay) => `${id} pays ${pay} hundredths, which can be less than the bet`),
  )
}

function percent(value: Rational): string {
  return `${decimalOf(product(value, rational(100)), 4)} %`
}
