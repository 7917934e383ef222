import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { countedTo } from '#features/stage/counted-to.ts'
import { cellsAround, pickScenery, sheetOrder, sheetPosition } from './reel-cells.ts'
import type { Reels } from './slot-scene.model.ts'
import { celebrationMs, countUpMs, isTripleOpen, planStops, timings } from './slot-timeline.ts'

const pays = (symbol: string) => (symbol === 'worthless' ? 0 : 200)

test.each<[name: string, reels: Reels, answeredMs: number, starts: readonly number[]]>([
  ['a fast server', ['cherry', 'lemon', 'grape'], 20, [850, 1_090, 1_330]],
  ['a slow server', ['cherry', 'lemon', 'grape'], 3_000, [3_090, 3_330, 3_570]],
  ['two alike first', ['cherry', 'cherry', 'grape'], 20, [850, 1_090, 2_280]],
  ['three alike', ['cherry', 'cherry', 'cherry'], 20, [850, 1_090, 2_280]],
  ['two alike last', ['lemon', 'cherry', 'cherry'], 20, [850, 1_090, 1_330]],
  ['outer two alike', ['cherry', 'lemon', 'cherry'], 20, [850, 1_090, 1_330]],
  ['two alike that pay nothing', ['worthless', 'worthless', 'cherry'], 20, [850, 1_090, 1_330]],
])('%s: the reels begin to stop when they should', (_, reels, answeredMs, starts) => {
  expect(planStops(reels, answeredMs, pays).map((stop) => stop.startsAtMs)).toEqual(starts)
})

test('waiting for the third reel says nothing about what it shows', () => {
  const ends = ['cherry', 'seven', 'worthless'].map((third) => planStops(['cherry', 'cherry', third], 100, pays))
  expect(ends[0]).toEqual(ends[1])
  expect(ends[1]).toEqual(ends[2])
})

test('the ring lights after the second reel has shown its symbol, never before', () => {
  const [, second, third] = planStops(['cherry', 'cherry', 'lemon'], 20, pays)
  expect(third?.ringAtMs).toBeGreaterThan((second?.startsAtMs ?? 0) + timings.stopMs * 0.6)
  expect(third?.ringAtMs).toBeLessThan(third?.startsAtMs ?? 0)
  expect(isTripleOpen(['cherry', 'lemon', 'cherry'], pays)).toBe(false)
})

test('reels stop from left to right, and none before 0.8 s after the press', () => {
  for (const answeredMs of [0, 500, 2_000]) {
    const stops = planStops(['cherry', 'cherry', 'lemon'], answeredMs, pays)
    expect(stops[0]?.startsAtMs).toBeGreaterThanOrEqual(800)
    expect(stops.map((stop) => stop.endsAtMs)).toEqual(stops.map((stop) => stop.endsAtMs).toSorted((a, b) => a - b))
  }
})

test('counting never takes longer than 1.5 s, ends exactly, and only grows', () => {
  for (const proportion of ['loss', 'returned', 'win', 'big_win', 'jackpot'] as const) {
    expect(countUpMs(proportion)).toBeLessThanOrEqual(1_500)
    expect(countUpMs(proportion)).toBeLessThanOrEqual(celebrationMs(proportion))
  }
  const seen = Array.from({ length: 101 }, (_, step) => countedTo(200, 1_450, step * 11, 1_100))
  expect(seen[0]).toBe(200)
  expect(seen.at(-1)).toBe(1_450)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(countedTo(500, 480, 0, 0)).toBe(480)
})

const symbols = [
  { id: 'cherry', weight: 90 },
  { id: 'seven', weight: 10 },
]

test.each([
  [0, 'cherry'],
  [0.899, 'cherry'],
  [0.9, 'seven'],
  [0.999, 'seven'],
])('scenery at chance %f is %s', (chance, id) => {
  expect(pickScenery(symbols, chance)).toBe(id)
})

test('the result stands on the line and nowhere else is it put on purpose', () => {
  const { window, passing } = cellsAround('seven', symbols, 4, () => 0.5)
  expect(window).toEqual(['cherry', 'seven', 'cherry'])
  expect(passing).toEqual(['cherry', 'cherry', 'cherry', 'cherry'])
})

test('cells are looked up where the sheet has them', () => {
  const drawn = readFileSync(path.join(import.meta.dirname, '../../art/symbols.mjs'), 'utf8')
  const order = /symbolOrder = \[([^\]]*)\]/.exec(drawn)?.[1]?.match(/\w+/g)
  expect(order).toEqual([...sheetOrder])
  expect(sheetOrder.map(sheetPosition)).toEqual([0, 20, 40, 60, 80, 100])
})
