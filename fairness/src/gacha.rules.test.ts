import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordingDraws, scriptedDraws } from './draws.ts'
import { DRAWN_KINDS, PPM, RARITIES } from './gacha.config.ts'
import { defaultGacha } from './gacha.default.ts'
import {
  animationOfBatch,
  type GachaState,
  kindTableAt,
  newGachaState,
  type Pull,
  pullMany,
  pullOnce,
  type Stock,
} from './gacha.rules.ts'

const fullStock: Stock = new Map([
  ['first-dawn', 100],
  ['crystal-moon', 1_000],
])
const state = (misses: number, sinceEpic = 10, sinceLegendary = 10): GachaState => ({
  misses,
  sinceEpic,
  sinceLegendary,
})

const anyState = fc.record({ misses: fc.nat(90), sinceEpic: fc.nat(10), sinceLegendary: fc.nat(10) })

describe('golden table', () => {
  test.each([
    // state before, draws,                drawn,                 granted,     by pity, animation,   state after
    [state(0), [0, 0], 'legendary', 'legendary', false, 'legendary', state(0, 10, 0)],
    [state(0), [1_999, 0], 'legendary', 'legendary', false, 'legendary', state(0, 10, 0)],
    [state(0), [2_000, 0], 'epic', 'epic', false, 'epic', state(0, 0, 10)],
    [state(0), [26_999, 0], 'epic', 'epic', false, 'epic', state(0, 0, 10)],
    [state(0), [27_000, 0], 'rare', 'rare', false, 'normal', state(1)],
    [state(0), [176_999, 0], 'rare', 'rare', false, 'normal', state(1)],
    [state(0), [177_000, 0, 0], 'near_miss_epic', 'rare', false, 'near_miss', state(1)],
    [state(0), [349_999, 79_999, 0], 'near_miss_epic', 'rare', false, 'near_miss', state(1)],
    [state(0), [349_999, 80_000, 0], 'near_miss_legendary', 'epic', false, 'near_miss', state(0, 0, 10)],
    [state(0), [177_000, 172_999, 0], 'near_miss_legendary', 'epic', false, 'near_miss', state(0, 0, 10)],
    [state(0), [350_000, 0], 'common', 'common', false, 'normal', state(1)],
    [state(0), [999_999, 0], 'common', 'common', false, 'normal', state(1)],
    // the tenth pull after an epic is still damped, the eleventh is not
    [state(9, 9), [21_999, 0], 'epic', 'epic', false, 'epic', state(0, 0, 10)],
    [state(9, 9), [22_000, 0], 'rare', 'rare', false, 'normal', state(10)],
    [state(10, 10), [22_000, 0], 'epic', 'epic', false, 'epic', state(0, 0, 10)],
    [state(0, 10, 9), [1_599, 0], 'legendary', 'legendary', false, 'legendary', state(0, 10, 0)],
    [state(0, 10, 9), [1_600, 0], 'epic', 'epic', false, 'epic', state(0, 0, 10)],
    [state(0, 3, 5), [1_600, 0], 'epic', 'epic', false, 'epic', state(0, 0, 6)],
    [state(0, 3, 5), [500_000, 0], 'common', 'common', false, 'normal', state(1, 4, 6)],
    // near misses rise above 30 and above 50 misses, at the cost of common
    [state(30), [350_000, 0], 'common', 'common', false, 'normal', state(31)],
    [state(31), [399_999, 0, 0], 'near_miss_epic', 'rare', false, 'near_miss', state(32)],
    [state(31), [400_000, 0], 'common', 'common', false, 'normal', state(32)],
    [state(50), [400_000, 0], 'common', 'common', false, 'normal', state(51)],
    [state(51), [449_999, 0, 0], 'near_miss_epic', 'rare', false, 'near_miss', state(52)],
    [state(51), [450_000, 0], 'common', 'common', false, 'normal', state(52)],
    // pity: 89 misses are not enough, 90 are; it lifts a bad draw and leaves a good one alone
    [state(89), [999_999, 0], 'common', 'common', false, 'normal', state(90)],
    [state(90), [999_999, 0], 'common', 'epic', true, 'pity', state(0, 0, 10)],
    [state(90), [27_000, 0], 'rare', 'epic', true, 'pity', state(0, 0, 10)],
    [state(90), [177_000, 0, 0], 'near_miss_epic', 'epic', true, 'pity', state(0, 0, 10)],
    [state(90), [177_000, 80_000, 0], 'near_miss_legendary', 'epic', false, 'near_miss', state(0, 0, 10)],
    [state(90), [2_000, 0], 'epic', 'epic', false, 'epic', state(0, 0, 10)],
    [state(90), [1_999, 0], 'legendary', 'legendary', false, 'legendary', state(0, 10, 0)],
  ] as const)('%j drawing %j: %s, granted %s, pity %s', (before, script, drawn, granted, byPity, animation, after) => {
    const draws = recordingDraws(scriptedDraws(script))
    const { pull, stateAfter } = pullOnce(defaultGacha, before, fullStock, draws)
    expect(pull).toEqual({ drawn, granted, byPity, animation, item: defaultGacha.prizes[granted].rows[0]?.id })
    expect(stateAfter).toEqual(after)
    const bounds = script.length === 3 ? [1_000_000, 173_000, 100] : [1_000_000, 100]
    expect(draws.drawn.map((draw) => draw.bound)).toEqual(bounds)
  })
})

describe('mapping: every ticket tried', () => {
  test.each([
    [state(0), [2_000, 25_000, 150_000, 173_000, 650_000]],
    [state(4, 4, 8), [1_600, 20_000, 150_000, 173_000, 655_400]],
    [state(60), [2_000, 25_000, 150_000, 273_000, 550_000]],
  ])('at %j the kinds come %j times in a million', (before, expected) => {
    const seen = new Map<string, number>()
    for (let ticket = 0; ticket < PPM; ticket++) {
      // Only a near miss asks a second time with another bound; 0 answers it and the item alike.
      const { pull } = pullOnce(defaultGacha, before, fullStock, scriptedDraws([ticket, 0, 0]))
      seen.set(pull.drawn, (seen.get(pull.drawn) ?? 0) + 1)
    }
    expect(['legendary', 'epic', 'rare', 'near_miss_epic', 'common'].map((kind) => seen.get(kind))).toEqual(expected)
  })

  test('the two near misses split 80 000 to 93 000', () => {
    let epics = 0
    for (let ticket = 0; ticket < 173_000; ticket++) {
      const { pull } = pullOnce(defaultGacha, state(31), fullStock, scriptedDraws([177_000, ticket, 0]))
      if (pull.drawn === 'near_miss_epic') epics += 1
      else expect(pull.drawn).toBe('near_miss_legendary')
    }
    expect(epics).toBe(80_000)
  })

  test.each([
    ['legendary', 0],
    ['epic', 2_000],
    ['rare', 27_000],
    ['common', 999_999],
  ] as const)('every %s comes exactly as often as its weight', (rarity, kindTicket) => {
    const seen = new Map<string, number>()
    for (let ticket = 0; ticket < 100; ticket++) {
      const { item } = pullOnce(defaultGacha, state(0), fullStock, scriptedDraws([kindTicket, ticket])).pull
      seen.set(item, (seen.get(item) ?? 0) + 1)
    }
    expect(Object.fromEntries(seen)).toEqual(
      Object.fromEntries(defaultGacha.prizes[rarity].rows.map((row) => [row.id, row.weight])),
    )
  })
})

test('at every state the weights are whole, not negative and add up to a million; legendary never rises', () => {
  fc.assert(
    fc.property(anyState, (before) => {
      const { rows, totalWeight } = kindTableAt(defaultGacha, before)
      expect(totalWeight).toBe(PPM)
      expect(rows.reduce((sum, row) => sum + row.weight, 0)).toBe(PPM)
      for (const { weight } of rows) expect(Number.isInteger(weight) && weight >= 0).toBe(true)
      const weightOf = (kind: string) => rows.find((row) => row.kind === kind)?.weight ?? 0
      expect(weightOf('rare')).toBe(150_000)
      expect(weightOf('near_miss')).toBeLessThanOrEqual(defaultGacha.nearMiss.atMostPpm)
      expect(weightOf('legendary')).toBeLessThanOrEqual(2_000)
    }),
  )
})

describe('stock', () => {
  const gone: Stock = new Map([
    ['first-dawn', 0],
    ['crystal-moon', 0],
  ])

  test('the last of the list is gone: the first takes its place, of the same rarity', () => {
    // Tickets 85–99 of a legendary name the seal, which is the last of its list.
    const named = (stock: Stock) => pullOnce(defaultGacha, state(0), stock, scriptedDraws([0, 85])).pull
    expect(named(fullStock)).toMatchObject({ granted: 'legendary', item: 'first-dawn' })
    expect(named(gone)).toMatchObject({ granted: 'legendary', item: 'aurora-crown' })
  })

  test('several in a row are gone: the next one left', () => {
    const rows = defaultGacha.prizes.epic.rows.map((row) => (row.id === 'prism-visor' ? row : { ...row, stock: 1 }))
    const config = { ...defaultGacha, prizes: { ...defaultGacha.prizes, epic: { totalWeight: 100, rows } } }
    const oneLeft: Stock = new Map([...gone, ['holo-wings', 0], ['night-train', 1]])
    const itemAt = (ticket: number) => pullOnce(config, state(0), oneLeft, scriptedDraws([2_000, ticket])).pull.item
    expect([itemAt(0), itemAt(30), itemAt(60), itemAt(85)]).toEqual([
      'prism-visor',
      'prism-visor',
      'night-train',
      'prism-visor',
    ])
  })

  test('stock decides which item comes, never which rarity, nor what the player is left with', () => {
    const anyScript = fc.tuple(fc.nat(PPM - 1), fc.nat(99), fc.nat(99))
    fc.assert(
      fc.property(anyState, anyScript, (before, script) => {
        const rich = pullOnce(defaultGacha, before, fullStock, scriptedDraws(script))
        const poor = pullOnce(defaultGacha, before, gone, scriptedDraws(script))
        expect({ ...poor.pull, item: '' }).toEqual({ ...rich.pull, item: '' })
        expect(poor.stateAfter).toEqual(rich.stateAfter)
      }),
    )
  })

  test('a limited item nobody counted is a mistake of the caller', () => {
    expect(() => pullOnce(defaultGacha, state(0), new Map(), scriptedDraws([0, 85]))).toThrow('"first-dawn"')
  })
})

describe('ten at once', () => {
  test('are ten single pulls: same draws, same state, and the tenth sees what the ninth took', () => {
    const anyTickets = fc.array(fc.nat(99), { minLength: 30, maxLength: 30 })
    fc.assert(
      fc.property(anyState, anyTickets, (before, tickets) => {
        const batch = pullMany(defaultGacha, before, fullStock, 10, scriptedDraws(tickets))
        const draws = scriptedDraws(tickets)
        let single = { pulls: [] as readonly Pull[], stateAfter: before, stockAfter: fullStock }
        for (let count = 0; count < 10; count++) {
          const one = pullMany(defaultGacha, single.stateAfter, single.stockAfter, 1, draws)
          single = { ...one, pulls: [...single.pulls, ...one.pulls] }
        }
        expect(batch).toEqual(single)
      }),
    )
  })

  test('one piece left and drawn three times: one is granted, two fall through, the caller’s stock is untouched', () => {
    const stock: Stock = new Map([...fullStock, ['first-dawn', 1]])
    const { pulls, stockAfter } = pullMany(defaultGacha, state(0), stock, 3, scriptedDraws([0, 99, 0, 99, 0, 99]))
    expect(pulls.map((pull) => pull.item)).toEqual(['first-dawn', 'aurora-crown', 'aurora-crown'])
    expect(stockAfter.get('first-dawn')).toBe(0)
    expect(stock.get('first-dawn')).toBe(1)
  })

  test('a hundred bad draws: pity on the 91st and on no other', () => {
    const worst = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? 999_999 : 0))
    const { pulls } = pullMany(defaultGacha, newGachaState(defaultGacha), fullStock, 100, scriptedDraws(worst))
    expect(pulls.map((pull, index) => (pull.byPity ? index + 1 : 0)).filter((place) => place > 0)).toEqual([91])
  })

  test.each([
    [['normal', 'near_miss', 'pity', 'epic', 'legendary'], 'legendary'],
    [['normal', 'near_miss', 'pity', 'epic'], 'epic'],
    [['normal', 'near_miss', 'pity'], 'pity'],
    [['near_miss', 'normal'], 'near_miss'],
    [['normal', 'normal'], 'normal'],
  ] as const)('%j is announced as %s', (animations, best) => {
    const pulls = animations.map((animation): Pull => {
      return { drawn: 'common', granted: 'common', byPity: false, item: 'glass-marble', animation }
    })
    expect(animationOfBatch(pulls)).toBe(best)
  })
})

test('every kind can be drawn and every rarity granted', () => {
  const kinds = new Set<string>()
  const rarities = new Set<string>()
  for (const script of [
    [0, 0],
    [2_000, 0],
    [27_000, 0],
    [177_000, 0, 0],
    [177_000, 172_999, 0],
    [999_999, 0],
  ]) {
    const { pull } = pullOnce(defaultGacha, state(0), fullStock, scriptedDraws(script))
    kinds.add(pull.drawn)
    rarities.add(pull.granted)
  }
  expect(kinds).toEqual(new Set(DRAWN_KINDS))
  expect(rarities).toEqual(new Set(RARITIES))
})
