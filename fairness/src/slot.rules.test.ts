import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordingDraws, scriptedDraws } from './draws.ts'
import { defaultSlot } from './slot.default.ts'
import { newSlotState, playSlot, slotStateAt, streakBonusAt, winOf } from './slot.rules.ts'

// The first ticket of each symbol on a reel of 100, and the drawn variation that means "as is".
const CHERRY = 0
const LEMON = 30
const ORANGE = 55
const GRAPE = 75
const DIAMOND = 90
const SEVEN = 98
const AS_IS = 50

describe('golden table', () => {
  test.each([
    // reels, variation drawn,         streak, bet,  reels read,                        kind, pay, bonus, permille, win
    [[CHERRY, CHERRY, CHERRY, AS_IS], 0, 100n, 'cherry cherry cherry', 'triple', 200, 0, 1_000, 200n],
    [[LEMON, LEMON, LEMON, AS_IS], 0, 100n, 'lemon lemon lemon', 'triple', 250, 0, 1_000, 250n],
    [[ORANGE, ORANGE, ORANGE, AS_IS], 0, 100n, 'orange orange orange', 'triple', 500, 0, 1_000, 500n],
    [[GRAPE, GRAPE, GRAPE, AS_IS], 0, 100n, 'grape grape grape', 'triple', 1_000, 0, 1_000, 1_000n],
    [[DIAMOND, DIAMOND, DIAMOND, AS_IS], 0, 100n, 'diamond diamond diamond', 'triple', 3_000, 0, 1_000, 3_000n],
    [[SEVEN, SEVEN, SEVEN, AS_IS], 0, 100n, 'seven seven seven', 'triple', 100_000, 0, 1_000, 100_000n],
    [[CHERRY, CHERRY, LEMON, AS_IS], 0, 100n, 'cherry cherry lemon', 'adjacent_pair', 120, 0, 1_000, 120n],
    [[LEMON, CHERRY, CHERRY, AS_IS], 0, 100n, 'lemon cherry cherry', 'adjacent_pair', 120, 0, 1_000, 120n],
    [[SEVEN, SEVEN, CHERRY, AS_IS], 0, 100n, 'seven seven cherry', 'adjacent_pair', 1_000, 0, 1_000, 1_000n],
    [[SEVEN, CHERRY, SEVEN, AS_IS], 0, 100n, 'seven cherry seven', 'none', 0, 0, 1_000, 0n],
    [[CHERRY, LEMON, ORANGE, AS_IS], 0, 100n, 'cherry lemon orange', 'none', 0, 0, 1_000, 0n],
    [[CHERRY, CHERRY, LEMON, 0], 0, 10n, 'cherry cherry lemon', 'adjacent_pair', 120, 0, 950, 11n], // 11.4
    [[CHERRY, CHERRY, LEMON, 100], 0, 10n, 'cherry cherry lemon', 'adjacent_pair', 120, 0, 1_050, 12n], // 12.6
    [[CHERRY, CHERRY, LEMON, AS_IS], 3, 100n, 'cherry cherry lemon', 'adjacent_pair', 120, 6, 1_000, 127n], // 127.2
    [[CHERRY, CHERRY, LEMON, 99], 3, 100n, 'cherry cherry lemon', 'adjacent_pair', 120, 6, 1_049, 133n], // 133.4328
    [[SEVEN, SEVEN, SEVEN, 100], 9, 1_000n, 'seven seven seven', 'triple', 100_000, 18, 1_050, 1_239_000n],
    [[SEVEN, SEVEN, SEVEN, 100], 10, 1_000n, 'seven seven seven', 'triple', 100_000, 20, 1_050, 1_260_000n],
    [[SEVEN, SEVEN, SEVEN, 100], 4_000, 1_000n, 'seven seven seven', 'triple', 100_000, 20, 1_050, 1_260_000n],
  ] as const)('%j after %i spins, bet %d: %s', (drawn, streak, bet, reels, kind, pay, bonus, variation, win) => {
    const draws = recordingDraws(scriptedDraws(drawn))
    const outcome = playSlot(defaultSlot, { streak }, bet, draws)
    expect(outcome.reels.join(' ')).toBe(reels)
    expect(outcome).toMatchObject({ payHundredths: pay, streakBonusPercent: bonus, variationPermille: variation, win })
    expect(outcome.combination).toEqual({ kind, symbol: kind === 'none' ? null : outcome.reels[1] })
    expect(outcome.isJackpot).toBe(reels === 'seven seven seven')
    expect(outcome.streakAfter).toBe(streak + 1)
    expect(draws.drawn.map((draw) => draw.bound)).toEqual([100, 100, 100, 101])
  })
})

test('mapping: every ticket of every reel tried, each symbol comes exactly as often as its weight', () => {
  for (const reel of [0, 1, 2]) {
    const seen = new Map<string, number>()
    for (let ticket = 0; ticket < 100; ticket++) {
      const script = [CHERRY, CHERRY, CHERRY, AS_IS].with(reel, ticket)
      const symbol = playSlot(defaultSlot, newSlotState, 10n, scriptedDraws(script)).reels[reel]
      seen.set(String(symbol), (seen.get(String(symbol)) ?? 0) + 1)
    }
    expect(Object.fromEntries(seen)).toEqual({ cherry: 30, lemon: 25, orange: 20, grape: 15, diamond: 8, seven: 2 })
  }
})

test('variation: every value from 950 to 1050 comes from exactly one ticket', () => {
  const seen = Array.from({ length: 101 }, (_, ticket) => {
    return playSlot(defaultSlot, newSlotState, 10n, scriptedDraws([0, 0, 0, ticket])).variationPermille
  })
  expect(seen).toEqual(Array.from({ length: 101 }, (_, index) => 950 + index))
})

test('no win is smaller than its bet, and nothing exceeds the largest possible', () => {
  const anyScript = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.nat(100))
  fc.assert(
    fc.property(anyScript, fc.nat(40), fc.bigInt(10n, 1_000n), (script, streak, bet) => {
      const { win, payHundredths } = playSlot(defaultSlot, { streak }, bet, scriptedDraws(script))
      if (payHundredths === 0) expect(win).toBe(0n)
      else expect(win).toBeGreaterThan(bet)
      expect(win).toBeLessThanOrEqual(bet * 1_260n)
    }),
  )
})

test('a longer streak, a higher variation or a larger bet never pays less', () => {
  const anyPay = fc.constantFrom(120, 150, 200, 250, 300, 500, 1_000, 3_000, 100_000)
  fc.assert(
    fc.property(
      fc.bigInt(10n, 999n),
      anyPay,
      fc.nat(19),
      fc.integer({ min: 950, max: 1_049 }),
      (bet, pay, bonus, v) => {
        const win = winOf(bet, pay, bonus, v)
        expect(winOf(bet + 1n, pay, bonus, v)).toBeGreaterThanOrEqual(win)
        expect(winOf(bet, pay, bonus + 1, v)).toBeGreaterThanOrEqual(win)
        expect(winOf(bet, pay, bonus, v + 1)).toBeGreaterThanOrEqual(win)
      },
    ),
  )
})

test.each([
  [0, 0],
  [1, 2],
  [9, 18],
  [10, 20],
  [11, 20],
  [1_000_000, 20],
])('a streak of %i adds %i per cent', (streak, percent) => {
  expect(streakBonusAt(defaultSlot, streak)).toBe(percent)
})

test.each([
  [null, 0, 'a player who never spun'],
  [0, 7, 'a moment ago'],
  [86_399_999, 7, 'a millisecond before a day has passed'],
  [86_400_000, 0, 'exactly a day ago'],
])('last spin %j ms ago: the streak stands at %i (%s)', (ago, streak, _when) => {
  expect(slotStateAt(defaultSlot, { streak: 7 }, ago)).toEqual({ streak })
})

test.each([9n, 0n, -10n, 1_001n])('a bet of %d is a mistake of the caller', (bet) => {
  expect(() => playSlot(defaultSlot, newSlotState, bet, scriptedDraws([0, 0, 0, 0]))).toThrow(RangeError)
})
