import fc from 'fast-check'
import { expect, test } from 'vitest'
import { invalidCursor, readNumberCursor, writeNumberCursor } from '#vocabulary/cursor.ts'
import { isRefusal } from '#vocabulary/failure.ts'

test('any place that a list can have comes back from its cursor', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 9_999_999_999_999_999n }), (number) => {
      expect(readNumberCursor(writeNumberCursor(number))).toBe(number)
      expect(writeNumberCursor(number)).toMatch(/^[\w-]+$/)
    }),
  )
})

test.each([
  '',
  'n',
  'bjA',
  'nowhere',
  Buffer.from('n-1').toString('base64url'),
  Buffer.from('n1e3').toString('base64url'),
])('%j is no place', (cursor) => {
  expect(() => readNumberCursor(cursor)).toThrow(expect.objectContaining({ kind: invalidCursor }) as Error)
})

test('whatever is written there, it is a place or a refusal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (cursor) => {
      try {
        expect(readNumberCursor(cursor)).toBeGreaterThan(0n)
      } catch (error) {
        expect(isRefusal(error, invalidCursor)).toBe(true)
      }
    }),
  )
})
