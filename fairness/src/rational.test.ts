import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  compare,
  decimalOf,
  difference,
  printed,
  product,
  quotient,
  rational,
  rationalOfDecimal,
  squareRoot,
  sum,
  ZERO,
} from './rational.ts'

const anyRational = fc
  .tuple(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.bigInt(1n, 10n ** 30n))
  .map(([numerator, denominator]) => rational(numerator, denominator))

test('fractions come in lowest terms with a positive denominator', () => {
  expect(rational(-6, -8)).toEqual({ numerator: 3n, denominator: 4n })
  expect(rational(6, -8)).toEqual({ numerator: -3n, denominator: 4n })
  expect(rational(0, -5)).toEqual(ZERO)
  expect(() => rational(1, 0)).toThrow(RangeError)
})

test('arithmetic undoes itself, exactly', () => {
  fc.assert(
    fc.property(anyRational, anyRational, (a, b) => {
      expect(difference(sum(a, b), b)).toEqual(a)
      expect(compare(sum(a, b), a)).toBe(compare(b, ZERO))
      if (b.numerator !== 0n) expect(product(quotient(a, b), b)).toEqual(a)
    }),
  )
})

test.each([
  [1n, 3n, 4, '0.3333'],
  [2n, 3n, 4, '0.6667'],
  [1n, 8n, 2, '0.13'],
  [-1n, 8n, 2, '-0.13'],
  [-1n, 1_000n, 2, '0'],
  [5n, 1n, 3, '5'],
  [120n, 100n, 6, '1.2'],
  [999_999n, 1_000_000n, 3, '1'],
  [1n, 1_000_000n, 12, '0.000001'],
  [7n, 2n, 0, '4'],
])('%d/%d with %i places is %s', (numerator, denominator, places, decimal) => {
  expect(decimalOf(rational(numerator, denominator), places)).toBe(decimal)
})

test('a decimal is read back as what it was printed from', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.nat(15), (digits, places) => {
      const value = rational(digits, 10n ** BigInt(places))
      expect(rationalOfDecimal(decimalOf(value, places))).toEqual(value)
    }),
  )
})

test('printing keeps the exact fraction beside the decimal', () => {
  expect(printed(rational(2, 6))).toEqual({ fraction: '1/3', decimal: '0.333333333333' })
})

test('a square root is the largest number of so many places whose square fits', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 40n), fc.bigInt(1n, 10n ** 20n), fc.nat(20), (numerator, denominator, places) => {
      const value = rational(numerator, denominator)
      const root = squareRoot(value, places)
      const next = sum(root, rational(1n, 10n ** BigInt(places)))
      expect(compare(product(root, root), value)).toBeLessThanOrEqual(0)
      expect(compare(product(next, next), value)).toBeGreaterThan(0)
    }),
  )
  expect(() => squareRoot(rational(-1))).toThrow(RangeError)
})
