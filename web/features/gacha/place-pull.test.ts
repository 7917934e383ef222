import { expect, test } from 'vitest'
import type { GachaPull } from '#server-link/api.types.ts'
import { roundOf } from './place-pull.ts'

const item = (drawn: GachaPull['items'][number]['drawn'], by_pity = false): GachaPull['items'][number] => {
  const rarity = drawn === 'near_miss_legendary' ? 'epic' : drawn === 'near_miss_epic' ? 'rare' : drawn
  return {
    item_id: 'x',
    name: 'X',
    rarity: by_pity ? 'epic' : rarity,
    drawn,
    by_pity,
    animation_type: 'normal',
    is_new: true,
    duplicate_tokens: null,
  }
}
const pull = (items: GachaPull['items'], pull_count = items.length): GachaPull => ({
  round_id: 7,
  request_id: '3f0c8f2e-6a0e-4c39-9f0e-1f7b0e7c2a11',
  items,
  rare_item_count: 0,
  ultra_rare_item_count: 0,
  pull_count,
  animation_type: 'normal',
  price_tokens: 50,
  duplicate_tokens: 0,
  balance: 150,
  psychological_message: 'situation',
  message: 'summary',
  special_animation: null,
  currency_balance: { tokens: 150, gems: 0 },
  played_at: '2026-11-23T09:00:00.000Z',
})

test.each([
  ['common', false, null],
  ['legendary', false, null],
  ['near_miss_epic', false, 'epic'],
  ['near_miss_legendary', false, 'legendary'],
  // Lifted by the guarantee: what it had looked like no longer matters.
  ['near_miss_epic', true, null],
] as const)('%s, by pity %s, looks like %s', (drawn, byPity, looksLike) => {
  expect(roundOf(pull([item(drawn, byPity)]))?.prizes[0]?.looksLike).toBe(looksLike)
})

test('an answer that makes no sense is no answer', () => {
  expect(roundOf(pull([item('common')]))).toMatchObject({ roundId: '7', count: 1, balance: 150 })
  expect(roundOf(pull([item('common'), item('rare')]))).toBeNull()
  expect(roundOf(pull([item('common')], 10))).toBeNull()
})
