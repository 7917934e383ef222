import { describe, expect, test } from 'vitest'
import { betBeside, betPresets, betSteps, openingBet } from './bet-steps.ts'
import { latestRoundOf } from './place-stake.ts'
import { tunes } from './slot-sound.ts'

describe('bets', () => {
  const limits = { min: 10, max: 1_000 }

  test('every step lies within the limits, rises, and includes both ends', () => {
    for (const each of [limits, { min: 1, max: 5 }, { min: 25, max: 26 }, { min: 50, max: 2_000_000 }]) {
      const steps = betSteps(each)
      expect(steps[0]).toBe(each.min)
      expect(steps.at(-1)).toBe(each.max)
      expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => a - b))
      expect(steps).toContain(openingBet(each))
      for (const preset of betPresets(each)) {
        expect(preset).toBeGreaterThanOrEqual(each.min)
        expect(preset).toBeLessThanOrEqual(each.max)
      }
    }
  })

  test.each([
    [10, -1, 10],
    [10, 1, 20],
    [20, 1, 30],
    [300, 1, 500],
    [500, 1, 1_000],
    [1_000, 1, 1_000],
    [1_000, -1, 500],
    [35, 1, 50],
    [35, -1, 30],
  ] as const)('beside %i in direction %i is %i', (bet, direction, beside) => {
    expect(betBeside(bet, direction, limits)).toBe(beside)
  })
})

describe('the list of results', () => {
  test('rounds of other games are not in the list', () => {
    const round = {
      round_id: 5,
      game: 'slot',
      config_id: 1,
      bet_amount: 10,
      win_amount: 0,
      balance_after: 0,
      played_at: '',
    }
    expect(latestRoundOf({ ...round, outcome: {} })).toEqual([])
    expect(latestRoundOf({ ...round, game: 'gacha', outcome: { reels: ['a', 'b', 'c'] } })).toEqual([])
    expect(latestRoundOf({ ...round, outcome: { reels: ['a', 'b', 'c'] } })).toHaveLength(1)
  })
})

test('every sound is short, and none is loud', () => {
  for (const notes of Object.values(tunes)) {
    for (const { atMs, lengthMs, loudness } of notes) {
      expect(atMs + lengthMs).toBeLessThanOrEqual(2_500)
      expect(loudness).toBeLessThanOrEqual(0.5)
    }
  }
})
