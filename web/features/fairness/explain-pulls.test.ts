import { recordingDraws, scriptedDraws } from '@casino-club/fairness/draws.ts'
import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { type GachaState, newGachaState, pullMany } from '@casino-club/fairness/gacha.rules.ts'
import { gachaOutcomeRecord } from '@casino-club/fairness/receipt.ts'
import { drawsForRound } from '@casino-club/fairness/stream.ts'
import { expect, test } from 'vitest'
import { explainPulls } from './explain-pulls.ts'

const stock = new Map([
  ['first-dawn', 100],
  ['crystal-moon', 1_000],
])

function explained(
  values: readonly number[],
  count: number,
  state: GachaState = newGachaState(defaultGacha),
  left = stock,
) {
  const { pulls } = pullMany(defaultGacha, state, left, count, scriptedDraws(values))
  return explainPulls(defaultGacha, { state, stock: left }, values, gachaOutcomeRecord(pulls).pulls)
}

test('a common: the kind out of its tickets, then the item out of its own', () => {
  expect(explained([999_999, 24], 1)).toEqual([
    {
      misses: 0,
      damped: [],
      draws: [
        { bound: 1_000_000, value: 999_999, decided: 'kind', kind: 'common', tickets: { from: 350_000, to: 999_999 } },
        {
          bound: 100,
          value: 24,
          decided: 'item',
          drawn: 'glass-marble',
          given: 'glass-marble',
          tickets: { from: 0, to: 24 },
        },
      ],
      granted: 'common',
      byPity: false,
      ok: true,
    },
  ])
})

test('a near miss takes a draw more; after it the epic is damped and its tickets are fewer', () => {
  const [first, second] = explained([177_000, 172_999, 0, 27_000, 0], 2)
  expect(first?.draws.map(({ decided }) => decided)).toEqual(['kind', 'near_miss', 'item'])
  expect(first?.draws[1]).toMatchObject({ kind: 'near_miss_legendary', tickets: { from: 80_000, to: 172_999 } })
  expect(second).toMatchObject({ damped: ['epic'], misses: 0 })
  expect(second?.draws[0]).toMatchObject({ kind: 'rare', tickets: { from: 22_000, to: 171_999 } })
})

test('pity lifts a common and says so; of what has run out the next is given', () => {
  const due = { misses: 90, sinceEpic: 10, sinceLegendary: 10 }
  const [lifted] = explained([999_999, 99], 1, due, new Map([...stock, ['crystal-moon', 0]]))
  expect(lifted).toMatchObject({ misses: 90, byPity: true, granted: 'epic' })
  expect(lifted?.draws.at(-1)).toMatchObject({ drawn: 'crystal-moon', given: 'holo-wings' })
})

test('two hundred drawn rounds: every drawn number is explained, and a changed pull is pointed out', () => {
  for (let nonce = 0; nonce < 200; nonce++) {
    const state = newGachaState(defaultGacha)
    const draws = recordingDraws(
      drawsForRound({ serverSeed: new Uint8Array(32).fill(7), clientSeed: 'explain', nonce }),
    )
    const listed = gachaOutcomeRecord(pullMany(defaultGacha, state, stock, 10, draws).pulls).pulls
    const values = draws.drawn.map(({ value }) => value)
    const pulls = explainPulls(defaultGacha, { state, stock }, values, listed)
    expect(pulls.flatMap((pull) => pull.draws.map(({ bound, value }) => ({ bound, value })))).toEqual(draws.drawn)
    expect(pulls.every(({ ok }) => ok)).toBe(true)
    for (const { draws: each } of pulls)
      for (const { value, tickets } of each) expect(value >= tickets.from && value <= tickets.to).toBe(true)
    const changed = listed.map((pull, place) => (place === nonce % 10 ? { ...pull, item: 'soda-cap-2' } : pull))
    const told = explainPulls(defaultGacha, { state, stock }, values, changed)
    expect(told.map(({ ok }) => ok)).toEqual(listed.map((_, place) => place !== nonce % 10))
  }
})
