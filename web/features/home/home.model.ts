import type { Asset, SlotState, User } from '#server-link/api.types.ts'

export type NextThing = 'rest' | 'empty' | 'first' | 'play'

export type Standing = {
  readonly user: Pick<User, 'age_verified'>
  readonly balances: Readonly<Record<Asset, number>>
  readonly slot: Pick<SlotState, 'spins_today' | 'spins_left_today'>
  readonly hasPlayed: boolean
  /** The smallest stake, in tokens. */
  readonly smallestBet: number
}

/**
 * The one thing that home offers. When playing on is not possible it offers a rest, never a purchase;
 * a first spin is offered once, as information.
 */
export function nextThing({ balances, slot, hasPlayed, smallestBet }: Standing): NextThing {
  if (slot.spins_left_today <= 0) return 'rest'
  if (balances.token < smallestBet) return 'empty'
  return hasPlayed ? 'play' : 'first'
}

export const longestStreak = 10
const percentPerStep = 2

/** What a win pays on top, in per cent, after so many spins without a day's pause. */
export function streakBonusPercent(streak: number): number {
  return Math.min(streak, longestStreak) * percentPerStep
}
