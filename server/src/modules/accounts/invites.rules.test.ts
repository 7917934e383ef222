import { expect, test } from 'vitest'
import { codeFrom, foldedCode, type Invite, inviteProblem, remainingUses } from './invites.rules.ts'

const now = new Date('2026-11-23T03:00:00Z')
const before = new Date(now.getTime() - 1)
const later = new Date(now.getTime() + 1)
const open: Invite = {
  id: 1n,
  code: '7K2M-Q9TX-0B4F-WZ6N',
  is_drawn: true,
  campaign: null,
  rank: 'STANDARD',
  max_uses: 3,
  uses: 2,
  expires_at: null,
  disabled_at: null,
  created_at: before,
}

test.each([
  [open, null],
  [undefined, 'unknown'],
  [{ ...open, uses: 3 }, 'used_up'],
  [{ ...open, max_uses: null, uses: 1_000_000 }, null],
  [{ ...open, expires_at: later }, null],
  [{ ...open, expires_at: now }, 'expired'],
  [{ ...open, disabled_at: before, expires_at: before, uses: 3 }, 'disabled'],
  [{ ...open, expires_at: before, uses: 3 }, 'expired'],
] as const)('%#: $1', (invite, problem) => {
  expect(inviteProblem(invite, now, false)).toBe(problem)
})

test('a code that somebody chose lets nobody in in production', () => {
  expect(inviteProblem({ ...open, is_drawn: false }, now, false)).toBeNull()
  expect(inviteProblem({ ...open, is_drawn: false }, now, true)).toBe('unknown')
})

test('remaining uses', () => {
  expect(remainingUses({ max_uses: null, uses: 7 })).toBeNull()
  expect(remainingUses({ max_uses: 7, uses: 7 })).toBe(0)
})

test('a code carries all its 80 bits, and can be typed carelessly', () => {
  expect(codeFrom(new Uint8Array(10))).toBe('0000-0000-0000-0000')
  expect(codeFrom(new Uint8Array(10).fill(255))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ')
  const codes = new Set(Array.from({ length: 80 }, (_, bit) => codeFrom(oneBit(bit))))
  expect(codes.size).toBe(80)
  expect(foldedCode(' 7k2m q9tx-ob4f wz6n ')).toBe('7K2MQ9TX0B4FWZ6N')
  expect(foldedCode('Il')).toBe('11')
})

function oneBit(bit: number): Uint8Array {
  const bytes = new Uint8Array(10)
  bytes[bit >> 3] = 128 >> (bit & 7)
  return bytes
}
