import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawsFromBytes, drawsFromWords, recordingDraws, scriptedDraws, WORDS, wordAt } from './draws.ts'

/** Hands out the given words and fails when asked for one more. */
function wordsInTurn(...words: number[]): () => number {
  return () => {
    const word = words.shift()
    if (word === undefined) throw new Error('no words left')
    return word
  }
}

describe('rejection', () => {
  test.each([
    // bound    words                              value       what happens
    [100, [0], 0, 'the lowest word'],
    [100, [4_294_967_199], 99, 'the highest word of the last whole group'],
    [100, [4_294_967_200, 7], 7, 'the first word beyond it is thrown away'],
    [100, [4_294_967_295, 4_294_967_200, 105], 5, 'two in a row are thrown away'],
    [1_000_000, [4_294_000_000, 3_000_001], 1, 'a million: 967 296 words belong to no whole group'],
    [3, [4_294_967_295, 2], 2, 'three: only the very last word is thrown away'],
    [1, [4_294_967_295], 0, 'a bound of one still takes a word'],
    [WORDS, [4_294_967_295], 4_294_967_295, 'the largest bound keeps every word'],
    [WORDS - 1, [4_294_967_295, 4_294_967_294], 4_294_967_294, 'one less throws one away'],
    [2 ** 31 + 1, [2 ** 31 + 1, 2 ** 31], 2 ** 31, 'the worst bound throws nearly half away'],
  ])('below %i of %j is %i: %s', (bound, words, value) => {
    const left = [...words]
    expect(drawsFromWords(() => left.shift() ?? Number.NaN).below(bound)).toBe(value)
    expect(left).toEqual([])
  })

  test('every remainder keeps equally many words, for every bound up to 4096', () => {
    // 2^32 words cannot all be tried, so the edges are: the accepted ones are whole groups of `bound` words,
    // the last group begins with 0 and ends with bound − 1, and nothing from there to the highest word counts.
    for (let bound = 1; bound <= 4096; bound++) {
      const accepted = WORDS - (WORDS % bound)
      expect(accepted % bound).toBe(0)
      expect(WORDS - accepted).toBeLessThan(bound)
      const lastGroup = drawsFromWords(wordsInTurn(accepted - bound, accepted - 1))
      expect([lastGroup.below(bound), lastGroup.below(bound)]).toEqual([0, bound - 1])
      if (accepted < WORDS) expect(drawsFromWords(wordsInTurn(accepted, WORDS - 1, 0)).below(bound)).toBe(0)
    }
  })

  test.each([0, -1, 1.5, WORDS + 1, Number.NaN, Number.POSITIVE_INFINITY])('a bound of %d is refused', (bound) => {
    expect(() => drawsFromWords(() => 0).below(bound)).toThrow(RangeError)
    expect(() => scriptedDraws([0]).below(bound)).toThrow(RangeError)
  })

  test('any bound and any words: the value is below the bound and comes from the first accepted word', () => {
    const anyWord = fc.integer({ min: 0, max: WORDS - 1 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: WORDS }), fc.array(anyWord, { minLength: 1 }), (bound, words) => {
        const modulus = BigInt(bound)
        const accepted = words.filter((word) => BigInt(word) < (2n ** 32n / modulus) * modulus)
        const [first] = accepted
        const value = () => drawsFromWords(wordsInTurn(...words)).below(bound)
        if (first === undefined) expect(value).toThrow('no words left')
        else expect(BigInt(value())).toBe(BigInt(first) % modulus)
      }),
    )
  })
})

test('bytes become words with the first byte the most significant', () => {
  expect(wordAt(Uint8Array.of(0, 0x80, 0, 0, 1), 1)).toBe(0x8000_0001)
  const asked: number[] = []
  const draws = drawsFromBytes((count) => {
    asked.push(count)
    return Uint8Array.of(0, 0, 1, 2)
  })
  expect(draws.below(1000)).toBe(258)
  expect(asked).toEqual([4])
  expect(() => wordAt(Uint8Array.of(1, 2, 3), 0)).toThrow('Four bytes are needed at offset 0, there are 3 in all')
})

test('recording keeps each question with its answer, in order', () => {
  const draws = recordingDraws(scriptedDraws([3, 0, 99]))
  expect([draws.below(6), draws.below(1), draws.below(100)]).toEqual([3, 0, 99])
  expect(draws.drawn).toEqual([
    { bound: 6, value: 3 },
    { bound: 1, value: 0 },
    { bound: 100, value: 99 },
  ])
})

test('a script complains when it does not fit', () => {
  expect(() => scriptedDraws([6]).below(6)).toThrow('Value 0 of the script is 6, which is not a whole number below 6')
  expect(() => scriptedDraws([]).below(6)).toThrow('The script has 0 values and was asked for more')
})
