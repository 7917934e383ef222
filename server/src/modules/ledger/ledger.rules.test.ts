import { describe, expect, test } from 'vitest'
import { LARGEST_AMOUNT } from '#vocabulary/amount.ts'
import { apply, type Posting, type Wallet } from './ledger.rules.ts'

const wallet = (balance: bigint): Wallet => ({
  id: 1000n,
  playerId: 1n,
  asset: 'token',
  balanceBefore: balance,
  entriesBefore: 7n,
  balance,
  entries: 7n,
})
const stake = (amount: bigint): Posting => ({ from: 'player', to: 'slot', asset: 'token', amount })
const payout = (amount: bigint): Posting => ({ from: 'slot', to: 'player', asset: 'token', amount })

describe('a transfer is done whole', () => {
  test.each([
    // held  postings                      held after  entries after
    [100n, [stake(10n)], 90n, 8n],
    [100n, [stake(100n)], 0n, 8n],
    [100n, [stake(10n), payout(25n)], 115n, 9n],
    [0n, [payout(5n)], 5n, 8n],
    // The payout comes after the stake, so it cannot pay for it.
    [0n, [payout(5n), stake(5n)], 0n, 9n],
  ] as const)('from %i', (held, postings, after, entries) => {
    const it = wallet(held)
    expect(apply(postings, () => it)).toMatchObject({ entries: expect.any(Array) })
    expect(it).toMatchObject({ balance: after, entries })
  })
})

describe('or not at all', () => {
  test.each([
    [9n, [stake(10n)], { asset: 'token', balance: 9n, needed: 10n }],
    [10n, [stake(10n), stake(1n)], { asset: 'token', balance: 0n, needed: 1n }],
    [5n, [stake(10n), payout(20n)], { asset: 'token', balance: 5n, needed: 10n }],
  ] as const)('from %i', (held, postings, missing) => {
    const it = wallet(held)
    expect(apply(postings, () => it)).toEqual({ missing })
    expect(it).toEqual(wallet(held))
  })
})

test('entries carry running numbers and balances, from the wallet to the till and back', () => {
  const it = wallet(100n)
  expect(apply([stake(10n), payout(25n)], () => it)).toEqual({
    entries: [
      { from: 1000n, to: 3n, amount: 10n, number: 8n, balanceAfter: 90n },
      { from: 3n, to: 1000n, amount: 25n, number: 9n, balanceAfter: 115n },
    ],
  })
})

test.each([0n, -1n])('a posting of %i is a bug', (amount) => {
  expect(() => apply([stake(amount)], () => wallet(100n))).toThrow('a posting moves')
})

test('no wallet holds more than JSON carries exactly', () => {
  expect(() => apply([payout(1n)], () => wallet(LARGEST_AMOUNT))).toThrow('more than JSON carries')
  expect(() => apply([payout(1n)], () => wallet(LARGEST_AMOUNT - 1n))).not.toThrow()
})

test('a till that holds no gems pays none', () => {
  expect(() => apply([{ from: 'slot', to: 'player', asset: 'gem', amount: 1n }], () => wallet(0n))).toThrow(
    'holds no gem',
  )
})
