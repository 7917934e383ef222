/** A place in a table: how often it was seen, and how often the exact model says it should be. */
export type Cell = { readonly seen: number; readonly expected: number }

export type Verdict = { readonly table: string; readonly g: number; readonly freedom: number; readonly p: number }

const LEAST_EXPECTED = 5

/**
 * The G-test of groups of cells; within each group the expected numbers add up to those seen. Cells expected fewer
 * than five times are put together, for which the approximation would not hold.
 */
export function gTest(table: string, groups: readonly (readonly Cell[])[]): Verdict {
  let g = 0
  let freedom = 0
  for (const group of groups) {
    const cells = merged(group)
    freedom += Math.max(0, cells.length - 1)
    for (const { seen, expected } of cells) if (seen > 0) g += 2 * seen * Math.log(seen / expected)
  }
  return { table, g, freedom, p: freedom === 0 ? 1 : chiSquareAbove(Math.max(0, g), freedom) }
}

/** One count against a sum of chances that change from draw to draw (a martingale): two-sided, normal. */
export function countTest(table: string, seen: number, expected: number, variance: number): Verdict {
  const z = (seen - expected) / Math.sqrt(variance)
  return { table, g: z * z, freedom: 1, p: chiSquareAbove(z * z, 1) }
}

/** Holm's step-down over several tables: those that are too unlikely at `alpha` taken all together. */
export function rejected(verdicts: readonly Verdict[], alpha: number): Verdict[] {
  const byP = [...verdicts].sort((one, other) => one.p - other.p)
  const firstKept = byP.findIndex(({ p }, at) => p > alpha / (byP.length - at))
  return firstKept === -1 ? byP : byP.slice(0, firstKept)
}

function merged(group: readonly Cell[]): Cell[] {
  const large = group.filter(({ expected }) => expected >= LEAST_EXPECTED)
  const small = group.filter(({ expected }) => expected < LEAST_EXPECTED)
  const rest = {
    seen: small.reduce((sum, cell) => sum + cell.seen, 0),
    expected: small.reduce((sum, cell) => sum + cell.expected, 0),
  }
  if (rest.expected === 0) return large
  if (rest.expected >= LEAST_EXPECTED || large.length === 0) return [...large, rest]
  const [first, ...others] = large.toSorted((one, other) => one.expected - other.expected)
  return first ? [{ seen: first.seen + rest.seen, expected: first.expected + rest.expected }, ...others] : [rest]
}

/** Chance that a chi-square variable exceeds `value`: the upper incomplete gamma function, by series or fraction. */
export function chiSquareAbove(value: number, freedom: number): number {
  const [a, x] = [freedom / 2, value / 2]
  if (x === 0) return 1
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < 10_000 && term > sum * 1e-15; n++) {
      term *= x / (a + n)
      sum += term
    }
    return 1 - sum * scale
  }
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let h = d
  for (let n = 1; n < 10_000; n++) {
    const an = -n * (n - a)
    b += 2
    d = 1 / (an * d + b)
    c = b + an / c
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < 1e-14) break
  }
  return h * scale
}

function logGamma(x: number): number {
  if (x < 8) return logGamma(x + 1) - Math.log(x)
  const x2 = x * x
  return (
    (x - 0.5) * Math.log(x) -
    x +
    0.5 * Math.log(2 * Math.PI) +
    1 / (12 * x) -
    1 / (360 * x * x2) +
    1 / (1260 * x * x2 * x2)
  )
}
