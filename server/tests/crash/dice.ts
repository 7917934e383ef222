/** Chance that can be repeated: the same seed, the same run of choices (not the same run of the machine). */
export type Dice = {
  /** A whole number from 0 to `count - 1`. */
  readonly below: (count: number) => number
  readonly between: (from: number, to: number) => number
  readonly chance: (percent: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
  readonly shuffled: <T>(list: readonly T[]) => T[]
  /** Dice of one's own for somebody, so that one's choices do not depend on how fast the others are. */
  readonly of: (name: string) => Dice
}

export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (count: number): number => Math.floor(next() * count)
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[below(list.length)]
    if (chosen === undefined) throw new Error('nothing to pick from')
    return chosen
  }
  return {
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (percent) => next() * 100 < percent,
    pick,
    shuffled: (list) => {
      const left = [...list]
      return list.flatMap(() => left.splice(below(left.length), 1))
    },
    of: (name) => diceOf([...name].reduce((hash, letter) => Math.imul(hash, 31) + letter.charCodeAt(0), seed)),
  }
}
