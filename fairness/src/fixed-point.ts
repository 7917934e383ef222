import { type Rational, rational } from './rational.ts'

/**
 * Numbers with sixty decimal places, for what has no short exact form: the long run of a chain with hundreds of
 * states would be fractions of thousands of digits. A `Fixed` is the number × 10^60, as a bigint.
 */
export type Fixed = bigint

export const FIXED_PLACES = 60
export const FIXED_ONE: Fixed = 10n ** BigInt(FIXED_PLACES)

export function fixed(value: Rational): Fixed {
  return (value.numerator * FIXED_ONE) / value.denominator
}

/** The product, off by less than one unit in the last place. */
export function times(a: Fixed, b: Fixed): Fixed {
  return (a * b) / FIXED_ONE
}

/** The quotient, off by less than one unit in the last place. */
export function dividedBy(a: Fixed, b: Fixed): Fixed {
  return (a * FIXED_ONE) / b
}

export function absolute(value: Fixed): Fixed {
  return value < 0n ? -value : value
}

/** For printing: the fraction is exact for the sixty places kept. */
export function rationalOf(value: Fixed): Rational {
  return rational(value, FIXED_ONE)
}

/** The size of a very small number, rounded up: `1e-57` for anything above 1e-58 and up to 1e-57. */
export function atMostPowerOfTen(value: Fixed): string {
  let exponent = -FIXED_PLACES
  for (let power = 1n; power < value; power *= 10n) exponent += 1
  return `1e${exponent}`
}
