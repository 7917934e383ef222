import { configHash } from './canonical.ts'
import { absolute, atMostPowerOfTen, FIXED_ONE, type Fixed, fixed, rationalOf, times } from './fixed-point.ts'
import { drawnChances, type GachaChain, gachaChain, movesOf, type PullChance } from './gacha.chain.ts'
import { DRAWN_KINDS, type GachaConfig, RARITIES, type Rarity } from './gacha.config.ts'
import { type GachaState, grantFor, isEpicOrBetter, kindTableAt, newGachaState } from './gacha.rules.ts'
import { gachaWaits } from './gacha.waits.ts'
import { longRunShares, stepped } from './markov-chain.ts'
import { decimalOf, type Printed, printed, product, quotient, type Rational, rational, sum } from './rational.ts'

export type RarityChances = Readonly<Record<Rarity, Printed>>
export type GachaOddsReport = ReturnType<typeof gachaOddsReport>

/**
 * Everything a player, an operator or an auditor may ask about a gacha, ready for JSON.
 *
 * Chances at one saved state are exact and carry their fraction. The long run and the waits are solved from the
 * chain over all saved states with sixty decimal places; `convergence` bounds their error (about 1e-53) and
 * shows independently how fast a new player comes close to the long run. Decimals are printed to 15 places.
 *
 * Takes about half a second for the shipped configuration.
 */
export function gachaOddsReport(config: GachaConfig) {
  const chain = gachaChain(config)
  const longRun = longRunShares(movesOf(chain))
  const { waits, errorBound } = gachaWaits(config, chain)
  const longRunOf = (counts: (pull: PullChance) => boolean) => longRunChance(chain, longRun.shares, counts)
  const byPity = longRunOf((pull) => pull.byPity)
  const epicOrBetter = longRunOf((pull) => isEpicOrBetter(pull.granted))
  const longRunRarities = mapRarities((rarity) => longRunOf((pull) => pull.granted === rarity))
  return {
    game: config.game,
    version: config.version,
    configHash: configHash(config),
    priceTokens: config.priceTokens,
    /** A player without recent prizes and with few misses: what is shown first. */
    atRest: {
      rarities: raritiesAt(config, newGachaState(config)),
      kinds: drawnChances(config, newGachaState(config)).map(({ drawn, chance }) => ({
        kind: drawn,
        grantedAs: grantFor(config, newGachaState(config), drawn).granted,
        chance: printed(chance),
      })),
    },
    longRun: {
      rarities: mapRarities((rarity) => decimal(longRunRarities[rarity])),
      kinds: DRAWN_KINDS.map((kind) => ({ kind, chance: decimal(longRunOf((pull) => pull.drawn === kind)) })),
    },
    tables: gachaTables(config, chain),
    pitySteps: pitySteps(config, chain, longRun.shares),
    /** Pulls that the guarantee lifted; one that was epic by itself on the guaranteed pull is not counted. */
    pity: {
      afterMisses: config.pity.afterMisses,
      shareOfPulls: decimal(byPity, 30),
      shareOfEpicOrBetter: decimal(quotient(byPity, epicOrBetter), 30),
    },
    items: itemChances(config, longRunRarities),
    waits,
    duplicates: { tokensPerPullAtMost: decimal(duplicateTokensAtMost(config, longRunRarities)) },
    convergence: {
      states: chain.states.length,
      residual: atMostPowerOfTen(longRun.residual),
      longRunErrorBound: atMostPowerOfTen(longRun.errorBound),
      waitsErrorBound: atMostPowerOfTen(errorBound),
      distances: distancesToLongRun(chain, longRun.shares),
    },
  }
}

/** Chance of each rarity at one saved state, pity included. Exact. */
export function raritiesAt(config: GachaConfig, state: GachaState): RarityChances {
  return mapRarities((rarity) => printed(chanceAt(config, state, rarity)))
}

/** Chance of each rarity over all pulls ever made. */
export function gachaLongRun(config: GachaConfig): Readonly<Record<Rarity, Rational>> {
  const chain = gachaChain(config)
  const { shares } = longRunShares(movesOf(chain))
  return mapRarities((rarity) => longRunChance(chain, shares, (pull) => pull.granted === rarity))
}

/** What duplicates give back per pull, in tokens, to a player who owns everything already. */
export function duplicateTokensAtMost(
  { duplicateTokens }: GachaConfig,
  chances: Readonly<Record<Rarity, Rational>>,
): Rational {
  return sum(...RARITIES.map((rarity) => product(chances[rarity], rational(duplicateTokens[rarity]))))
}

/** The different tables that are drawn from, one for each stretch of misses and each damping. Exact. */
function gachaTables(config: GachaConfig, { states }: GachaChain) {
  const window = config.damping.withinPulls
  const tables = new Map<string, { missesFrom: number; missesTo: number; state: GachaState }>()
  for (const state of states) {
    const weights = kindTableAt(config, state).rows.map((row) => row.weight)
    const isPity = state.misses >= config.pity.afterMisses
    const name = JSON.stringify([weights, isPity, state.sinceEpic < window, state.sinceLegendary < window])
    const known = tables.get(name) ?? { missesFrom: state.misses, missesTo: state.misses, state }
    const { missesFrom, missesTo } = known
    tables.set(name, {
      missesFrom: Math.min(missesFrom, state.misses),
      missesTo: Math.max(missesTo, state.misses),
      state: known.state,
    })
  }
  return [...tables.values()].map(({ missesFrom, missesTo, state }) => ({
    missesFrom,
    missesTo,
    epicDamped: state.sinceEpic < window,
    legendaryDamped: state.sinceLegendary < window,
    ppm: Object.fromEntries(kindTableAt(config, state).rows.map((row) => [row.kind, row.weight])),
    rarities: raritiesAt(config, state),
  }))
}

/** For every number of misses: how many pulls are made there, and the chances without and with what damping does. */
function pitySteps(config: GachaConfig, chain: GachaChain, shares: readonly Fixed[]) {
  return Array.from({ length: config.pity.afterMisses + 1 }, (_, misses) => {
    const here = shares.map((share, state) => (chain.states[state]?.misses === misses ? share : 0n))
    const share = rationalOf(here.reduce((total, each) => total + each, 0n))
    return {
      misses,
      shareOfPulls: decimal(share, 30),
      undamped: raritiesAt(config, { ...newGachaState(config), misses }),
      longRun: mapRarities((rarity) => {
        const chance = longRunChance(chain, here, (pull) => pull.granted === rarity)
        return decimal(share.numerator === 0n ? share : quotient(chance, share))
      }),
    }
  })
}

/** Every prize: with everything in stock, and when all limited pieces are gone and others take their place. */
function itemChances(config: GachaConfig, longRun: Readonly<Record<Rarity, Rational>>) {
  return RARITIES.flatMap((rarity) => {
    const { totalWeight, rows } = config.prizes[rarity]
    const atRest = chanceAt(config, newGachaState(config), rarity)
    const withoutLimited = rows.map(() => 0)
    rows.forEach((row, index) => {
      const next = rows.findIndex((_, ahead) => rows[(index + ahead) % rows.length]?.stock === null)
      const receiver = (index + next) % rows.length
      withoutLimited[receiver] = (withoutLimited[receiver] ?? 0) + row.weight
    })
    return rows.map((row, index) => ({
      id: row.id,
      rarity,
      stock: row.stock,
      shareOfRarity: printed(rational(row.weight, totalWeight)),
      atRest: printed(product(atRest, rational(row.weight, totalWeight))),
      longRun: decimal(product(longRun[rarity], rational(row.weight, totalWeight))),
      longRunWhenLimitedAreGone: decimal(product(longRun[rarity], rational(withoutLimited[index] ?? 0, totalWeight))),
    }))
  })
}

/** Half the sum of |share after n pulls − share in the long run|: by no more than this can any chance differ. */
function distancesToLongRun(chain: GachaChain, shares: readonly Fixed[]) {
  const moves = movesOf(chain)
  const distances: { readonly pulls: number; readonly distance: string }[] = []
  let spread: readonly Fixed[] = chain.states.map((_, state) => (state === 0 ? FIXED_ONE : 0n))
  for (let pulls = 1; pulls <= 1_000; pulls++) {
    spread = stepped(moves, spread)
    if (![1, 10, 50, 100, 200, 500, 1_000].includes(pulls)) continue
    const apart = spread.reduce((total, share, state) => total + absolute(share - (shares[state] ?? 0n)), 0n)
    distances.push({ pulls, distance: atMostPowerOfTen(apart / 2n) })
  }
  return distances
}

function chanceAt(config: GachaConfig, state: GachaState, rarity: Rarity): Rational {
  const granting = drawnChances(config, state).filter(({ drawn }) => grantFor(config, state, drawn).granted === rarity)
  return sum(...granting.map(({ chance }) => chance))
}

function longRunChance(chain: GachaChain, shares: readonly Fixed[], counts: (pull: PullChance) => boolean): Rational {
  let total = 0n
  chain.pulls.forEach((ways, state) => {
    for (const way of ways) if (counts(way)) total += times(shares[state] ?? 0n, fixed(way.chance))
  })
  return rationalOf(total)
}

function mapRarities<Value>(of: (rarity: Rarity) => Value): Readonly<Record<Rarity, Value>> {
  return { legendary: of('legendary'), epic: of('epic'), rare: of('rare'), common: of('common') }
}

function decimal(value: Rational, places = 15): string {
  return decimalOf(value, places)
}
