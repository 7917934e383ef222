import { type Fixed, fixed } from './fixed-point.ts'
import type { DrawnKind, GachaConfig, Rarity } from './gacha.config.ts'
import { type GachaState, gachaStateAfter, grantFor, kindTableAt, nearMissTable, newGachaState } from './gacha.rules.ts'
import type { MarkovChain } from './markov-chain.ts'
import { product, type Rational, rational } from './rational.ts'

/** One way a pull can end: what was drawn, what it is granted as, where it leads and its exact chance. */
export type PullChance = {
  readonly drawn: DrawnKind
  readonly granted: Rarity
  readonly byPity: boolean
  readonly chance: Rational
  readonly nextState: number
}

/** Every state a player can get into, in the order they are met from a new player (state 0), and what follows. */
export type GachaChain = { readonly states: readonly GachaState[]; readonly pulls: readonly (readonly PullChance[])[] }

/** A checked configuration has at most some thousand states; a walk beyond this would never come back. */
const MOST_STATES = 20_000

/**
 * Walks through every state that can be reached, asking the engine's own functions what happens there: the
 * tables, the granting, pity and the next state are those of `gacha.rules.ts`.
 */
export function gachaChain(config: GachaConfig): GachaChain {
  const states: GachaState[] = [newGachaState(config)]
  const numberOf = new Map(states.map((state, index) => [nameOf(state), index]))
  const pulls: PullChance[][] = []
  // The list grows while it is walked through, and the walk goes on until nothing new turns up.
  for (const state of states) {
    if (states.length > MOST_STATES) throw new RangeError('A counter without end: no chain is this long')
    pulls.push(
      drawnChances(config, state).map(({ drawn, chance }) => {
        const { granted, byPity } = grantFor(config, state, drawn)
        const next = gachaStateAfter(config, state, granted)
        const nextState = numberOf.get(nameOf(next)) ?? states.push(next) - 1
        numberOf.set(nameOf(next), nextState)
        return { drawn, granted, byPity, chance, nextState }
      }),
    )
  }
  return { states, pulls }
}

/** The chain as numbers, its steps limited to pulls that `counts` (all of them when left out). */
export function movesOf({ pulls }: GachaChain, counts: (pull: PullChance) => boolean = () => true): MarkovChain {
  const moves = pulls.map((ways) => {
    const row = new Map<number, Fixed>()
    for (const way of ways.filter(counts)) row.set(way.nextState, (row.get(way.nextState) ?? 0n) + fixed(way.chance))
    return row
  })
  return { moves }
}

/** The exact chance of every kind that can be drawn at a state, the two near misses told apart. */
export function drawnChances(
  config: GachaConfig,
  state: GachaState,
): { readonly drawn: DrawnKind; readonly chance: Rational }[] {
  const table = kindTableAt(config, state)
  const nearMisses = nearMissTable(config)
  return table.rows
    .flatMap(({ kind, weight }): { readonly drawn: DrawnKind; readonly chance: Rational }[] => {
      const chance = rational(weight, table.totalWeight)
      if (kind !== 'near_miss') return [{ drawn: kind, chance }]
      return nearMisses.rows
        .filter((row) => row.weight > 0)
        .map((row) => ({ drawn: row.kind, chance: product(chance, rational(row.weight, nearMisses.totalWeight)) }))
    })
    .filter(({ chance }) => chance.numerator > 0n)
}

function nameOf({ misses, sinceEpic, sinceLegendary }: GachaState): string {
  return `${misses}/${sinceEpic}/${sinceLegendary}`
}
