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

/**
 * How many spins the bonus grows for, by how many per cent each, and up to how many: as published. Null for a
 * configuration that says nothing of it. (The whole shape is checked where it is played; that check weighs 4 KB.)
 */
export function streakSteps(config: object) {
  const streak: unknown = 'streak' in config ? config.streak : null
  if (typeof streak !== 'object' || streak === null) return null
  if (!('bonusPerStepPercent' in streak) || !('capPercent' in streak)) return null
  const { bonusPerStepPercent, capPercent } = streak
  if (typeof bonusPerStepPercent !== 'number' || typeof capPercent !== 'number') return null
  const count = bonusPerStepPercent === 0 ? 0 : Math.ceil(capPercent / bonusPerStepPercent)
  return { count, percentEach: bonusPerStepPercent, percentMost: capPercent }
}

/** Visits of all games, newest first. */
export function latestFirst<Visit extends { readonly started_at: string }>(visits: readonly Visit[]): readonly Visit[] {
  return visits.toSorted((a, b) => Date.parse(b.started_at) - Date.parse(a.started_at))
}
