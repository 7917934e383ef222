import { expect, test } from 'vitest'
import { birthYearOf, isOfAge, isStillVerified } from './age.rules.ts'

test.each([
  // The year changes in Seoul, nine hours before it does in UTC.
  [2007, '2026-12-31T14:59:59Z', true],
  [2008, '2026-12-31T14:59:59Z', false],
  [2008, '2026-12-31T15:00:00Z', true],
  [2009, '2026-12-31T15:00:00Z', false],
] as const)('born in %i, at %s: of age %s', (year, now, expected) => {
  expect(isOfAge(year, new Date(now))).toBe(expected)
})

test.each([
  ['2000-02-29', 2000],
  ['2001-02-29', null],
  ['1899-12-31', null],
  ['2026-11-23', 2026],
  ['2026-11-24', null],
  ['2000-13-01', null],
  ['0000-00-00', null],
] as const)('born on %s: %j', (date, year) => {
  expect(birthYearOf(date, new Date('2026-11-23T03:00:00Z'))).toBe(year)
})

test('a verification is good for a year', () => {
  const verified = new Date('2026-11-23T03:00:00Z')
  expect(isStillVerified(verified, new Date('2027-11-23T02:59:59Z'))).toBe(true)
  expect(isStillVerified(verified, new Date('2027-11-23T03:00:00Z'))).toBe(false)
  expect(isStillVerified(null, verified)).toBe(false)
})
