/** An exact fraction in lowest terms, the denominator positive. Odds are computed in these, never in floats. */
export type Rational = { readonly numerator: bigint; readonly denominator: bigint }

/** How a number leaves the package: exactly, and as a decimal for people, rounded half up in the last place. */
export type Printed = { readonly fraction: string; readonly decimal: string }

export const ZERO: Rational = { numerator: 0n, denominator: 1n }
export const ONE: Rational = { numerator: 1n, denominator: 1n }

/** `numerator / denominator` in lowest terms. @throws RangeError when the denominator is zero. */
export function rational(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
  const [above, below] = [BigInt(numerator), BigInt(denominator)]
  if (below === 0n) throw new RangeError('A fraction has no zero below the line')
  const divisor = greatestCommonDivisor(above, below) * (below < 0n ? -1n : 1n)
  return { numerator: above / divisor, denominator: below / divisor }
}

export function sum(...terms: readonly Rational[]): Rational {
  return terms.reduce(
    (a, b) => rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator),
    ZERO,
  )
}

export function difference(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator)
}

export function product(...factors: readonly Rational[]): Rational {
  return factors.reduce((a, b) => rational(a.numerator * b.numerator, a.denominator * b.denominator), ONE)
}

/** @throws RangeError when `b` is zero. */
export function quotient(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator)
}

/** Negative when `a` is smaller, positive when it is larger, zero when they are equal. */
export function compare(a: Rational, b: Rational): number {
  const [left, right] = [a.numerator * b.denominator, b.numerator * a.denominator]
  return left < right ? -1 : left > right ? 1 : 0
}

/** Both forms, the decimal with at most `places` digits after the point. */
export function printed(value: Rational, places = 12): Printed {
  return { fraction: `${value.numerator}/${value.denominator}`, decimal: decimalOf(value, places) }
}

/** A decimal with at most `places` digits after the point, rounded half away from zero; trailing zeros are left out. */
export function decimalOf(value: Rational, places: number): string {
  const negative = value.numerator < 0n
  const above = negative ? -value.numerator : value.numerator
  const scaled = (2n * above * 10n ** BigInt(places) + value.denominator) / (2n * value.denominator)
  return `${negative && scaled > 0n ? '-' : ''}${withPoint(scaled, places)}`
}

/** The number a decimal such as `-12.034` stands for. @throws SyntaxError when it is not one. */
export function rationalOfDecimal(decimal: string): Rational {
  const [whole = '', behind = ''] = decimal.split('.')
  return rational(BigInt(whole + behind), 10n ** BigInt(behind.length))
}

/** The square root of a fraction that is not negative, correct to within one unit in the last place. */
export function squareRoot(value: Rational, places = 12): Rational {
  if (value.numerator < 0n) throw new RangeError('A negative number has no real square root')
  const scale = 10n ** BigInt(places)
  return rational(integerRoot((value.numerator * scale * scale) / value.denominator), scale)
}

function withPoint(scaled: bigint, places: number): string {
  const digits = scaled.toString().padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const behind = digits.slice(digits.length - places).replace(/0+$/, '')
  return behind === '' ? whole : `${whole}.${behind}`
}

/** The largest whole number whose square is not above `value`, by Newton's method. */
function integerRoot(value: bigint): bigint {
  if (value < 2n) return value
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / 2))
  for (;;) {
    const better = (guess + value / guess) / 2n
    if (better >= guess) return guess
    guess = better
  }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller]
  return larger
}
