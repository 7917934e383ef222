import { configHash } from './canonical.ts'
import {
  decimalOf,
  difference,
  type Printed,
  printed,
  product,
  quotient,
  type Rational,
  rational,
  squareRoot,
  sum,
  ZERO,
} from './rational.ts'
import type { SlotConfig } from './slot.config.ts'
import { type Combination, readReels, streakBonusAt, winOf } from './slot.rules.ts'

/**
 * Exact odds of a slot, by counting every way the three reels can stop. Nothing is simulated or rounded: the
 * combinations come from `readReels`, the wins from `winOf`, the same two functions the engine plays with.
 */
export type SlotCombinationOdds = Combination & {
  readonly payHundredths: number
  /** How many of the `totalWeight`³ tickets of three reels show this combination. */
  readonly ways: bigint
}

/** Every combination that can show, triples first, then pairs, then nothing; the ways add up to all of them. */
export function slotCombinations(config: SlotConfig): SlotCombinationOdds[] {
  const found = new Map<string, SlotCombinationOdds>()
  const { rows } = config.reel
  for (const first of rows) {
    for (const second of rows) {
      for (const third of rows) {
        const { combination, payHundredths } = readReels(first, second, third)
        const name = `${combination.kind}:${combination.symbol}`
        const ways = BigInt(first.weight) * BigInt(second.weight) * BigInt(third.weight)
        found.set(name, { ...combination, payHundredths, ways: ways + (found.get(name)?.ways ?? 0n) })
      }
    }
  }
  const order = ['triple', 'adjacent_pair', 'none']
  const place = (each: SlotCombinationOdds) =>
    order.indexOf(each.kind) * (rows.length + 1) + rows.findIndex((row) => row.id === each.symbol)
  return [...found.values()].sort((a, b) => place(a) - place(b))
}

/** All tickets of three reels. */
export function slotWays(config: SlotConfig): bigint {
  return BigInt(config.reel.totalWeight) ** 3n
}

/** Share of spins that pay anything. */
export function slotHitRate(config: SlotConfig): Rational {
  const winning = slotCombinations(config).filter((each) => each.payHundredths > 0)
  return sum(...winning.map((each) => rational(each.ways, slotWays(config))))
}

/** Mean and variance of win ÷ bet for a spin made after `streak` spins in a row, before rounding to tokens. */
export function slotReturn(
  config: SlotConfig,
  streak: number,
): { readonly mean: Rational; readonly variance: Rational } {
  const bonus = rational(100 + streakBonusAt(config, streak), 100)
  const variation = variationMoments(config)
  const combinations = slotCombinations(config)
  const payMoment = (power: bigint) =>
    rational(
      combinations.reduce((total, each) => total + each.ways * BigInt(each.payHundredths) ** power, 0n),
      slotWays(config) * 100n ** power,
    )
  const mean = product(payMoment(1n), bonus, variation.mean)
  const meanOfSquare = product(payMoment(2n), bonus, bonus, variation.meanOfSquare)
  return { mean, variance: difference(meanOfSquare, product(mean, mean)) }
}

/** Mean of win ÷ bet with wins rounded down to whole tokens, as they are paid. Exact for this bet. */
export function slotReturnInTokens(config: SlotConfig, streak: number, betTokens: number): Rational {
  const bonusPercent = streakBonusAt(config, streak)
  const variations = variationValues(config)
  let paid = 0n
  for (const { payHundredths, ways } of slotCombinations(config)) {
    for (const permille of variations) paid += ways * winOf(BigInt(betTokens), payHundredths, bonusPercent, permille)
  }
  return rational(paid, slotWays(config) * BigInt(variations.length) * BigInt(betTokens))
}

/** The first streak at which the bonus no longer grows. From there on a player is in the long run. */
export function streakAtCap({ streak }: SlotConfig): number {
  return streak.capPercent === 0 ? 0 : Math.ceil(streak.capPercent / streak.bonusPerStepPercent)
}

/** The most a single spin can pay, in tokens: highest bet, highest pay, full streak, highest variation. */
export function slotHighestWin(config: SlotConfig): bigint {
  const highestPay = Math.max(...slotCombinations(config).map((each) => each.payHundredths))
  return winOf(BigInt(config.bet.max), highestPay, config.streak.capPercent, config.variation.toPermille)
}

export type SlotOddsReport = ReturnType<typeof slotOddsReport>

/**
 * Everything a player, an operator or an auditor may ask about a slot, ready for JSON. Decimals are rounded to
 * twelve places, fractions are exact.
 */
export function slotOddsReport(config: SlotConfig) {
  const ways = slotWays(config)
  const cap = streakAtCap(config)
  const longRun = slotReturn(config, cap)
  const combinations = slotCombinations(config)
  const paid = combinations.reduce((total, each) => total + each.ways * BigInt(each.payHundredths), 0n)
  const roundedBets = [...new Set([config.bet.min, 50, 100, 500, config.bet.max])]
    .filter((bet) => bet >= config.bet.min && bet <= config.bet.max)
    .sort((a, b) => a - b)
  return {
    game: config.game,
    version: config.version,
    configHash: configHash(config),
    ways: ways.toString(),
    hitRate: printed(slotHitRate(config)),
    combinations: combinations.map((each) => ({
      kind: each.kind,
      symbol: each.symbol,
      payHundredths: each.payHundredths,
      ways: each.ways.toString(),
      chance: printed(rational(each.ways, ways)),
      onceInSpins: decimalOf(rational(ways, each.ways), 2),
      // The bonus and the variation multiply every win alike, so the shares hold at every streak.
      shareOfReturn: printed(paid === 0n ? ZERO : rational(each.ways * BigInt(each.payHundredths), paid)),
    })),
    streakSteps: Array.from({ length: cap + 1 }, (_, streak) => ({
      streak,
      bonusPercent: streakBonusAt(config, streak),
      ...printedReturn(slotReturn(config, streak)),
    })),
    /** A player who keeps playing: the streak stands at its cap, the variation is included. */
    longRun: { streakFrom: cap, ...printedReturn(longRun) },
    /** Average over a whole sitting that begins without a streak. */
    sittings: [10, 50, 100, 1_000].map((spins) => ({ spins, rtp: printed(sittingReturn(config, spins)) })),
    /** What rounding each win down to whole tokens costs, at the long-run streak. */
    inTokens: roundedBets.map((betTokens) => {
      const rtp = slotReturnInTokens(config, cap, betTokens)
      return { betTokens, rtp: printed(rtp), lostToRounding: printed(difference(longRun.mean, rtp)) }
    }),
    /** Where the return of so many long-run spins lies, by the normal approximation: mean ± z × deviation ÷ √spins. */
    bands: [1_000, 10_000, 100_000, 1_000_000, 10_000_000].flatMap((spins) =>
      [
        { chance: '95 %', z: rational(1_959_964, 1_000_000) },
        { chance: '99 %', z: rational(2_575_829, 1_000_000) },
      ].map(({ chance, z }) => {
        const reach = product(z, squareRoot(quotient(longRun.variance, rational(spins))))
        const [from, to] = [difference(longRun.mean, reach), sum(longRun.mean, reach)]
        return { spins, chance, from: decimalOf(from, 6), to: decimalOf(to, 6) }
      }),
    ),
    lowestWin: lowestWin(config),
    highestWin: { betTokens: config.bet.max, winTokens: slotHighestWin(config).toString() },
  }
}

function printedReturn({ mean, variance }: { readonly mean: Rational; readonly variance: Rational }): {
  readonly rtp: Printed
  readonly variance: Printed
  readonly standardDeviation: string
} {
  return { rtp: printed(mean), variance: printed(variance), standardDeviation: decimalOf(squareRoot(variance), 6) }
}

/** The smallest thing that counts as a win, at the lowest bet without a streak, beside what it cost. */
function lowestWin(config: SlotConfig): { readonly betTokens: number; readonly winTokens: string } {
  const pays = slotCombinations(config).map((each) => each.payHundredths)
  const lowestPay = Math.min(...pays.filter((pay) => pay > 0))
  const betTokens = config.bet.min
  const win = Number.isFinite(lowestPay) ? winOf(BigInt(betTokens), lowestPay, 0, config.variation.fromPermille) : 0n
  return { betTokens, winTokens: win.toString() }
}

function sittingReturn(config: SlotConfig, spins: number): Rational {
  const cap = streakAtCap(config)
  const rising = Array.from({ length: Math.min(cap, spins) }, (_, streak) => slotReturn(config, streak).mean)
  const atCap = product(slotReturn(config, cap).mean, rational(Math.max(spins - cap, 0)))
  return quotient(sum(...rising, atCap), rational(spins))
}

function variationMoments(config: SlotConfig): { readonly mean: Rational; readonly meanOfSquare: Rational } {
  const values = variationValues(config).map(BigInt)
  const moment = (power: bigint) =>
    rational(
      values.reduce((total, permille) => total + permille ** power, 0n),
      BigInt(values.length) * 1_000n ** power,
    )
  return { mean: moment(1n), meanOfSquare: moment(2n) }
}

function variationValues({ variation: { fromPermille, toPermille } }: SlotConfig): number[] {
  return Array.from({ length: toPermille - fromPermille + 1 }, (_, index) => fromPermille + index)
}
