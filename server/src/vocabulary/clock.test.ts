import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextSeoulMidnight, seoulDay, seoulYear } from '#vocabulary/clock.ts'

test.each([
  // instant                    day in Seoul  year  when the next one begins
  ['2026-11-23T14:59:59.999Z', '2026-11-23', 2026, '2026-11-23T15:00:00.000Z'],
  ['2026-11-23T15:00:00.000Z', '2026-11-24', 2026, '2026-11-24T15:00:00.000Z'],
  ['2026-12-31T15:00:00.000Z', '2027-01-01', 2027, '2027-01-01T15:00:00.000Z'],
  ['2028-02-28T15:00:00.000Z', '2028-02-29', 2028, '2028-02-29T15:00:00.000Z'],
] as const)('%s is %s in Seoul, in %i, until %s', (instant, day, year, midnight) => {
  const at = new Date(instant)
  expect([seoulDay(at), seoulYear(at), nextSeoulMidnight(at).toISOString()]).toEqual([day, year, midnight])
})

test('as the time zone database has it, at any instant since 1989', () => {
  const seoul = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Seoul' })
  const instants = fc.date({ min: new Date('1989-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(instants, (at) => {
      expect(seoulDay(at)).toBe(seoul.format(at))
      const midnight = nextSeoulMidnight(at)
      expect(midnight > at).toBe(true)
      expect(seoulDay(midnight)).not.toBe(seoulDay(at))
      expect(seoulDay(new Date(midnight.getTime() - 1))).toBe(seoulDay(at))
    }),
  )
})
