import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FIXED_ONE, type Fixed, fixed, rationalOf } from './fixed-point.ts'
import { closedStates, expectedSteps, longRunShares, type MarkovChain, stepped } from './markov-chain.ts'
import { decimalOf, rational } from './rational.ts'

const part = (numerator: number, denominator: number): Fixed => fixed(rational(numerator, denominator))
const chainOf = (...rows: readonly (readonly (readonly [number, Fixed])[])[]): MarkovChain => ({
  moves: rows.map((row) => new Map(row)),
})
const shown = (value: Fixed | undefined) => decimalOf(rationalOf(value ?? 0n), 30)

test('weather: sunny stays sunny 9 times in 10, rain stays rain 5 times in 10', () => {
  const weather = chainOf(
    [
      [0, part(9, 10)],
      [1, part(1, 10)],
    ],
    [
      [0, part(5, 10)],
      [1, part(5, 10)],
    ],
  )
  const { shares, errorBound } = longRunShares(weather)
  expect(shares.map(shown)).toEqual(['0.833333333333333333333333333333', '0.166666666666666666666666666667'])
  expect(errorBound).toBeLessThan(10n ** 10n) // 1e-50
})

test('going round in circles has a long run too, though it never settles', () => {
  const circle = chainOf([[1, FIXED_ONE]], [[2, FIXED_ONE]], [[0, FIXED_ONE]])
  expect(longRunShares(circle).shares.map(shown)).toEqual([
    '0.333333333333333333333333333333',
    '0.333333333333333333333333333333',
    '0.333333333333333333333333333333',
  ])
})

test('states that are left for good have no share', () => {
  const leaving = chainOf(
    [
      [0, part(1, 2)],
      [1, part(1, 2)],
    ],
    [
      [1, part(1, 2)],
      [2, part(1, 2)],
    ],
    [[1, FIXED_ONE]],
  )
  expect(closedStates(leaving)).toEqual([1, 2])
  expect(longRunShares(leaving).shares.map(shown)).toEqual([
    '0',
    '0.666666666666666666666666666667',
    '0.333333333333333333333333333333',
  ])
})

test('two traps: no single long run', () => {
  const traps = chainOf(
    [
      [1, part(1, 2)],
      [2, part(1, 2)],
    ],
    [[1, FIXED_ONE]],
    [[2, FIXED_ONE]],
  )
  expect(closedStates(traps)).toEqual([])
  expect(() => longRunShares(traps)).toThrow('no long run')
})

test('waiting for a six takes six throws; for two in a row of a coin, six as well', () => {
  expect(shown(expectedSteps(chainOf([[0, part(5, 6)]])).steps[0])).toBe('6')
  const coin = chainOf(
    [
      [0, part(1, 2)],
      [1, part(1, 2)],
    ],
    [[0, part(1, 2)]],
  )
  expect(expectedSteps(coin).steps.map(shown)).toEqual(['6', '4'])
})

describe('any chain', () => {
  const anyChain = fc
    .array(fc.array(fc.nat(5), { minLength: 8, maxLength: 8 }), { minLength: 8, maxLength: 8 })
    .map((weights) => {
      const rows = weights.map((row, state) => {
        const filled = row.with((state + 1) % 8, 1 + (row[(state + 1) % 8] ?? 0)) // a way round, so that all are met
        const total = filled.reduce((sum, weight) => sum + weight, 0)
        return filled.map((weight, to) => [to, part(weight, total)] as const).filter(([, chance]) => chance > 0n)
      })
      return chainOf(...rows)
    })

  test('a step further nothing changes, and the shares add up to one, within the stated bound', () => {
    fc.assert(
      fc.property(anyChain, (chain) => {
        const { shares, errorBound } = longRunShares(chain)
        expect(errorBound).toBeLessThan(10n ** 10n)
        const after = stepped(chain, shares)
        for (const [state, share] of shares.entries()) {
          const change = share - (after[state] ?? 0n)
          expect(change < 0n ? -change : change).toBeLessThanOrEqual(errorBound)
        }
        const missing = FIXED_ONE - shares.reduce((sum, share) => sum + share, 0n)
        expect(missing < 0n ? -missing : missing).toBeLessThanOrEqual(errorBound)
      }),
    )
  })

  test('the mean time to come back to a state is one over its share (Kac)', () => {
    fc.assert(
      fc.property(anyChain, fc.nat(7), (chain, home) => {
        const { shares } = longRunShares(chain)
        const away = chain.moves.map((row) => new Map([...row].filter(([to]) => to !== home)))
        const { steps } = expectedSteps({ moves: away })
        const product = ((steps[home] ?? 0n) * (shares[home] ?? 0n)) / FIXED_ONE
        const off = product - FIXED_ONE
        expect(off < 0n ? -off : off).toBeLessThan(10n ** 10n)
      }),
    )
  })
})
