import { defaultSlot } from '@casino-club/fairness/slot.default.ts'
import { expect, test } from 'vitest'
import { latestFirst, nextThing, streakSteps } from './home.model.ts'

test.each([
  // token, left today, has played: what home offers
  [200, 1000, false, 'first'],
  [200, 1000, true, 'play'],
  [9, 1000, true, 'empty'],
  [0, 1000, false, 'empty'],
  [5000, 0, true, 'rest'],
  [0, 0, true, 'rest'],
] as const)('%i tokens, %i rounds left, played before %s: %s', (token, spinsLeft, hasPlayed, expected) => {
  expect(nextThing({ tokens: token, spinsLeftToday: spinsLeft, hasPlayed, smallestBet: 10 })).toBe(expected)
})

test('the steps of the streak are those of the published configuration', () => {
  expect(streakSteps(defaultSlot)).toEqual({ count: 10, percentEach: 2, percentMost: 20 })
  expect(streakSteps({})).toBeNull()
})

test('of two games the one played last comes first', () => {
  const [spun, pulled] = [{ started_at: '2026-11-23T09:00:00Z' }, { started_at: '2026-11-23T10:00:00+09:00' }]
  expect(latestFirst([pulled, spun])).toEqual([spun, pulled])
})
