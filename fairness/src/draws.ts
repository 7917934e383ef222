/**
 * Where chance enters. Everything that draws takes a `Draws` and asks it for whole numbers; nobody divides,
 * multiplies or rounds a fraction to decide an outcome.
 */
export type Draws = {
  /** A uniform whole number 0 … bound − 1. @throws RangeError when `bound` is not a whole number 1 … 2^32. */
  below(bound: number): number
}

/** One answered question: "a number below `bound`, please" was answered with `value`. */
export type Draw = { readonly bound: number; readonly value: number }

/** How many different words there are, and the largest bound. */
export const WORDS = 2 ** 32

/**
 * Draws from 32-bit words, by rejection. Of the 2^32 words the highest `2^32 mod bound` are thrown away and
 * the next word is taken. Each remainder of `bound` is then left with equally many words, so taking the
 * remainder is exact; taking it of every word would favour small values (by 2.3e-4 for a bound of 10^6).
 * Every call takes at least one word, also for a bound of 1.
 */
export function drawsFromWords(nextWord: () => number): Draws {
  return {
    below(bound) {
      requireBound(bound)
      const acceptedBelow = WORDS - (WORDS % bound)
      let word = nextWord()
      while (word >= acceptedBelow) word = nextWord()
      return word % bound
    },
  }
}

/** Draws from bytes: four at a time make one word, the first byte being the most significant. */
export function drawsFromBytes(nextBytes: (count: number) => Uint8Array): Draws {
  return drawsFromWords(() => wordAt(nextBytes(4), 0))
}

/** The big-endian 32-bit word that begins at `offset`. @throws RangeError when the bytes end before it does. */
export function wordAt(bytes: Uint8Array, offset: number): number {
  const [first, second, third, fourth] = [bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]]
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) {
    throw new RangeError(`Four bytes are needed at offset ${offset}, there are ${bytes.length} in all`)
  }
  return ((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0
}

/** Passes every question on and keeps the list of answers, in order, for the receipt. */
export function recordingDraws(draws: Draws): Draws & { readonly drawn: readonly Draw[] } {
  const drawn: Draw[] = []
  return {
    drawn,
    below(bound) {
      const value = draws.below(bound)
      drawn.push({ bound, value })
      return value
    },
  }
}

/**
 * Answers from a prepared list: for tests and for walking through every outcome there is.
 *
 * @throws RangeError when a prepared value is not below the bound asked for, or the list is used up.
 */
export function scriptedDraws(values: readonly number[]): Draws {
  let next = 0
  return {
    below(bound) {
      requireBound(bound)
      const value = values[next]
      if (value === undefined) throw new RangeError(`The script has ${values.length} values and was asked for more`)
      if (!Number.isInteger(value) || value < 0 || value >= bound) {
        throw new RangeError(`Value ${next} of the script is ${value}, which is not a whole number below ${bound}`)
      }
      next += 1
      return value
    },
  }
}

function requireBound(bound: number): void {
  if (!Number.isInteger(bound) || bound < 1 || bound > WORDS) {
    throw new RangeError(`A bound is a whole number from 1 to 2^32, not ${bound}`)
  }
}
