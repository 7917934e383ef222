/*
 * How much speaks against published odds, in a number that may be looked at after every round, for ever.
 *
 * Each draw is held against a bet at fair odds. Before it, the published chance p of a cell is known (it depends on what
 * is saved already). A bet that the cell is likelier than that pays θ ÷ (1 − p + pθ) when the cell comes and
 * 1 ÷ (1 − p + pθ) when it does not: as published, it keeps its value on average, since
 * p·θ + (1 − p)·1 = 1 − p + pθ. Staked again and again, the capital is a non-negative martingale that starts at 1, and
 *
 *     P(the capital ever reaches 1 ÷ α) ≤ α                                    (Ville's inequality)
 *
 * over all times together, however often and whenever anybody looks. An average of such capitals is one, too, so the
 * evidence is the average over many θ and cells: no share of α is lost to having asked many questions.
 *
 * J. Ville, Étude critique de la notion de collectif, 1939; S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon,
 * Time-uniform Chernoff bounds via nonnegative supermartingales, Probability Surveys 17, 2020; A. Ramdas, P. Grünwald,
 * V. Vovk, G. Shafer, Game-theoretic statistics and safe anytime-valid inference, Statistical Science 38, 2023.
 *
 * The capital depends on counts only, not on their order, so counts are all that has to be kept.
 */

/** Draws that were made at one and the same published chance of a cell, and how often the cell came. */
export type Made = { readonly made: number; readonly seen: number; readonly chance: number }

/** A cell that is watched, under every chance it was drawn at. */
export type Cell = { readonly name: string; readonly drawn: readonly Made[] }

/** Odds that are this many times the published ones: from 0.2 % off, for what is frequent, to four times, for what is rare. */
const ODDS_TIMES = [0.002, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 3].flatMap((more) => [1 + more, 1 / (1 + more)])

/** A capital that is watched by itself, as the logarithm of what it has grown to. */
export type LogCapitals = readonly number[]

/** The capitals of all bets on these cells. */
export function betsOn(cells: readonly Cell[]): LogCapitals {
  return cells.flatMap((cell) => ODDS_TIMES.map((times) => seenIn(cell) * Math.log(times) - price(cell, times)))
}

/** The logarithm of the average capital: of each group first, then of the groups, so that a large one drowns none. */
export function logEvidence(groups: readonly LogCapitals[]): number {
  const counted = groups.filter((group) => group.length > 0)
  return counted.length === 0 ? 0 : logAverage(counted.map(logAverage))
}

/** What a count may be, as published, at any time: beyond these, evidence is 1 ÷ `alpha` or more. */
export type Band = {
  readonly seen: number
  readonly expected: number
  readonly lowest: number
  readonly highest: number
}

/**
 * The band a cell stays in for ever with a chance of 1 − `alpha` at least, all cells of all groups together: where a single
 * bet on it would have grown so large that the average of all had reached 1 ÷ `alpha`.
 *
 * @param bets how many there are in the cell's group; `groups` how many groups.
 */
export function bandOf(cell: Cell, alpha: number, bets: number, groups: number): Band {
  const limit = Math.log((bets * groups) / alpha)
  const made = cell.drawn.reduce((sum, each) => sum + each.made, 0)
  let [lowest, highest] = [0, made]
  for (const times of ODDS_TIMES) {
    const count = (limit + price(cell, times)) / Math.log(times)
    if (times > 1) highest = Math.min(highest, count)
    else lowest = Math.max(lowest, count)
  }
  const expected = cell.drawn.reduce((sum, each) => sum + each.made * each.chance, 0)
  return { seen: seenIn(cell), expected, lowest, highest }
}

function seenIn(cell: Cell): number {
  return cell.drawn.reduce((sum, each) => sum + each.seen, 0)
}

/** What the bet has cost so far: the logarithm of what it would have paid if the cell had never come, turned round. */
function price({ drawn }: Cell, times: number): number {
  return drawn.reduce((sum, { made, chance }) => sum + made * Math.log1p(chance * (times - 1)), 0)
}

function logAverage(logs: LogCapitals): number {
  const largest = Math.max(...logs)
  return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0) / logs.length)
}

/** How many bets `betsOn` makes. */
export function countBets(cells: readonly Cell[]): number {
  return cells.length * ODDS_TIMES.length
}

/** A quantity with known distributions, such as win ÷ bet: how often it was drawn from each, and what it came to in all. */
export type Totalled = {
  readonly total: number
  readonly drawn: readonly { readonly made: number; readonly law: Law }[]
}
/** Values and their chances. */
export type Law = readonly { readonly value: number; readonly chance: number }[]

/** Stakes on a quantity being larger or smaller than published: fair when divided by the mean of e^(λ·value). */
const STAKES = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1].flatMap((stake) => [stake, -stake])

export function betsOnTotal(quantity: Totalled): LogCapitals {
  return STAKES.map((stake) => stake * quantity.total - priceOfTotal(quantity, stake))
}

/** The band that the total stays in; see `bandOf`. */
export function bandOfTotal(quantity: Totalled, alpha: number, groups: number): Band {
  const limit = Math.log((STAKES.length * groups) / alpha)
  const bounds = STAKES.map((stake) => ({ stake, total: (limit + priceOfTotal(quantity, stake)) / stake }))
  return {
    seen: quantity.total,
    expected: quantity.drawn.reduce((sum, { made, law }) => sum + made * meanOf(law), 0),
    lowest: Math.max(0, ...bounds.filter(({ stake }) => stake < 0).map(({ total }) => total)),
    highest: Math.min(...bounds.filter(({ stake }) => stake > 0).map(({ total }) => total)),
  }
}

function priceOfTotal({ drawn }: Totalled, stake: number): number {
  return drawn.reduce((sum, { made, law }) => sum + (made === 0 ? 0 : made * logMeanExp(law, stake)), 0)
}

const remembered = new WeakMap<Law, Map<number, number>>()

function logMeanExp(law: Law, stake: number): number {
  const known = remembered.get(law) ?? new Map<number, number>()
  remembered.set(law, known)
  const found = known.get(stake)
  if (found !== undefined) return found
  // As the mean of e^(λv) − 1, which keeps its digits when λ is small.
  const value = Math.log1p(law.reduce((sum, each) => sum + each.chance * Math.expm1(stake * each.value), 0))
  known.set(stake, value)
  return value
}

function meanOf(law: Law): number {
  return law.reduce((sum, { value, chance }) => sum + value * chance, 0)
}
