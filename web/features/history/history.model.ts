import type { PlaySession, Round } from '#server-link/api.types.ts'

/** The symbols of a round. What an outcome holds is the game's business, so it is looked at before it is believed. */
export function reelsOf(round: Pick<Round, 'outcome'>): readonly string[] {
  const reels: unknown = Object.entries(round.outcome).find(([name]) => name === 'reels')?.[1]
  return Array.isArray(reels) ? reels.filter((reel) => typeof reel === 'string') : []
}

export const pullRarities = ['legendary', 'epic', 'rare', 'common'] as const

export type KeptPull = {
  readonly item: string
  readonly granted: (typeof pullRarities)[number]
  /** What was given instead of a prize owned already; null for a new one. */
  readonly duplicateTokens: number | null
}

/** The pulls of a round, in the order in which they were drawn; none of another game's. */
export function pullsOf(round: Pick<Round, 'outcome'>): readonly KeptPull[] {
  const pulls: unknown = Object.entries(round.outcome).find(([name]) => name === 'pulls')?.[1]
  if (!Array.isArray(pulls)) return []
  return pulls.flatMap((pull: unknown): KeptPull[] => {
    if (typeof pull !== 'object' || pull === null || !('item' in pull && 'granted' in pull)) return []
    const granted = pullRarities.find((rarity) => rarity === pull.granted)
    if (!granted || typeof pull.item !== 'string') return []
    const tokens = 'duplicate_tokens' in pull ? pull.duplicate_tokens : null
    return [{ item: pull.item, granted, duplicateTokens: typeof tokens === 'number' ? tokens : null }]
  })
}

/** How long a visit lasted, in seconds; one that goes on lasts until now (milliseconds of `Date.now()`). */
export function visitSeconds(visit: Pick<PlaySession, 'started_at' | 'ended_at'>, now: number): number {
  return Math.max(0, ((visit.ended_at ? Date.parse(visit.ended_at) : now) - Date.parse(visit.started_at)) / 1000)
}

/** The round that an address asks for; null for what cannot be one. */
export function roundIdIn(text: string | null): number | null {
  const id = Number(text ?? Number.NaN)
  return Number.isSafeInteger(id) && id > 0 ? id : null
}

/** The longest streak over all games; a streak is a game's own, so they are not added up. */
export function bestStreak(games: readonly { readonly best_streak: number }[]): number {
  return Math.max(0, ...games.map((game) => game.best_streak))
}
