import { expect, test } from 'vitest'
import { checkReceipt, exampleReceipt } from './check-receipt.ts'
import { completed, fileNameOf, isClientSeed, randomClientSeed, readPasted, summaryOf } from './receipt.model.ts'

const example = exampleReceipt()

test("the example is the specification's own round, and it verifies", () => {
  const checked = checkReceipt(example)
  expect(checked.verdict).toBe('verified')
  expect(checked.meanings).toEqual([
    { decided: 'reel', reel: 1, symbol: 'lemon' },
    { decided: 'reel', reel: 2, symbol: 'cherry' },
    { decided: 'reel', reel: 3, symbol: 'cherry' },
    { decided: 'variation', permille: 1018 },
  ])
  expect(example.win).toBe(131)
})

test('a changed field is found, and a secret seed is no error', () => {
  expect(checkReceipt({ ...example, win: 132 }).verdict).toBe('wrong')
  expect(checkReceipt({ ...example, server_seed: null }).verdict).toBe('not_revealed')
})

test('anything at all can be summed up and checked without throwing', () => {
  for (const thing of [null, 3, 'text', [], {}, { format: 'casino-club-receipt-1', outcome: 7 }]) {
    expect(summaryOf(thing)).toMatchObject({ nonce: 0, reels: [], isRevealed: false })
    expect(checkReceipt(thing).verdict).toBe('wrong')
  }
})

test('a line about a round', () => {
  expect(summaryOf(example)).toEqual({
    nonce: 7,
    stake: 100,
    win: 131,
    reels: ['lemon', 'cherry', 'cherry'],
    pulls: 0,
    isRevealed: true,
  })
})

test('the table is put back in from the list', () => {
  const bare = { ...example, config: null }
  expect(completed(bare, [{ config_hash: example.config_hash, config: example.config ?? {} }])).toEqual(example)
  expect(completed(bare, [])).toEqual(bare)
})

test.each([
  ['  ', 'empty'],
  ['{', 'not_json'],
  ['[]', 'not_a_receipt'],
  ['{"win":1}', 'not_a_receipt'],
  ['{"format":"x"}', 'receipt'],
])('pasted %s is %s', (text, kind) => {
  expect(readPasted(text).kind).toBe(kind)
})

test('a receipt inside the reply it came in', () => {
  expect(readPasted(JSON.stringify({ round_id: 1, receipt: example }))).toEqual({ kind: 'receipt', receipt: example })
})

test('a client seed made here is one that the server takes', () => {
  expect(isClientSeed(randomClientSeed())).toBe(true)
  expect(new Set([...randomClientSeed(Uint8Array.from({ length: 32 }, (_, i) => i))]).size).toBe(32)
  expect(isClientSeed('')).toBe(false)
  expect(isClientSeed('한글')).toBe(false)
})

test('files are named by the round', () => {
  expect(fileNameOf(example)).toBe('casino-club-receipt-630dcd29-7.json')
})
