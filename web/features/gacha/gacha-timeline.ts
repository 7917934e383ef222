// How long everything takes, as data. Milliseconds; `gacha-stage.tsx` performs it, tests read it.

import type { Prize, Rarity } from './gacha-scene.model.ts'

export const timings = {
  /** From the press to the first capsule, however fast the server answers. */
  leastTurnMs: 800,
  /** The capsule falls into place. */
  dropMs: 360,
  /** From one mark of the ladder to the next. */
  climbStepMs: 190,
  /** A mark that was only passed goes out again. */
  dimMs: 240,
  openMs: 380,
  cardMs: 320,
} as const

/** The marks light up in this order, and stop at what was granted. */
export const ladder = ['common', 'rare', 'epic', 'legendary'] as const satisfies readonly Rarity[]

/** How long a prize stays before the next one comes by itself. A legendary waits to be looked at. */
export const holdMs: Readonly<Record<Rarity, number>> = { common: 620, rare: 820, epic: 1_500, legendary: 6_000 }

/** Pieces of light around an opened capsule. */
export const sparks: Readonly<Record<Rarity, number>> = { common: 0, rare: 6, epic: 16, legendary: 40 }

export type Step = {
  readonly rarity: Rarity
  /** After the reveal began. */
  readonly atMs: number
  /** False for the mark that a near miss touches and that goes out again. */
  readonly stays: boolean
}

export type Reveal = {
  readonly steps: readonly Step[]
  readonly opensAtMs: number
  /** The card can be read. */
  readonly shownAtMs: number
  /** The next one comes; for a single pull, the result is told. */
  readonly endsAtMs: number
}

/**
 * One capsule. It falls, the ladder climbs to the rarity it holds, it opens. A near miss touches the mark above, as its
 * published draw looks like that rarity, and comes to rest on what was granted; nothing sounds and nothing is claimed.
 */
export function planReveal(prize: Pick<Prize, 'rarity' | 'looksLike'>, isLast: boolean): Reveal {
  const climbed = ladder.slice(0, ladder.indexOf(prize.rarity) + 1)
  const seen = prize.looksLike === null ? climbed : [...climbed, prize.looksLike]
  const steps = seen.map((rarity, place) => ({
    rarity,
    atMs: timings.dropMs + place * timings.climbStepMs,
    stays: place < climbed.length,
  }))
  const opensAtMs = timings.dropMs + seen.length * timings.climbStepMs + (prize.looksLike === null ? 0 : timings.dimMs)
  const shownAtMs = opensAtMs + timings.openMs
  return { steps, opensAtMs, shownAtMs, endsAtMs: shownAtMs + (isLast ? timings.cardMs : holdMs[prize.rarity]) }
}
