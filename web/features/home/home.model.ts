import type { SlotConfig } from '@casino-club/fairness/slot.config.ts'

export type NextThing = 'rest' | 'empty' | 'first' | 'play'

export type Standing = {
  readonly tokens: number
  readonly spinsLeftToday: number
  readonly hasPlayed: boolean
  /** The smallest stake, in tokens. */
  readonly smallestBet: number
}

/**
 * The one thing that home offers. When playing on is not possible it offers a rest, never a purchase;
 * a first spin is offered once, as information.
 */
export function nextThing({ tokens, spinsLeftToday, hasPlayed, smallestBet }: Standing): NextThing {
  if (spinsLeftToday <= 0) return 'rest'
  if (tokens < smallestBet) return 'empty'
  return hasPlayed ? 'play' : 'first'
}

/** Drawn until the configuration is here, so that the row of steps keeps its place. */
export const usualSteps = 10

/** How many spins the bonus grows for, by how many per cent each, and up to how many: as published. */
export function streakSteps({ streak }: Pick<SlotConfig, 'streak'>) {
  const { bonusPerStepPercent, capPercent } = streak
  const count = bonusPerStepPercent === 0 ? 0 : Math.ceil(capPercent / bonusPerStepPercent)
  return { count, percentEach: bonusPerStepPercent, percentMost: capPercent }
}
