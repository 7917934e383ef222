import { hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Draws } from '../src/draws.ts'
import { drawnChances } from '../src/gacha.chain.ts'
import { DRAWN_KINDS, type GachaConfig } from '../src/gacha.config.ts'
import { defaultGacha } from '../src/gacha.default.ts'
import { type GachaState, newGachaState, pullOnce, type Stock } from '../src/gacha.rules.ts'
import { hmacSha256From } from '../src/hmac-sha256.ts'
import { drawsForRound } from '../src/stream.ts'

/**
 * A second opinion by sampling: a million real pulls from the real stream against the exact chances, by state.
 * The proofs are elsewhere (every ticket, every state); this shows that the parts work together, and that the
 * test would notice if they did not: each defect below must turn it red. The seeds are fixed, so is the result.
 */
const hmac = hmacSha256From((bytes) => hash('sha256', bytes, 'buffer'))
const stock: Stock = new Map([
  ['first-dawn', 1_000_000_000],
  ['crystal-moon', 1_000_000_000],
])

/** The rounds of a player, one after the other, as the server plays them. */
function roundsOf(seedByte: number): (nonce: number) => Draws {
  const serverSeed = new Uint8Array(32).fill(seedByte)
  return (nonce) => drawsForRound({ serverSeed, clientSeed: 'sampling', nonce }, hmac)
}

/** Pulls differ in their table by what damps them and how many misses came before. */
function situationOf(state: GachaState): number {
  const flags = [state.sinceEpic < 10, state.sinceLegendary < 10, state.misses > 30, state.misses > 50]
  return flags.reduce((number, flag) => number * 2 + Number(flag), 0)
}

/**
 * Pulls from `played`, ten to a round, and counts every kind in every situation against what `published` says
 * of the very state each pull was made at. Returns the largest distance of a count from its expectation, in
 * standard deviations.
 */
function surprise(
  pulls: number,
  drawsOf: (nonce: number) => Draws,
  played: GachaConfig,
  published: GachaConfig,
): number {
  const situations = new Map<number, { made: number; readonly chances: readonly number[]; readonly seen: number[] }>()
  let state: GachaState = newGachaState(played)
  for (let nonce = 0; nonce < pulls / 10; nonce++) {
    const draws = drawsOf(nonce)
    for (let index = 0; index < 10; index++) {
      const known = situations.get(situationOf(state))
      const situation = known ?? { made: 0, chances: chancesAt(published, state), seen: DRAWN_KINDS.map(() => 0) }
      if (!known) situations.set(situationOf(state), situation)
      const { pull, stateAfter } = pullOnce(played, state, stock, draws)
      const kind = DRAWN_KINDS.indexOf(pull.drawn)
      situation.made += 1
      situation.seen[kind] = (situation.seen[kind] ?? 0) + 1
      state = stateAfter
    }
  }
  const distances = [...situations.values()].flatMap(({ made, chances, seen }) =>
    chances.map((chance, kind) => {
      const expected = made * chance
      return expected < 10 ? 0 : Math.abs((seen[kind] ?? 0) - expected) / Math.sqrt(expected * (1 - chance))
    }),
  )
  return Math.max(...distances)
}

function chancesAt(config: GachaConfig, state: GachaState): number[] {
  const ways = drawnChances(config, state)
  return DRAWN_KINDS.map((kind) => {
    const chance = ways.find((way) => way.drawn === kind)?.chance
    return chance ? Number(chance.numerator) / Number(chance.denominator) : 0
  })
}

/** Some thirty counts are looked at; that one of them lies further out happens once in five hundred times. */
const UNREMARKABLE = 4

test('a million real pulls look like the published chances', () => {
  expect(surprise(1_000_000, roundsOf(1), defaultGacha, defaultGacha)).toBeLessThan(UNREMARKABLE)
})

describe('a defect is noticed', () => {
  const chances = defaultGacha.chancePpm
  test.each<[string, number, GachaConfig]>([
    [
      'a tenth more legendaries',
      1_000_000,
      { ...defaultGacha, chancePpm: { ...chances, legendary: 2_200, common: 649_800 } },
    ],
    ['damping left out', 100_000, { ...defaultGacha, damping: { withinPulls: 10, keepPermille: 1_000 } }],
    ['near misses that do not rise', 200_000, { ...defaultGacha, nearMiss: { raises: [], atMostPpm: 300_000 } }],
    [
      'near misses split evenly',
      100_000,
      { ...defaultGacha, chancePpm: { ...chances, near_miss_epic: 86_500, near_miss_legendary: 86_500 } },
    ],
  ])('%s', (_name, pulls, defective) => {
    expect(surprise(pulls, roundsOf(2), defective, defaultGacha)).toBeGreaterThan(UNREMARKABLE)
  })

  test('the same nonce for every second round', () => {
    const rounds = roundsOf(3)
    const repeating = (nonce: number) => rounds(nonce % 2 === 0 ? 0 : nonce)
    expect(surprise(100_000, repeating, defaultGacha, defaultGacha)).toBeGreaterThan(UNREMARKABLE)
  })

  test('the remainder of every word, none rejected, on words of 22 bits', () => {
    const rounds = roundsOf(4)
    const biased = (nonce: number): Draws => {
      const words = rounds(nonce)
      return { below: (bound) => words.below(2 ** 22) % bound }
    }
    expect(surprise(100_000, rounds, defaultGacha, defaultGacha)).toBeLessThan(UNREMARKABLE)
    expect(surprise(100_000, biased, defaultGacha, defaultGacha)).toBeGreaterThan(UNREMARKABLE)
  })
})
