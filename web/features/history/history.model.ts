import type { PlaySession, Round } from '#server-link/api.types.ts'

/** The symbols of a round. What an outcome holds is the game's business, so it is looked at before it is believed. */
export function reelsOf(round: Pick<Round, 'outcome'>): readonly string[] {
  const reels: unknown = Object.entries(round.outcome).find(([name]) => name === 'reels')?.[1]
  return Array.isArray(reels) ? reels.filter((reel) => typeof reel === 'string') : []
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
