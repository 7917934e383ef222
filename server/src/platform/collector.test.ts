import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Collector } from '#platform/collector.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Work that waits until it is told to go on, and remembers its batches. */
function heldWork<Item>() {
  const batches: Item[][] = []
  const going: (() => void)[] = []
  const work = async (items: Item[]) => {
    batches.push(items)
    await new Promise<void>((resolve) => going.push(resolve))
    return items.map((item) => ({ item }))
  }
  return { batches, work, goOn: () => going.shift()?.() }
}

test('a lone caller waits for nobody', async () => {
  const collector = new Collector(async (items: number[]) => items.map((item) => ({ item })), {
    largestBatch: 10,
    inFlight: 1,
  })
  expect(await collector.ask(7)).toEqual({ item: 7 })
})

test('what arrives while a batch is on its way goes together with the next', async () => {
  const { batches, work, goOn } = heldWork<number>()
  const collector = new Collector(work, { largestBatch: 10, inFlight: 1 })
  const asked = [collector.ask(1)]
  await turn()
  asked.push(...[2, 3, 4].map((item) => collector.ask(item)))
  await turn()
  expect([batches, collector.waiting]).toEqual([[[1]], 3])
  goOn()
  await asked[0]
  await turn()
  await turn()
  expect(batches).toEqual([[1], [2, 3, 4]])
  goOn()
  expect(await Promise.all(asked)).toEqual([1, 2, 3, 4].map((item) => ({ item })))
})

test('no batch takes more than its share of those who wait, so that one is decided while the other is written', async () => {
  const { batches, work, goOn } = heldWork<number>()
  const collector = new Collector(work, { largestBatch: 100, inFlight: 2 })
  const asked = [1, 2, 3, 4, 5, 6, 7].map((item) => collector.ask(item))
  await turn()
  expect(batches).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7],
  ])
  goOn()
  goOn()
  await Promise.all(asked)
})

test('beside another batch a small one waits until it is half a share or half as large, or until that one is back', async () => {
  const { batches, work, goOn } = heldWork<number>()
  const collector = new Collector(work, { largestBatch: 100, inFlight: 2 })
  const ask = (...items: number[]) => items.map((item) => collector.ask(item))
  const asked = ask(1, 2, 3, 4, 5, 6, 7, 8)
  await turn()
  goOn()
  await asked[0]
  asked.push(...ask(9))
  await turn()
  expect(batches).toHaveLength(2)
  asked.push(...ask(10))
  await turn()
  expect(batches.at(-1)).toEqual([9, 10])
  goOn()
  await asked[4]
  // There were many a moment ago; one goes beside two all the same.
  asked.push(...ask(11))
  await turn()
  await turn()
  expect(batches.at(-1)).toEqual([11])
  goOn()
  goOn()
  expect(await Promise.all(asked)).toHaveLength(11)
})

test('no batch is larger, and no more are on their way, than allowed', async () => {
  const { batches, work, goOn } = heldWork<number>()
  const collector = new Collector(work, { largestBatch: 2, inFlight: 2 })
  const asked = [1, 2, 3, 4, 5].map((item) => collector.ask(item))
  await turn()
  expect([batches, collector.waiting]).toEqual([
    [
      [1, 2],
      [3, 4],
    ],
    1,
  ])
  goOn()
  await turn()
  await turn()
  expect(batches).toEqual([[1, 2], [3, 4], [5]])
  goOn()
  goOn()
  await Promise.all(asked)
})

test('items with equal keys are never on their way together, and keep their order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 4 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      async (keys, largestBatch, inFlight) => {
        const busy = new Set<number>()
        const done: { key: number; at: number }[] = []
        const work = async (items: { key: number; at: number }[]) => {
          for (const { key } of items) {
            expect(busy.has(key)).toBe(false)
            busy.add(key)
          }
          await turn()
          for (const { key } of items) busy.delete(key)
          done.push(...items)
          return items
        }
        const collector = new Collector(work, { largestBatch, inFlight, keyOf: ({ key }) => key })
        const items = keys.map((key, at) => ({ key, at }))
        expect(await Promise.all(items.map((item) => collector.ask(item)))).toEqual(items)
        for (const key of new Set(keys)) {
          const order = done.filter((each) => each.key === key).map(({ at }) => at)
          expect(order).toEqual(order.toSorted((one, other) => one - other))
        }
        expect(collector.waiting).toBe(0)
      },
    ),
    { numRuns: 50 },
  )
})

test('a throw fails its batch, and the next goes on; nobody waits for ever', async () => {
  const collector = new Collector(
    async (items: number[]) => {
      if (items.includes(2)) throw new Error('not this one')
      return items.map((item) => ({ item }))
    },
    { largestBatch: 1, inFlight: 1, keyOf: () => 'one key for all' },
  )
  const results = await Promise.allSettled([1, 2, 3].map((item) => collector.ask(item)))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('an outcome too few fails the one who would get none', async () => {
  const collector = new Collector(async (items: number[]) => items.slice(1).map((item) => ({ item })), {
    largestBatch: 2,
    inFlight: 1,
  })
  const [first, second] = await Promise.allSettled([collector.ask(1), collector.ask(2)])
  expect(first).toEqual({ status: 'fulfilled', value: { item: 2 } })
  expect(second).toMatchObject({ status: 'rejected', reason: new Error('no outcome for item 1 of 2') })
})
