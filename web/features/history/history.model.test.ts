import { expect, test } from 'vitest'
import { bestStreak, pullsOf, reelsOf, roundIdIn, visitSeconds } from './history.model.ts'

test('reels are looked at before they are believed', () => {
  expect(reelsOf({ outcome: { reels: ['cherry', 'lemon', 'seven'] } })).toEqual(['cherry', 'lemon', 'seven'])
  expect(reelsOf({ outcome: { reels: 'cherry' } })).toEqual([])
  expect(reelsOf({ outcome: {} })).toEqual([])
})

test('pulls are looked at before they are believed', () => {
  const pull = { item: 'paper-crane', granted: 'rare', drawn: 'rare', duplicate_tokens: 15 }
  expect(pullsOf({ outcome: { pulls: [pull, { ...pull, duplicate_tokens: null }] } })).toEqual([
    { item: 'paper-crane', granted: 'rare', duplicateTokens: 15 },
    { item: 'paper-crane', granted: 'rare', duplicateTokens: null },
  ])
  expect(pullsOf({ outcome: { pulls: [{ ...pull, granted: 'mythic' }, null, 'x', {}] } })).toEqual([])
  expect(pullsOf({ outcome: { reels: ['cherry', 'lemon', 'seven'] } })).toEqual([])
})

test.each([
  ['90206', 90_206],
  ['0', null],
  ['-4', null],
  ['1.5', null],
  ['<script>', null],
  [null, null],
])('round id in %s: %s', (text, id) => {
  expect(roundIdIn(text)).toBe(id)
})

test('a visit that goes on lasts until now', () => {
  const started = '2026-11-23T12:00:00Z'
  const now = Date.parse('2026-11-23T12:10:00Z')
  expect(visitSeconds({ started_at: started, ended_at: null }, now)).toBe(600)
  expect(visitSeconds({ started_at: started, ended_at: '2026-11-23T12:01:00Z' }, now)).toBe(60)
})

test('streaks of different games are not added up', () => {
  expect(bestStreak([])).toBe(0)
  expect(bestStreak([{ best_streak: 7 }, { best_streak: 12 }])).toBe(12)
})
