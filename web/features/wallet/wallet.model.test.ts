import { expect, test } from 'vitest'
import type { WalletEntry } from '#server-link/api.types.ts'
import { byDay, reasonText, roundOf } from './wallet.model.ts'

const entry = (id: number, occurredAt: string): WalletEntry => ({
  entry_id: id,
  transfer_id: id,
  asset: 'token',
  amount: -10,
  balance_after: 190,
  reason: 'slot.stake',
  occurred_at: occurredAt,
})

test('entries are grouped by Seoul day and keep their order', () => {
  const days = byDay([
    entry(3, '2026-11-23T15:10:00Z'),
    entry(2, '2026-11-23T14:50:00Z'),
    entry(1, '2026-11-22T20:00:00Z'),
  ])
  expect(days.map(({ day, entries }) => [day, entries.map((each) => each.entry_id)])).toEqual([
    ['2026-11-24', [3]],
    ['2026-11-23', [2, 1]],
  ])
})

test('a reason that is newer than the page still has words', () => {
  expect(reasonText('slot.payout')).toBe('wallet.reason.slot_payout')
  expect(reasonText('fortune.wheel')).toBe('wallet.reason.other')
})

test('what a round moved leads to its round, anything else leads nowhere', () => {
  expect(roundOf({ reason: 'slot.payout', transfer_id: 7 })).toBe(7)
  expect(roundOf({ reason: 'accounts.start_balance', transfer_id: 8 })).toBeNull()
})
