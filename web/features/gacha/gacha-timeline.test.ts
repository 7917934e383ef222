import { expect, test } from 'vitest'
import { rarities } from './gacha-scene.model.ts'
import { tunes } from './gacha-sound.ts'
import { holdMs, ladder, planReveal } from './gacha-timeline.ts'

test.each([
  ['common', null, ['common']],
  ['rare', null, ['common', 'rare']],
  ['epic', null, ['common', 'rare', 'epic']],
  ['legendary', null, ['common', 'rare', 'epic', 'legendary']],
  ['rare', 'epic', ['common', 'rare', 'epic*']],
  ['epic', 'legendary', ['common', 'rare', 'epic', 'legendary*']],
] as const)('%s that looks like %s climbs %j', (rarity, looksLike, marks) => {
  const { steps } = planReveal({ rarity, looksLike }, false)
  expect(steps.map((step) => `${step.rarity}${step.stays ? '' : '*'}`)).toEqual(marks)
})

test('the capsule opens after the last mark has come to rest, and the card is read before the next one comes', () => {
  for (const rarity of rarities) {
    for (const looksLike of [null, 'legendary'] as const) {
      const { steps, opensAtMs, shownAtMs, endsAtMs } = planReveal({ rarity, looksLike }, false)
      expect(opensAtMs).toBeGreaterThanOrEqual((steps.at(-1)?.atMs ?? 0) + 190)
      expect(shownAtMs).toBeGreaterThan(opensAtMs)
      expect(endsAtMs - shownAtMs).toBe(holdMs[rarity])
    }
  }
})

test('ten of the most usual take no longer than twenty seconds, and every one can be skipped', () => {
  const usual = ['common', 'common', 'common', 'common', 'common', 'common', 'rare', 'rare', 'rare', 'epic'] as const
  const total = usual.reduce((sum, rarity) => sum + planReveal({ rarity, looksLike: null }, false).endsAtMs, 0)
  expect(total).toBeLessThan(20_000)
})

test('the marks climb from the least to the best, and no sound is long or loud', () => {
  expect(ladder.toReversed()).toEqual(rarities)
  for (const tune of Object.values(tunes)) {
    for (const { atMs, lengthMs, loudness } of tune) {
      expect(atMs + lengthMs).toBeLessThanOrEqual(2_500)
      expect(loudness).toBeLessThanOrEqual(0.5)
    }
  }
})
