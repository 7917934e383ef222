import { expect, test } from 'vitest'
import type { Tx } from '#platform/postgres/database.ts'
import { later, SECOND } from '#vocabulary/clock.ts'
import { TransferIds } from './transfer-ids.ts'

const NOON = new Date('2026-11-26T12:00:00Z')

/** A sequence that others take from, too, when told to. */
function sequence() {
  let next = 100n
  const asked: number[] = []
  const tx = {
    run: async (_: unknown, [count]: [number]) => {
      asked.push(count)
      return Array.from({ length: count }, () => ({ id: next++ }))
    },
  } as unknown as Tx
  return { tx, asked, others: (count: bigint) => (next += count) }
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** So many, whatever they are. */
const any = (count: number) => Array.from({ length: count }, () => 0n)

test('numbers rise, each is given once, and never more than there are', async () => {
  const { tx } = sequence()
  const ids = new TransferIds()
  expect(ids.take(any(3), NOON)).toEqual([])
  ids.refill(tx, 1, NOON)
  await turn()
  expect([ids.take(any(3), NOON), ids.take(any(2), NOON)]).toEqual([
    [100n, 101n, 102n],
    [103n, 104n],
  ])
  expect(ids.take(any(1_000), NOON)).toHaveLength(251)
  expect(ids.take(any(1), NOON)).toEqual([])
})

test('who needs a higher number gets one, and lower ones are thrown away', async () => {
  const { tx } = sequence()
  const ids = new TransferIds()
  ids.refill(tx, 1, NOON)
  await turn()
  expect(ids.take([50n, 104n, 104n], NOON)).toEqual([100n, 105n, 106n])
  expect(ids.take([106n, 354n, 400n], NOON)).toEqual([107n, 355n])
  expect(ids.take(any(1), NOON)).toEqual([])
})

test('numbers older than ten seconds are thrown away', async () => {
  const { tx, others } = sequence()
  const ids = new TransferIds()
  ids.refill(tx, 1, NOON)
  await turn()
  const muchLater = later(NOON, 10 * SECOND + 1)
  others(1_000n)
  expect(ids.take(any(1), muchLater)).toEqual([])
  ids.refill(tx, 1, muchLater)
  await turn()
  expect(ids.take(any(1), muchLater)).toEqual([1_356n])
})

test('more are asked for when half are gone, four batches of the last size at least, and once at a time', async () => {
  const { tx, asked } = sequence()
  const ids = new TransferIds()
  ids.refill(tx, 100, NOON)
  ids.refill(tx, 100, NOON)
  await turn()
  ids.refill(tx, 100, NOON)
  ids.take(any(201), NOON)
  ids.refill(tx, 100, NOON)
  await turn()
  expect(asked).toEqual([400, 400])
  expect(ids.take(any(599), NOON)).toHaveLength(599)
})

test('what the database may have lost is forgotten', async () => {
  const { tx } = sequence()
  const ids = new TransferIds()
  ids.refill(tx, 1, NOON)
  await turn()
  ids.forget()
  expect(ids.take(any(1), NOON)).toEqual([])
})

test('a failure is nobody’s: the next batch asks again', async () => {
  const { tx } = sequence()
  const ids = new TransferIds()
  ids.refill({ run: () => Promise.reject(new Error('no database')) } as unknown as Tx, 1, NOON)
  await turn()
  ids.refill(tx, 1, NOON)
  await turn()
  expect(ids.take(any(1), NOON)).toEqual([100n])
})
