import { expect, test } from 'vitest'
import { formatAgo, formatCountdown, formatDuration, formatPpm, formatSigned, seoulDay } from './format.ts'

test.each([
  [1500, 'ko', '+1,500'],
  [-20, 'en', '−20'],
  [0, 'ko', '0'],
] as const)('%i in %s is %s', (amount, language, expected) => {
  expect(formatSigned(amount, language)).toBe(expected)
})

test('a share in parts per million is shown with one decimal', () => {
  expect(formatPpm(949_761, 'ko')).toBe('95%')
  expect(formatPpm(357_973, 'en')).toBe('35.8%')
})

test.each([
  [12, 'ko', '12초'],
  [90, 'ko', '1분'],
  [3900, 'ko', '1시간 5분'],
  [17_640, 'en', '4 hr 54 min'],
  [7200, 'en', '2 hr'],
] as const)('%i seconds in %s are %s', (seconds, language, expected) => {
  expect(formatDuration(seconds, language)).toBe(expected)
})

test('a countdown never shows zero while something is left', () => {
  expect([0.2, 59.1, 245].map(formatCountdown)).toEqual(['0:01', '1:00', '4:05'])
})

test('days are Korean days', () => {
  expect(seoulDay('2026-11-23T14:59:00Z')).toBe('2026-11-23')
  expect(seoulDay('2026-11-23T15:00:00Z')).toBe('2026-11-24')
})

test('the recent past is told as such, the rest by its date', () => {
  const now = Date.parse('2026-11-23T12:00:00Z')
  expect(formatAgo('2026-11-23T11:57:00Z', 'ko', now)).toBe('3분 전')
  expect(formatAgo('2026-11-22T12:00:00Z', 'en', now)).toBe('yesterday')
  // Whole units only: neither "60 minutes ago" nor "24 hours ago".
  expect(formatAgo('2026-11-23T11:00:20Z', 'ko', now)).toBe('59분 전')
  expect(formatAgo('2026-11-22T12:00:20Z', 'ko', now)).toBe('23시간 전')
  expect(formatAgo('2026-11-01T12:00:00Z', 'en', now)).toBe('Nov 1, 2026')
})
