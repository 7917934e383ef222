import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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

test('every reason the books know has words of its own', () => {
  const table =
    readFileSync(join(import.meta.dirname, '../../../docs/money.md'), 'utf8').split('| transfer reason |')[1] ?? ''
  const shown = [...table.matchAll(/^\| `[a-z_.]+` \| (.+?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([a-z_]+\.[a-z_]+)`/g)].map(([, reason = '']) => reason),
  )
  expect(shown).toContain('gacha.payout')
  expect(shown.filter((reason) => reasonText(reason) === 'wallet.reason.other')).toEqual([])
})

test('what a round moved leads to its round, anything else leads nowhere', () => {
  expect(roundOf({ reason: 'slot.payout', transfer_id: 7 })).toBe(7)
  expect(roundOf({ reason: 'gacha.stake', transfer_id: 9 })).toBe(9)
  expect(roundOf({ reason: 'accounts.start_balance', transfer_id: 8 })).toBeNull()
})
