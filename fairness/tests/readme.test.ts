import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { configHash } from '../src/canonical.ts'
import { defaultGacha } from '../src/gacha.default.ts'
import { newGachaState, pullMany } from '../src/gacha.rules.ts'
import { portableHmacSha256 } from '../src/hmac-sha256.ts'
import { defaultSlot } from '../src/slot.default.ts'
import { playSlot } from '../src/slot.rules.ts'
import { commitmentOf, drawsForRound, messageOfBlock } from '../src/stream.ts'

/** Somebody may build a verifier from the README alone, so what it prints is tested like code. */
const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8').replaceAll(/\s+/g, ' ')
const serverSeed = Uint8Array.from({ length: 32 }, (_, index) => index)
const round = (nonce: number) => drawsForRound({ serverSeed, clientSeed: 'neon-night', nonce })

test('the stream’s vectors', () => {
  expect(readme).toContain(`commitment ${commitmentOf(serverSeed)}`)
  for (const block of [0, 1]) {
    const message = messageOfBlock({ clientSeed: 'neon-night', nonce: 7 }, block)
    const hex = Buffer.from(portableHmacSha256(serverSeed, message)).toString('hex')
    expect(readme).toContain(`block ${block} ${hex} of ${message}`)
  }
  const [, bounds = '', numbers = ''] = /bounds ([\d ]+) numbers ([\d ]+)/.exec(readme) ?? []
  const draws = round(7)
  expect(
    bounds
      .trim()
      .split(' ')
      .map((bound) => draws.below(Number(bound)))
      .join(' '),
  ).toBe(numbers.trim())
  expect(bounds.trim().split(' ')).toHaveLength(11)
})

test('the slot’s vector', () => {
  const outcome = playSlot(defaultSlot, { streak: 4 }, 100n, round(7))
  expect(readme).toContain(configHash(defaultSlot))
  expect(readme).toContain(
    `${outcome.reels.join(' ')}, an adjacent pair of cherries, pay ${outcome.payHundredths}, ` +
      `bonus ${outcome.streakBonusPercent}, variation ${outcome.variationPermille}, win ${outcome.win} ` +
      `(131.9328 rounded down), streak ${outcome.streakAfter}.`,
  )
})

test('the gacha’s vector', () => {
  const stock = new Map([
    ['first-dawn', 100],
    ['crystal-moon', 1_000],
  ])
  const { pulls, stateAfter } = pullMany(defaultGacha, newGachaState(defaultGacha), stock, 10, round(8))
  const list = pulls.map(({ item, drawn }) => (drawn.startsWith('near_miss') ? `${item} (${drawn})` : item)).join(', ')
  expect(readme).toContain(configHash(defaultGacha))
  expect(readme).toContain(
    `${list}; afterwards misses ${stateAfter.misses}, since_epic ${stateAfter.sinceEpic}, ` +
      `since_legendary ${stateAfter.sinceLegendary}.`,
  )
})
