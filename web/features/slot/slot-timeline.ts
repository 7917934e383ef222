// How long everything takes, as data. Milliseconds and pixels; `slot-stage.tsx` performs it, tests read it.

import type { Proportion, Reels } from './slot-scene.model.ts'

export const timings = {
  /** The button answers a press at once; everything else may wait for this. */
  pressMs: 90,
  /** Against the direction of travel, like drawing breath. */
  windUpMs: 150,
  windUpPx: 22,
  /** From standstill to full speed. */
  speedUpMs: 210,
  startStaggerMs: 50,
  /** One turn of the six-symbol sheet: 43 ms for each symbol. */
  loopMs: 258,
  /** From the press to the first stop, however fast the server answers. */
  leastSpinMs: 850,
  stopStaggerMs: 240,
  stopMs: 580,
  /** Symbols that still pass while a reel slows down; together with the easing this continues the loop's speed. */
  stopCells: 4,
  overshootPx: 12,
  settlePx: 5,
  /** Added to a reel that can still complete three of a kind. */
  anticipationMs: 950,
  /** From speed back to rest when the server refuses or the line is lost. */
  restMs: 420,
} as const

export type Stop = {
  readonly reel: 0 | 1 | 2
  /** After the press. */
  readonly startsAtMs: number
  readonly endsAtMs: number
  readonly isAnticipated: boolean
  /** When the ring around the waiting reel lights up; null when it never does. */
  readonly ringAtMs: number | null
}

/**
 * Whether the third reel deserves a longer wait: the first two have stopped alike and a triple of theirs pays.
 * Any other third symbol can at best make a small pair, which needs no drum roll. What the third reel will show has
 * no part in this, so waiting says nothing about the end.
 */
export function isTripleOpen([first, second]: Reels, triplePays: (symbol: string) => number): boolean {
  return first === second && triplePays(first) > 0
}

/**
 * When each reel stops, measured from the press. `answeredMs` is when the server's answer arrived, from the press too.
 */
export function planStops(reels: Reels, answeredMs: number, triplePays: (symbol: string) => number): readonly Stop[] {
  const first = Math.max(timings.leastSpinMs, answeredMs + timings.pressMs)
  const isOpen = isTripleOpen(reels, triplePays)
  return ([0, 1, 2] as const).map((reel) => {
    const isAnticipated = reel === 2 && isOpen
    const startsAtMs = first + reel * timings.stopStaggerMs + (isAnticipated ? timings.anticipationMs : 0)
    return {
      reel,
      startsAtMs,
      endsAtMs: startsAtMs + timings.stopMs,
      isAnticipated,
      ringAtMs: isAnticipated ? first + timings.stopStaggerMs + timings.stopMs * 0.7 : null,
    }
  })
}

/** How long the win counts up; skippable, and never longer than a second and a half. */
export function countUpMs(proportion: Proportion): number {
  return { loss: 0, returned: 0, win: 600, big_win: 1_100, jackpot: 1_500 }[proportion]
}

/** How long the celebration stays unless it is skipped. No pulse in it is quicker than two a second. */
export function celebrationMs(proportion: Proportion): number {
  return { loss: 0, returned: 0, win: 1_400, big_win: 2_800, jackpot: 6_000 }[proportion]
}

/** Pieces of light thrown into the air. */
export function sparks(proportion: Proportion): number {
  return { loss: 0, returned: 0, win: 0, big_win: 22, jackpot: 48 }[proportion]
}
