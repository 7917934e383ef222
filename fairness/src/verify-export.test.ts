import { expect, test } from 'vitest'
import { playRounds } from '../tests/rounds.ts'
import { type ExportPage, pagesIn, verifyExport } from './verify-export.ts'

/** Two pairs of seeds, as the API pages them: newest first, configurations apart. */
function exported(change: (receipts: object[]) => object[] = (receipts) => receipts, size = 7): ExportPage[] {
  const played = [...playRounds(9, 'first-pair'), ...playRounds(6, 'second-pair')]
  const configs = [...new Map(played.map(({ config_hash: hash, config }) => [hash, config])).entries()]
  const newestFirst = change(played.map((receipt) => ({ ...receipt, config: null }))).toReversed()
  return Array.from({ length: Math.ceil(newestFirst.length / size) }, (_, page) => ({
    items: newestFirst.slice(page * size, (page + 1) * size).map((receipt) => ({ receipt })),
    configs: configs.map(([hash, config]) => ({ config_hash: hash, config: config ?? {} })),
    next_cursor: (page + 1) * size < newestFirst.length ? `after ${page}` : null,
  }))
}

test('every round of both pairs is verified, whatever the pages', () => {
  for (const size of [1, 7, 100]) {
    const { ok, verifications, problems } = verifyExport(exported(undefined, size))
    expect([ok, problems, verifications.length]).toEqual([true, [], 15])
  }
})

test.each<[string, (receipts: object[]) => object[], number, string]>([
  ['a round is missing', (all) => all.toSpliced(4, 1), 4, 'nonce 5 follows 3'],
  ['the first of a pair is missing', (all) => all.toSpliced(9, 1), 9, 'the first round of these seeds has nonce 1'],
  ['the oldest of all is missing', (all) => all.slice(1), 0, 'the first round of these seeds has nonce 1'],
])('%s', (_, change, position, what) => {
  const { ok, problems } = verifyExport(exported(change))
  expect(ok).toBe(false)
  expect(problems).toContainEqual({ position, what })
})

test('a part of the pages may begin anywhere', () => {
  const [newest] = exported()
  expect(newest && verifyExport([newest])).toMatchObject({ ok: true, problems: [] })
})

test('a changed round is found at its place', () => {
  const { ok, verifications } = verifyExport(exported((all) => all.with(11, { ...all[11], stake: 999 })))
  expect(ok).toBe(false)
  expect(verifications.map(({ verdict }) => verdict).indexOf('wrong')).toBe(11)
})

test.each([[{}], [[]], [null], [[{ items: [] }]], [playRounds(1)], [{ items: [1], configs: [], next_cursor: null }]])(
  '%j is no export',
  (content) => {
    expect(pagesIn(content)).toBeUndefined()
  },
)
