import type { Draws } from './draws.ts'
import type { SlotConfig, SlotSymbol } from './slot.config.ts'
import { pickRow } from './weighted-table.ts'

/** What a slot remembers of a player: how many spins in a row came before this one. */
export type SlotState = { readonly streak: number }

export type Combination =
  | { readonly kind: 'triple' | 'adjacent_pair'; readonly symbol: string }
  | { readonly kind: 'none'; readonly symbol: null }

export type SlotOutcome = {
  /** Symbol ids, left to right. */
  readonly reels: readonly [string, string, string]
  readonly combination: Combination
  /** What the paytable gives for the combination, in hundredths of the bet. */
  readonly payHundredths: number
  readonly streakBonusPercent: number
  /** Drawn on every spin, also on a lost one: what is drawn never depends on what came before it. */
  readonly variationPermille: number
  /** In tokens, what the player receives. */
  readonly win: bigint
  readonly isJackpot: boolean
  readonly streakAfter: number
}

export const newSlotState: SlotState = { streak: 0 }

/**
 * One spin. Takes exactly four draws: three reels from left to right, then the variation.
 *
 * `win = ⌊bet × pay × (100 + bonus) × variation / 10^7⌋`, rounded down once, at the very end. The bonus is that
 * of the streak before the spin, the number the player was looking at. `state` is as `slotStateAt` gives it:
 * a streak that has ended is passed in as 0.
 *
 * @throws RangeError when the bet is outside the configured bounds. The caller has refused such a bet before.
 */
export function playSlot(config: SlotConfig, state: SlotState, bet: bigint, draws: Draws): SlotOutcome {
  if (bet < config.bet.min || bet > config.bet.max) {
    throw new RangeError(`A bet is ${config.bet.min} to ${config.bet.max} tokens, not ${bet}`)
  }
  const first = pickRow(config.reel, draws)
  const second = pickRow(config.reel, draws)
  const third = pickRow(config.reel, draws)
  const { fromPermille, toPermille } = config.variation
  const variationPermille = fromPermille + draws.below(toPermille - fromPermille + 1)

  const { combination, payHundredths } = readReels(first, second, third)
  const streakBonusPercent = streakBonusAt(config, state.streak)
  return {
    reels: [first.id, second.id, third.id],
    combination,
    payHundredths,
    streakBonusPercent,
    variationPermille,
    win: winOf(bet, payHundredths, streakBonusPercent, variationPermille),
    isJackpot: combination.kind === 'triple' && combination.symbol === config.jackpotSymbol,
    streakAfter: state.streak + 1,
  }
}

/** What three symbols are worth. A pair must touch: the same symbol on reels 1 and 3 alone is nothing. */
export function readReels(
  first: SlotSymbol,
  second: SlotSymbol,
  third: SlotSymbol,
): { readonly combination: Combination; readonly payHundredths: number } {
  if (first.id === second.id && second.id === third.id) {
    return { combination: { kind: 'triple', symbol: second.id }, payHundredths: second.triplePaysHundredths }
  }
  if (first.id === second.id || second.id === third.id) {
    return { combination: { kind: 'adjacent_pair', symbol: second.id }, payHundredths: second.pairPaysHundredths }
  }
  return { combination: { kind: 'none', symbol: null }, payHundredths: 0 }
}

/** In tokens, rounded down once. `bet` in tokens, the other three in the units their names say. */
export function winOf(bet: bigint, payHundredths: number, bonusPercent: number, variationPermille: number): bigint {
  if (payHundredths === 0) return 0n
  return (bet * BigInt(payHundredths) * BigInt(100 + bonusPercent) * BigInt(variationPermille)) / 10_000_000n
}

/** The bonus in per cent after `streak` spins in a row. */
export function streakBonusAt({ streak: rule }: Pick<SlotConfig, 'streak'>, streak: number): number {
  return Math.min(rule.bonusPerStepPercent * streak, rule.capPercent)
}

/**
 * The state a spin starts from: the saved one, or none of it when the last spin is too long ago (a streak ends
 * when `endsAfterHours` or more have passed). `millisecondsSinceLastSpin` is null for a player who never spun.
 */
export function slotStateAt(config: SlotConfig, saved: SlotState, millisecondsSinceLastSpin: number | null): SlotState {
  const endsAfter = config.streak.endsAfterHours * 3_600_000
  return millisecondsSinceLastSpin === null || millisecondsSinceLastSpin >= endsAfter ? newSlotState : saved
}
