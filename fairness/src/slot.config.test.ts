import { describe, expect, test } from 'vitest'
import { scriptedDraws } from './draws.ts'
import { checkSlotConfig, isSlotConfig, type SlotConfig } from './slot.config.ts'
import { defaultSlot } from './slot.default.ts'
import { playSlot } from './slot.rules.ts'

const [cherry, ...otherSymbols] = defaultSlot.reel.rows
const withRow = (row: object) => ({ ...defaultSlot, reel: { ...defaultSlot.reel, rows: [row, ...otherSymbols] } })

test('the shipped slot, also after a trip through JSON, can be drawn from', () => {
  expect(checkSlotConfig(defaultSlot)).toEqual([])
  expect(isSlotConfig(JSON.parse(JSON.stringify(defaultSlot)))).toBe(true)
})

describe('refused, with the reason', () => {
  test.each<[object | null | string, string]>([
    [withRow({ ...cherry, weight: 29 }), 'slot.reel: weights add up to 99, not to 100'],
    [withRow({ ...cherry, weight: 0 }), 'slot.reel.rows.0.weight: must be a whole number from 1 to 1000000, is 0'],
    [
      withRow({ ...cherry, weight: 29.5 }),
      'slot.reel.rows.0.weight: must be a whole number from 1 to 1000000, is 29.5',
    ],
    [
      withRow({ ...cherry, weight: '30' }),
      'slot.reel.rows.0.weight: must be a whole number from 1 to 1000000, is "30"',
    ],
    [
      withRow({ ...cherry, pairPaysHundredths: -1 }),
      'slot.reel.rows.0.pairPaysHundredths: must be a whole number from 0 to 10000000, is -1',
    ],
    [withRow({ ...cherry, id: 'lemon' }), 'slot.reel.rows: two symbols have the same id'],
    [withRow({ ...cherry, id: 'Cherry' }), 'slot.reel.rows.0.id: must be text like "lower-case-words", is "Cherry"'],
    [withRow({ ...cherry, luck: 1 }), 'slot.reel.rows.0.luck: is not part of this document'],
    [
      withRow({ ...cherry, triplePaysHundredths: 100_001 }),
      'slot.jackpotSymbol: something pays 100001, more than the jackpot',
    ],
    [{ ...defaultSlot, jackpotSymbol: 'bell' }, 'slot.jackpotSymbol: there is no symbol "bell"'],
    [{ ...defaultSlot, variation: { fromPermille: 1_050, toPermille: 950 } }, 'slot.variation: begins above its end'],
    [{ ...defaultSlot, bet: { min: 20, max: 10 } }, 'slot.bet: the smallest is above the largest'],
    [
      { ...defaultSlot, streak: { ...defaultSlot.streak, bonusPerStepPercent: 0 } },
      'slot.streak: a bonus that never grows cannot reach its cap',
    ],
    [{ ...defaultSlot, game: 'gacha' }, 'slot.game: must be "slot", is "gacha"'],
    [{ ...defaultSlot, dailySpins: { STANDARD: 1, PREMIUM: 2 } }, 'slot.dailySpins.VIP: is missing'],
    [null, 'slot: must be an object, is null'],
    ['slot', 'slot: must be an object, is "slot"'],
  ])('case %#', (config, reason) => {
    expect(checkSlotConfig(config)).toEqual([reason])
    expect(isSlotConfig(config)).toBe(false)
  })
})

test('the most generous slot the bounds allow still pays an amount that JSON carries exactly', () => {
  const config: SlotConfig = {
    ...defaultSlot,
    reel: {
      ...defaultSlot.reel,
      rows: defaultSlot.reel.rows.map((row) => ({ ...row, triplePaysHundredths: 10_000_000 })),
    },
    bet: { min: 1, max: 1_000_000_000 },
    streak: { ...defaultSlot.streak, capPercent: 100 },
    variation: { fromPermille: 10_000, toPermille: 10_000 },
  }
  expect(checkSlotConfig(config)).toEqual([])
  const { win } = playSlot(config, { streak: 50 }, 1_000_000_000n, scriptedDraws([0, 0, 0, 0]))
  expect(win).toBe(2_000_000_000_000_000n)
  expect(win).toBeLessThan(Number.MAX_SAFE_INTEGER)
})
