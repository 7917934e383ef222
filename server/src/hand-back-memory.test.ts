import { expect, test } from 'vitest'
import { handBackMemory } from './hand-back-memory.ts'

test('what nobody holds any more is gone afterwards, and what somebody holds is not', () => {
  const held = fill(100_000)
  let junk: unknown[] | undefined = fill(1_000_000)
  const before = process.memoryUsage().heapUsed
  expect(junk).toHaveLength(1_000_000)
  junk = undefined
  handBackMemory()

  expect(before - process.memoryUsage().heapUsed).toBeGreaterThan(20_000_000)
  expect(held).toHaveLength(100_000)
})

function fill(length: number): unknown[] {
  return Array.from({ length }, (_, at) => ({ at }))
}
