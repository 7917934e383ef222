import { defaultSlot } from '@casino-club/fairness/slot.default.ts'
import { slotOddsReport } from '@casino-club/fairness/slot.odds.ts'
import { expect, test } from 'vitest'
import { chartScale, percent, slotOddsView } from './slot-odds.model.ts'

const view = slotOddsView(defaultSlot, slotOddsReport(defaultSlot))

test('the shipped slot as people read it', () => {
  expect(view).toMatchObject({
    backOfThousand: '950',
    lostOfThousand: '50',
    rtp: '94.98%',
    hitRate: '38.91%',
    hitOnceIn: '2.6',
    jackpot: '0.0008%',
    jackpotOnceIn: 125_000,
  })
  expect(view.losing).toEqual({ rounds: 5, chance: '8.5%' })
})

test('every streak step stands in the chart, and the last one is the long run', () => {
  expect(view.streaks.map((step) => step.streak)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(view.streaks.at(-1)).toMatchObject({ isLast: true, rtp: view.rtp, bonusPercent: 20 })
})

test('the bands narrow with the number of rounds and hold the average', () => {
  const widths = view.bands.map((band) => band.to - band.from)
  expect(widths).toEqual(widths.toSorted((a, b) => b - a))
  for (const band of view.bands) {
    expect(band.from).toBeLessThan(0.949761)
    expect(band.to).toBeGreaterThan(0.949761)
  }
})

test('chances of all combinations add up to everything', () => {
  const total = view.combinations.reduce((sum, each) => sum + 1 / each.onceIn, 0)
  expect(total).toBeCloseTo(1, 2)
})

test.each([
  [0.949761, '94.98%'],
  [0.3, '30%'],
  [1, '100%'],
  [0, '0%'],
  [0.000008, '0.0008%'],
  [0.0000123, '0.0012%'],
])('%d is %s', (share, expected) => {
  expect(percent(share)).toBe(expected)
})

test('the chart starts at a round share below the lowest', () => {
  const { floor, heights } = chartScale([0.7915, 0.95])
  expect(floor).toBe(0.7)
  expect(heights[0]).toBeGreaterThan(0)
  expect(heights[1]).toBeLessThan(1)
})
