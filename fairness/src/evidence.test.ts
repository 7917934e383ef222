import { describe, expect, test } from 'vitest'
import { eventfulGacha } from '../tests/rounds.ts'
import { type Draws, drawsFromWords, scriptedDraws } from './draws.ts'
import { bandOf, betsOn, countBets, logEvidence } from './evidence.ts'
import { drawnChances } from './gacha.chain.ts'
import type { GachaConfig } from './gacha.config.ts'
import { defaultGacha } from './gacha.default.ts'
import { addPulls, noPulls, observeGacha } from './gacha.observed.ts'
import { type GachaState, gachaStateAfter, grantFor, newGachaState, pullMany, type Stock } from './gacha.rules.ts'
import { gachaOutcomeRecord, type PullRecord } from './receipt.ts'
import type { SlotConfig } from './slot.config.ts'
import { defaultSlot } from './slot.default.ts'
import { addSpin, noSpins, observeSlot, type SlotCounts } from './slot.observed.ts'
import { playSlot } from './slot.rules.ts'

/** Words of a small generator of its own (splitmix32), fixed, so that what is simulated here is the same every time. */
function drawsOf(seed: number): Draws {
  let state = seed
  return drawsFromWords(() => {
    state = (state + 0x9e3779b9) | 0
    let word = state ^ (state >>> 16)
    word = Math.imul(word, 0x21f0aaad)
    word ^= word >>> 15
    word = Math.imul(word, 0x735a2d97)
    return (word ^ (word >>> 15)) >>> 0
  })
}

function spin(config: SlotConfig, counts: SlotCounts, streak: number, draws: Draws, watched = config): void {
  const { reels, streakBonusPercent, variationPermille, win } = playSlot(config, { streak }, 100n, draws)
  addSpin(watched, counts, { reels, streakBonusPercent, variationPermille, stake: 100n, payout: win })
}

/** So many pieces that nothing is ever gone. */
const plenty: Stock = new Map([
  ['first-dawn', 1_000_000],
  ['crystal-moon', 1_000_000],
])

describe('a fair bet: over everything that can be drawn, evidence is 1 on average', () => {
  const smallSlot: SlotConfig = {
    ...defaultSlot,
    reel: {
      totalWeight: 10,
      rows: [
        { id: 'cherry', glyph: 'c', weight: 7, triplePaysHundredths: 150, pairPaysHundredths: 100 },
        { id: 'seven', glyph: 's', weight: 3, triplePaysHundredths: 900, pairPaysHundredths: 300 },
      ],
    },
    jackpotSymbol: 'seven',
    variation: { fromPermille: 999, toPermille: 1_001 },
  }

  test('after two spins of a small slot, at growing bonus', () => {
    const outcomes = [0, 7].flatMap((first) =>
      [0, 7].flatMap((second) =>
        [0, 7].flatMap((third) =>
          [0, 1, 2].map((variation) => ({
            script: [first, second, third, variation],
            chance: [first, second, third].reduce((product, ticket) => product * (ticket === 0 ? 0.7 : 0.3), 1 / 3),
          })),
        ),
      ),
    )
    let mean = 0
    for (const one of outcomes) {
      for (const other of outcomes) {
        const counts = noSpins()
        spin(smallSlot, counts, 3, scriptedDraws(one.script))
        spin(smallSlot, counts, 4, scriptedDraws(other.script))
        mean += one.chance * other.chance * Math.exp(observeSlot(smallSlot, counts, 0.001).logEvidence)
      }
    }
    expect(mean).toBeCloseTo(1, 12)
  })

  test.each<[string, GachaState]>([
    ['a new player', newGachaState(eventfulGacha)],
    ['damped both ways', { misses: 1, sinceEpic: 2, sinceLegendary: 1 }],
    ['one before pity', { misses: 7, sinceEpic: 4, sinceLegendary: 4 }],
  ])('after two pulls of a gacha: %s', (_, before) => {
    let mean = 0
    const walk = (state: GachaState, pulls: readonly PullRecord[], chance: number, left: number) => {
      if (left === 0) {
        const counts = noPulls()
        addPulls(eventfulGacha, counts, { before, stock: plenty, pulls })
        expect(counts.impossible).toBe(0)
        mean += chance * Math.exp(observeGacha(eventfulGacha, counts, 0.001).logEvidence)
        return
      }
      for (const { drawn, chance: ofKind } of drawnChances(eventfulGacha, state)) {
        const { granted, byPity } = grantFor(eventfulGacha, state, drawn)
        const { rows, totalWeight } = eventfulGacha.prizes[granted]
        for (const { id: item, weight } of rows) {
          const pull = { drawn, granted, by_pity: byPity, item, animation: 'normal' as const }
          const here = (Number(ofKind.numerator) * weight) / (Number(ofKind.denominator) * totalWeight)
          walk(gachaStateAfter(eventfulGacha, state, granted), [...pulls, pull], chance * here, left - 1)
        }
      }
    }
    walk(before, [], 1, 2)
    expect(mean).toBeCloseTo(1, 12)
  })
})

describe('looking after every few rounds, for ever', () => {
  const ALARM = Math.log(20)

  /** The highest that evidence ever was, in so many looks at so many rounds each. */
  function highestOfSlot(seed: number, looks: number, spins: number, played: SlotConfig): number {
    const draws = drawsOf(seed)
    const counts = noSpins()
    let highest = 0
    for (let look = 0; look < looks; look++) {
      for (let at = 0; at < spins; at++) spin(played, counts, look * spins + at, draws, defaultSlot)
      highest = Math.max(highest, observeSlot(defaultSlot, counts, 0.05).logEvidence)
    }
    expect(counts.impossible).toBe(0)
    return highest
  }

  function highestOfGacha(seed: number, looks: number, pulls: number, played: GachaConfig): number {
    const draws = drawsOf(seed)
    const counts = noPulls()
    let state = newGachaState(played)
    let highest = 0
    for (let look = 0; look < looks; look++) {
      const round = pullMany(played, state, plenty, pulls, draws)
      addPulls(defaultGacha, counts, { before: state, stock: plenty, pulls: gachaOutcomeRecord(round.pulls).pulls })
      state = round.stateAfter
      highest = Math.max(highest, observeGacha(defaultGacha, counts, 0.05).logEvidence)
    }
    return highest
  }

  const share = (runs: number, highestOf: (seed: number) => number) =>
    Array.from({ length: runs }, (_, at) => highestOf(1_000 + at)).filter((highest) => highest >= ALARM).length / runs

  test('at most one correct slot in twenty, and one correct gacha, ever gets to 20', () => {
    expect(share(200, (seed) => highestOfSlot(seed, 50, 20, defaultSlot))).toBeLessThanOrEqual(0.05)
    expect(share(200, (seed) => highestOfGacha(seed, 50, 20, defaultGacha))).toBeLessThanOrEqual(0.05)
  }, 120_000)

  // Looked at so often, a test for one look cries wolf: that is what the evidence is for.
  test('where a single-look test at the same level, looked at as often, is wrong about far more of them', () => {
    const everRed = (seed: number) => {
      const draws = drawsOf(seed)
      let wins = 0
      for (let spins = 1; spins <= 1_000; spins++) {
        if (draws.below(25_000) < 9_727) wins += 1
        const z = (wins - spins * 0.38908) / Math.sqrt(spins * 0.38908 * 0.61092)
        if (spins % 20 === 0 && Math.abs(z) > 1.96) return ALARM
      }
      return 0
    }
    expect(share(200, everRed)).toBeGreaterThan(0.2)
  })

  const moved = (from: string, to: string): SlotConfig => ({
    ...defaultSlot,
    reel: {
      ...defaultSlot.reel,
      rows: defaultSlot.reel.rows.map((row) => ({
        ...row,
        weight: row.weight + (row.id === to ? 1 : 0) - (row.id === from ? 1 : 0),
      })),
    },
  })

  test.each<[string, (seed: number) => number]>([
    ['a seven that has become a cherry', (seed) => highestOfSlot(seed, 10, 1_000, moved('seven', 'cherry'))],
    ['a diamond that has become a lemon', (seed) => highestOfSlot(seed, 10, 1_500, moved('diamond', 'lemon'))],
    [
      'damping that is off',
      (seed) => highestOfGacha(seed, 10, 4_000, { ...defaultGacha, damping: { withinPulls: 10, keepPermille: 1_000 } }),
    ],
    [
      'legendaries at half their chance',
      (seed) =>
        highestOfGacha(seed, 10, 4_000, {
          ...defaultGacha,
          chancePpm: { ...defaultGacha.chancePpm, legendary: 1_000, common: 651_000 },
        }),
    ],
  ])('%s is found out by eight of nine', (_, highestOf) => {
    expect(share(9, highestOf)).toBeGreaterThan(0.88)
  })
})

test('a band ends where the bet on the cell would have brought evidence to its limit', () => {
  const drawn = (seen: number) => [{ name: 'cell', drawn: [{ made: 100_000, seen, chance: 0.002 }] }]
  const alpha = 0.001
  const band = bandOf(
    { name: 'cell', drawn: [{ made: 100_000, seen: 200, chance: 0.002 }] },
    alpha,
    countBets(drawn(0)),
    1,
  )
  expect(band.expected).toBeCloseTo(200, 9)
  for (const seen of [Math.floor(band.lowest) - 1, Math.ceil(band.highest) + 1])
    expect(logEvidence([betsOn(drawn(seen))])).toBeGreaterThan(Math.log(1 / alpha))
  expect(logEvidence([betsOn(drawn(200))])).toBeLessThan(0)
})

test('what no luck explains is counted apart', () => {
  const counts = noSpins()
  const honest = { reels: ['seven', 'seven', 'lemon'], streakBonusPercent: 4, variationPermille: 1_000, stake: 10n }
  addSpin(defaultSlot, counts, { ...honest, payout: 104n })
  expect(counts).toMatchObject({ spins: 1, impossible: 0, combinations: { 'adjacent_pair:seven': 1 } })
  for (const wrong of [
    { payout: 103n },
    { payout: 104n, reels: ['seven', 'seven', 'plum'] },
    { payout: 104n, streakBonusPercent: 5 },
    { payout: 104n, variationPermille: 1_051 },
  ])
    addSpin(defaultSlot, counts, { ...honest, ...wrong })
  expect(counts).toMatchObject({ spins: 5, impossible: 4 })

  const pulls = noPulls()
  const common = { drawn: 'common', granted: 'common', by_pity: false, item: 'soda-cap', animation: 'normal' } as const
  const at = (misses: number) => ({ misses, sinceEpic: 10, sinceLegendary: 10 })
  addPulls(defaultGacha, pulls, { before: at(89), stock: plenty, pulls: [common] })
  expect(pulls.impossible).toBe(0)
  addPulls(defaultGacha, pulls, { before: at(90), stock: plenty, pulls: [common] })
  addPulls(defaultGacha, pulls, { before: at(0), stock: plenty, pulls: [{ ...common, item: 'koi-of-light' }] })
  addPulls(defaultGacha, pulls, { before: at(0), stock: plenty, pulls: [{ ...common, granted: 'rare' }] })
  expect(pulls).toMatchObject({ pulls: 4, impossible: 3 })
})
