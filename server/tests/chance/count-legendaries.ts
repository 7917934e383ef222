import type { GachaConfig } from '@casino-club/fairness/gacha.config.ts'
import type { Verdict } from './g-test.ts'

/*
 * How many legendaries a player draws, exactly: not the normal approximation, and not the approximation of a sum. Their
 * chance depends on one thing only, how long ago the last one was, so a chain over that counter gives the distribution
 * of their number, and that of all players together is its convolution. All terms are positive: nothing cancels out.
 */

/** Chances of 0, 1, 2 … legendaries, from `first` on; what lies outside is less likely than 1e-30 a place. */
export type Distribution = { readonly first: number; readonly chances: Float64Array }

const NEGLIGIBLE = 1e-30

/** Of a new player's `pulls`, where every chance of a legendary is `times` the published one. */
export function legendariesOf({ chancePpm, damping }: GachaConfig, pulls: number, times = 1): Distribution {
  const atRest = (times * chancePpm.legendary) / 1_000_000
  const damped = (atRest * damping.keepPermille) / 1_000
  const stop = damping.withinPulls
  const most = Math.min(pulls, Math.ceil(pulls * atRest + 12 * Math.sqrt(pulls * atRest) + 40))
  // By pulls since the last one (at `stop`: long ago, or never), then by how many there were.
  let since = Array.from({ length: stop + 1 }, () => new Float64Array(most + 1))
  const start = since[stop]
  if (start) start[0] = 1
  for (let pull = 0; pull < pulls; pull++) {
    const next = Array.from({ length: stop + 1 }, () => new Float64Array(most + 1))
    since.forEach((chances, waited) => {
      const drawn = next[0]
      const missed = next[Math.min(waited + 1, stop)]
      const chance = waited < stop ? damped : atRest
      if (!drawn || !missed) return
      for (let count = 0; count <= most; count++) {
        const here = chances[count] ?? 0
        if (here === 0) continue
        missed[count] = (missed[count] ?? 0) + here * (1 - chance)
        if (count < most) drawn[count + 1] = (drawn[count + 1] ?? 0) + here * chance
      }
    })
    since = next
  }
  const chances = new Float64Array(most + 1)
  for (const each of since)
    for (let count = 0; count <= most; count++) chances[count] = (chances[count] ?? 0) + (each[count] ?? 0)
  return trimmed({ first: 0, chances })
}

/** Of `players` who each draw like this, together. */
export function together(one: Distribution, players: number): Distribution {
  if (players === 0) return { first: 0, chances: Float64Array.of(1) }
  const half = together(one, Math.floor(players / 2))
  const even = sumOf(half, half)
  return players % 2 === 0 ? even : sumOf(even, one)
}

/** Two-sided, each side with half of the level: twice the smaller tail. */
export function exactCountTest(table: string, seen: number, distribution: Distribution): Verdict {
  const below = chanceOf(distribution, (count) => count <= seen)
  const above = chanceOf(distribution, (count) => count >= seen)
  return { table, g: seen, freedom: 0, p: Math.min(1, 2 * Math.min(below, above)) }
}

/** The chance that the two-sided test at `alpha` turns red when the truth is `actual` and the model `published`. */
export function powerOf(published: Distribution, actual: Distribution, alpha: number): number {
  const [tooFew, tooMany] = criticalCounts(published, alpha)
  return chanceOf(actual, (count) => count <= tooFew || count >= tooMany)
}

/** Red at so few, or at so many. */
export function criticalCounts(published: Distribution, alpha: number): readonly [tooFew: number, tooMany: number] {
  const { first, chances } = published
  let below = 0
  let tooFew = first - 1
  for (let at = 0; at < chances.length; at++) {
    below += chances[at] ?? 0
    if (2 * below > alpha) break
    tooFew = first + at
  }
  let above = 0
  let tooMany = first + chances.length
  for (let at = chances.length - 1; at >= 0; at--) {
    above += chances[at] ?? 0
    if (2 * above > alpha) break
    tooMany = first + at
  }
  return [tooFew, tooMany]
}

export function meanOf({ first, chances }: Distribution): number {
  return chances.reduce((sum, chance, at) => sum + chance * (first + at), 0)
}

/** Summed from the smallest up on either side, so that tails keep all their digits. */
function chanceOf({ first, chances }: Distribution, isMeant: (count: number) => boolean): number {
  const meant = [...chances].filter((_, at) => isMeant(first + at))
  return meant.sort((one, other) => one - other).reduce((sum, chance) => sum + chance, 0)
}

function sumOf(one: Distribution, other: Distribution): Distribution {
  const chances = new Float64Array(one.chances.length + other.chances.length - 1)
  one.chances.forEach((left, at) => {
    if (left === 0) return
    other.chances.forEach((right, then) => {
      chances[at + then] = (chances[at + then] ?? 0) + left * right
    })
  })
  return trimmed({ first: one.first + other.first, chances })
}

function trimmed({ first, chances }: Distribution): Distribution {
  const from = chances.findIndex((chance) => chance > NEGLIGIBLE)
  const to = chances.findLastIndex((chance) => chance > NEGLIGIBLE)
  return { first: first + from, chances: chances.slice(from, to + 1) }
}
