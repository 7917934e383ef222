import { defaultSlot } from '@casino-club/fairness/slot.default.ts'
import { expect, test } from 'vitest'
import { hundredRounds, landingOdds } from './landing-odds.ts'

test('a hundred rounds are a hundred, and as many win as the hit rate says', () => {
  const rounds = hundredRounds()
  expect(rounds.reduce((sum, each) => sum + each.rounds, 0)).toBe(100)
  const won = rounds.filter(({ symbol }) => symbol !== null).reduce((sum, each) => sum + each.rounds, 0)
  expect(Math.abs(won - Number(landingOdds().hitPercent))).toBeLessThan(1)
})

test('tickets of a reel are those of the published table', () => {
  const { tickets } = landingOdds()
  expect(tickets.reduce((sum, { weight }) => sum + weight, 0)).toBe(defaultSlot.reel.totalWeight)
})

test('the texts promise what the table keeps', () => {
  const { returnPercent } = landingOdds()
  expect(Number(returnPercent)).toBeGreaterThan(94.5)
  expect(Number(returnPercent)).toBeLessThan(95.5)
  // "A win is more than its bet": the smallest pay at the lowest variation.
  const pays = defaultSlot.reel.rows.flatMap((row) => [row.triplePaysHundredths, row.pairPaysHundredths])
  expect(Math.min(...pays) * defaultSlot.variation.fromPermille).toBeGreaterThan(100_000)
  expect(defaultSlot.minMillisecondsBetweenStakes).toBe(2_500)
})
