import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { configHash } from '../src/canonical.ts'
import { defaultGacha } from '../src/gacha.default.ts'
import { hmacSha256From } from '../src/hmac-sha256.ts'
import { defaultSlot } from '../src/slot.default.ts'
import { drawsForRound } from '../src/stream.ts'
import { eventfulGacha, playRounds } from './rounds.ts'
import { derivedByPython } from './run-second-implementation.ts'

const configs = Object.fromEntries([defaultSlot, defaultGacha, eventfulGacha].map((each) => [configHash(each), each]))

/** Draws below awkward bounds, where a wrong rejection rule would show. */
function awkwardDraws(rounds: number): { readonly values: readonly number[]; readonly bounds: readonly number[] }[] {
  const hmac = hmacSha256From((bytes) => hash('sha256', bytes, 'buffer'))
  const bounds = [1, 2, 3, 101, 1_000_000, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 3 * 2 ** 30, 2 ** 32 - 1, 2 ** 32]
  return Array.from({ length: rounds }, (_, nonce) => {
    const serverSeed = Uint8Array.from({ length: 32 }, (_, index) => (nonce * 31 + index * 7) % 256)
    const draws = drawsForRound({ serverSeed, clientSeed: `Player_${nonce}.x`, nonce }, hmac)
    return {
      server_seed: Buffer.from(serverSeed).toString('hex'),
      client_seed: `Player_${nonce}.x`,
      nonce,
      bounds,
      values: bounds.map((bound) => draws.below(bound)),
    }
  })
}

test('more than a hundred thousand draws: Python agrees on every number, outcome, state and hash', () => {
  const receipts = [...playRounds(9_000), ...playRounds(6_000, 'another', eventfulGacha)]
  expect(receipts.some((each) => each.game === 'gacha' && each.outcome.pulls.some((pull) => pull.by_pity))).toBe(true)
  const answer = derivedByPython(configs, receipts, awkwardDraws(2_000))
  expect(answer.disagreements).toEqual([])
  expect(answer.derived).toMatchObject({ configs: 3, receipts: 15_000 })
  expect(answer.derived.draws).toBeGreaterThan(100_000)
})

test('it can disagree: each planted change is reported, and nothing else', () => {
  const receipts = playRounds(12)
  const [first] = awkwardDraws(1)
  const changed = receipts.map((receipt, index) => (index === 4 ? { ...receipt, win: receipt.win + 1 } : receipt))
  const answer = derivedByPython(configs, changed, [{ ...first, values: first?.values.with(7, 5) }])
  expect(answer.disagreements.map((each) => each.where)).toEqual(['draws 0', 'receipt 4 win', 'receipt 4 receipt_hash'])
  expect(answer.disagreed).toBe(3)
})
