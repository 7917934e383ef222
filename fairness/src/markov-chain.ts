import { absolute, dividedBy, FIXED_ONE, type Fixed, times } from './fixed-point.ts'

/**
 * A chain over states 0 … n − 1. `moves[state]` are the chances of the next state, merged by destination and
 * adding up to one. State 0 is where everybody begins.
 */
export type MarkovChain = { readonly moves: readonly ReadonlyMap<number, Fixed>[] }

/**
 * How many steps it takes on average to make a winning one, from every state. `staying.moves[state]` are the
 * chances of moving on *without* having won yet; what is missing to one is the chance of winning in this step.
 *
 * Solves h = 1 + Q h by elimination and puts the solution back into the equations. (1 − Q)⁻¹ is not negative and
 * its rows sum to h, so no error is larger than the largest thing left over × the largest h. Everything cut off
 * after sixty places counts as left over, and the bound is doubled.
 */
export function expectedSteps(staying: MarkovChain): { readonly steps: readonly Fixed[]; readonly errorBound: Fixed } {
  const equations = staying.moves.map((row, state) => oneMinus(row, state))
  const one = staying.moves.map(() => FIXED_ONE)
  const steps = solve(equations, one)
  const leftOver = largest(staying.moves.map((row, state) => FIXED_ONE + weighted(row, steps) - (steps[state] ?? 0n)))
  const most = largest(steps)
  const cutOff = BigInt(longestRow(staying)) * (most / FIXED_ONE + 2n)
  return { steps, errorBound: 2n * times(leftOver + cutOff, most) + 1n }
}

/**
 * The share of time spent in every state in the long run. Needs exactly one closed set of states, see
 * `closedStates`; states outside it get zero.
 *
 * Solves π = π P with the share of one state held fixed, then scales. `residual` is the sum of |π P − π|. The sum
 * of the errors is at most 2 × residual × the largest expected number of steps back to the state held fixed (write
 * the error e as e (1 − P) = −r and solve for it outside that state); `errorBound` says so in figures.
 *
 * @throws RangeError when there is no single closed set.
 */
export function longRunShares(chain: MarkovChain): {
  readonly shares: readonly Fixed[]
  readonly residual: Fixed
  readonly errorBound: Fixed
} {
  const [held, ...others] = closedStates(chain)
  if (held === undefined) throw new RangeError('A chain without a single closed set of states has no long run')
  const relative = sharesRelativeTo(chain, held, others)
  const total = relative.reduce((sum, share) => sum + share, FIXED_ONE)
  const shares = chain.moves.map(() => 0n)
  shares[held] = dividedBy(FIXED_ONE, total)
  others.forEach((state, index) => {
    shares[state] = dividedBy(relative[index] ?? 0n, total)
  })

  const after = stepped(chain, shares)
  const moves = chain.moves.reduce((count, row) => count + row.size, 0)
  const residual = shares.reduce((sum, share, state) => sum + absolute((after[state] ?? 0n) - share), BigInt(moves))
  const inside = new Set(others).add(held)
  const towardsHeld = chain.moves.map((row, state) => {
    return new Map(inside.has(state) ? [...row].filter(([to]) => to !== held) : [])
  })
  const { steps } = expectedSteps({ moves: towardsHeld })
  return { shares, residual, errorBound: 2n * times(residual, largest(steps)) + 1n }
}

/** The shares of the other states of a closed set when the share of `held` is taken as one. */
function sharesRelativeTo(chain: MarkovChain, held: number, others: readonly number[]): Fixed[] {
  const place = new Map(others.map((state, index) => [state, index]))
  const equations = others.map((state, index) => new Map([[index, FIXED_ONE - (chain.moves[state]?.get(state) ?? 0n)]]))
  others.forEach((from, column) => {
    for (const [to, chance] of chain.moves[from] ?? []) {
      const row = place.get(to)
      if (row !== undefined && row !== column) equations[row]?.set(column, -chance)
    }
  })
  const fromHeld = others.map((state) => chain.moves[held]?.get(state) ?? 0n)
  return solve(equations, fromHeld)
}

/** One step of the chain: where players are who were spread like this. */
export function stepped(chain: MarkovChain, spread: readonly Fixed[]): Fixed[] {
  const after = chain.moves.map(() => 0n)
  chain.moves.forEach((row, state) => {
    const here = spread[state] ?? 0n
    if (here === 0n) return
    for (const [to, chance] of row) after[to] = (after[to] ?? 0n) + times(here, chance)
  })
  return after
}

/**
 * The states a player never leaves once inside, if there is just one such set; empty when there are several,
 * since then what the long run looks like would depend on luck at the beginning.
 */
export function closedStates(chain: MarkovChain): number[] {
  const onwards = chain.moves.map((row) => [...row.keys()])
  const backwards = chain.moves.map((): number[] => [])
  onwards.forEach((next, state) => {
    for (const to of next) backwards[to]?.push(state)
  })
  let member = 0
  for (;;) {
    const reached = reachableFrom(onwards, member)
    const returning = reachableFrom(backwards, member)
    const gone = [...reached].find((state) => !returning.has(state))
    if (gone === undefined) return returning.size === onwards.length ? [...reached].sort((a, b) => a - b) : []
    member = gone // from there fewer states can be reached, so this ends
  }
}

function reachableFrom(next: readonly (readonly number[])[], start: number): Set<number> {
  const reached = new Set([start])
  // The set grows while it is walked through, and the walk goes on until nothing new turns up.
  for (const state of reached) for (const to of next[state] ?? []) reached.add(to)
  return reached
}

/** The row of 1 − Q for a state. */
function oneMinus(row: ReadonlyMap<number, Fixed>, state: number): Map<number, Fixed> {
  const equation = new Map([...row].map(([to, chance]) => [to, -chance]))
  return equation.set(state, FIXED_ONE + (equation.get(state) ?? 0n))
}

/**
 * Gauss, from the last unknown to the first. Unknowns are numbered in the order the states were found, so the
 * deepest is eliminated first and the rows stay short. The matrices here are diagonally dominant: every pivot
 * is positive and none has to be searched for.
 */
function solve(equations: readonly Map<number, Fixed>[], rightHandSide: readonly Fixed[]): Fixed[] {
  const right = [...rightHandSide]
  const usedBy = equations.map(() => new Set<number>())
  equations.forEach((equation, row) => {
    for (const column of equation.keys()) usedBy[column]?.add(row)
  })
  for (let pivot = equations.length - 1; pivot > 0; pivot--) {
    const pivotRow = equations[pivot] ?? new Map<number, Fixed>()
    const pivotValue = pivotRow.get(pivot) ?? 0n
    for (const row of usedBy[pivot] ?? []) {
      const equation = equations[row]
      const value = equation?.get(pivot)
      if (row >= pivot || !equation || value === undefined) continue
      const factor = dividedBy(value, pivotValue)
      for (const [column, coefficient] of pivotRow) {
        if (column >= pivot) continue
        equation.set(column, (equation.get(column) ?? 0n) - times(factor, coefficient))
        usedBy[column]?.add(row)
      }
      equation.delete(pivot)
      right[row] = (right[row] ?? 0n) - times(factor, right[pivot] ?? 0n)
    }
  }
  const solution: Fixed[] = []
  equations.forEach((equation, row) => {
    let rest = right[row] ?? 0n
    for (const [column, coefficient] of equation) {
      if (column < row) rest -= times(coefficient, solution[column] ?? 0n)
    }
    solution.push(dividedBy(rest, equation.get(row) ?? 0n))
  })
  return solution
}

function longestRow({ moves }: MarkovChain): number {
  return moves.reduce((most, row) => Math.max(most, row.size), 0)
}

function weighted(row: ReadonlyMap<number, Fixed>, values: readonly Fixed[]): Fixed {
  let total = 0n
  for (const [state, chance] of row) total += times(chance, values[state] ?? 0n)
  return total
}

function largest(values: readonly Fixed[]): Fixed {
  let most = 0n
  for (const value of values) if (absolute(value) > most) most = absolute(value)
  return most
}
