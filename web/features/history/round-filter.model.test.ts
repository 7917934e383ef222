import { expect, test } from 'vitest'
import { askedOf, filterIn, isFiltering, queryOf } from './round-filter.model.ts'

const games = ['slot', 'gacha']
const today = '2026-11-26'

test.each([
  // the address                        as it is understood               what the server is asked for
  ['', '', {}],
  ['game=slot&result=won', 'game=slot&result=won', { game: 'slot', result: 'won' }],
  ['period=today', 'period=today', { from_day: '2026-11-26' }],
  ['period=week', 'period=week', { from_day: '2026-11-20' }],
  ['period=month', 'period=month', { from_day: '2026-10-28' }],
  ['day=2026-03-01', 'day=2026-03-01', { from_day: '2026-03-01', to_day: '2026-03-01' }],
  ['day=2026-03-01&period=week', 'day=2026-03-01', { from_day: '2026-03-01', to_day: '2026-03-01' }],
  ['game=poker&result=always&period=decade&day=2026-13-40', '', {}],
])('%s is understood as "%s"', (address, understood, asked) => {
  const filter = filterIn(new URLSearchParams(address), games)
  expect(queryOf(filter)).toBe(understood)
  expect(isFiltering(filter)).toBe(understood !== '')
  expect(askedOf(filter, today)).toEqual(asked)
})
