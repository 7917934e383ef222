import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scriptedDraws } from './draws.ts'
import { checkWeights, pickRow, rowAt } from './weighted-table.ts'

const table = {
  totalWeight: 10,
  rows: [
    { weight: 5, name: 'a' },
    { weight: 3, name: 'b' },
    { weight: 2, name: 'c' },
  ],
}

test.each([
  [0, 'a'],
  [4, 'a'],
  [5, 'b'],
  [7, 'b'],
  [8, 'c'],
  [9, 'c'],
])('ticket %i belongs to %s', (ticket, name) => {
  expect(rowAt(table, ticket).name).toBe(name)
  expect(pickRow(table, scriptedDraws([ticket])).name).toBe(name)
})

test('any table: every ticket tried once, each row is picked exactly as often as its weight says', () => {
  const anyWeights = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(anyWeights, (weights) => {
      const rows = weights.map((weight, index) => ({ weight, index }))
      const totalWeight = weights.reduce((sum, weight) => sum + weight, 0)
      expect(checkWeights({ totalWeight, rows }, 'table')).toEqual([])
      const picked = weights.map(() => 0)
      for (let ticket = 0; ticket < totalWeight; ticket++) {
        const { index } = pickRow({ totalWeight, rows }, scriptedDraws([ticket]))
        picked[index] = (picked[index] ?? 0) + 1
      }
      expect(picked).toEqual(weights)
    }),
  )
})

test('a table that does not add up is refused, and drawing beyond its rows is a bug, not a prize', () => {
  const short = { ...table, totalWeight: 11 }
  expect(checkWeights(short, 'slot.reel')).toEqual(['slot.reel: weights add up to 10, not to 11'])
  expect(() => pickRow(short, scriptedDraws([10]))).toThrow('Ticket 10 belongs to no row')
})
