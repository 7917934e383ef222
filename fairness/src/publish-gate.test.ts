import { describe, expect, test } from 'vitest'
import { type GachaChain, gachaChain, type PullChance } from './gacha.chain.ts'
import { defaultGacha } from './gacha.default.ts'
import { defaultGachaBand, defaultSlotBand, gateGacha, gateGachaChain, gateSlot } from './publish-gate.ts'
import { rational } from './rational.ts'
import type { SlotSymbol } from './slot.config.ts'
import { defaultSlot } from './slot.default.ts'

const withSymbol = (id: string, change: Partial<SlotSymbol>) => ({
  ...defaultSlot,
  reel: {
    ...defaultSlot.reel,
    rows: defaultSlot.reel.rows.map((row) => (row.id === id ? { ...row, ...change } : row)),
  },
})

test('what is shipped may be published', () => {
  expect(gateSlot(defaultSlot)).toEqual([])
  expect(gateGacha(defaultGacha)).toEqual([])
})

describe('a slot outside its band cannot go live', () => {
  test.each<[object, string[]]>([
    [
      withSymbol('cherry', { pairPaysHundredths: 125 }),
      ['the long-run return is 95.7321 %, not between 94.5 % and 95.5 %'],
    ],
    [
      withSymbol('cherry', { pairPaysHundredths: 105 }),
      [
        'the long-run return is 92.7081 %, not between 94.5 % and 95.5 %',
        'cherry pays 105 hundredths, which can be less than the bet',
      ],
    ],
    [
      withSymbol('seven', { triplePaysHundredths: 200_000 }),
      [
        'the long-run return is 95.9361 %, not between 94.5 % and 95.5 %',
        'a single spin can pay 2520000 tokens, more than 2000000',
      ],
    ],
    [withSymbol('cherry', { weight: 31 }), ['slot.reel: weights add up to 101, not to 100']],
    [{}, ['slot.game: is missing']],
  ])('case %#', (config, reasons) => {
    expect(gateSlot(config).slice(0, reasons.length)).toEqual(reasons)
  })

  test('the band is the operator’s: a narrower one refuses the shipped slot', () => {
    expect(gateSlot(defaultSlot, { ...defaultSlotBand, hitRate: { fromPpm: 300_000, toPpm: 389_079 } })).toEqual([
      'the hit rate is 38.908 %, not between 30 % and 38.9079 %',
    ])
    expect(gateSlot(defaultSlot, { ...defaultSlotBand, hitRate: { fromPpm: 389_080, toPpm: 389_080 } })).toEqual([])
    expect(
      gateSlot(defaultSlot, { ...defaultSlotBand, firstSpinReturn: { fromPpm: 800_000, toPpm: 955_000 } }),
    ).toEqual(['the return of a first spin is 79.1468 %, not between 80 % and 95.5 %'])
  })
})

describe('a gacha outside its band cannot go live', () => {
  test.each<[object, string[]]>([
    [
      { ...defaultGacha, duplicateTokens: { legendary: 500, epic: 200, rare: 15, common: 5 } },
      ['what duplicates return of the price is 68.2082 %, not between 0 % and 50 %'],
    ],
    [
      { ...defaultGacha, duplicateTokens: { legendary: 1_001, epic: 60, rare: 15, common: 5 } },
      ['ten pulls can give back 10010 tokens, more than 10000'],
    ],
    [
      { ...defaultGacha, chancePpm: { ...defaultGacha.chancePpm, legendary: 25_000, common: 627_000 } },
      ['the long-run chance of a legendary is 2.3907 %, not between 0.1 % and 2 %'],
    ],
    [
      { ...defaultGacha, pity: { afterMisses: 2 }, nearMiss: { raises: [], atMostPpm: 173_000 } },
      ['the long-run chance of epic or better is 37.4778 %', 'what duplicates'],
    ],
    [{ ...defaultGacha, chancePpm: {} }, ['gacha.chancePpm.legendary: is missing', 'gacha.chancePpm.epic: is missing']],
  ])('case %#', (config, reasons) => {
    const found = gateGacha(config)
    reasons.forEach((reason, index) => {
      expect(found[index]?.slice(0, reason.length)).toBe(reason)
    })
  })

  test('the highest payout is refused one token above the limit and not at it', () => {
    expect(gateGacha(defaultGacha, { ...defaultGachaBand, highestPayoutTokens: 5_000n })).toEqual([])
    expect(gateGacha(defaultGacha, { ...defaultGachaBand, highestPayoutTokens: 4_999n })).toHaveLength(1)
  })
})

describe('states that do not hang together', () => {
  const chain = gachaChain(defaultGacha)
  const wayTo = (nextState: number): PullChance => {
    return { drawn: 'common', granted: 'common', byPity: false, chance: rational(1), nextState }
  }

  test('a state nobody can leave', () => {
    const stuck: GachaChain = { ...chain, pulls: chain.pulls.with(5, [wayTo(5)]) }
    expect(gateGachaChain(defaultGacha, stuck)).toEqual([
      `a player cannot leave the state ${JSON.stringify(chain.states[5])}`,
    ])
  })

  test('two ends, and which one is luck', () => {
    const split: GachaChain = {
      ...chain,
      pulls: chain.pulls
        .with(5, [wayTo(6)])
        .with(6, [wayTo(5)])
        .with(7, [wayTo(8)])
        .with(8, [wayTo(7)]),
    }
    expect(gateGachaChain(defaultGacha, split)).toEqual([
      'what the long run looks like depends on luck at the beginning',
    ])
  })

  test('pity out of reach, and a rarity that is never granted', () => {
    const short: GachaChain = {
      states: chain.states.filter((state) => state.misses < 90).slice(0, 2),
      pulls: [[wayTo(1)], [wayTo(0)]],
    }
    const reasons = gateGachaChain(defaultGacha, short)
    expect(reasons).toContain('nobody ever has 90 misses, so pity is out of reach')
    expect(reasons).toContain('legendary is never granted')
  })
})
