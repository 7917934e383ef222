import { expect, test } from 'vitest'
import { playRounds } from '../tests/rounds.ts'
import { verifyReceipt } from './verify-receipt.ts'

const [tenPulls, spin] = [playRounds(4)[3], playRounds(2)[1]]

test('a spin step by step: what was hashed, what was drawn, what agrees', () => {
  const { verdict, steps, blocks, draws } = verifyReceipt(spin)
  expect(verdict).toBe('verified')
  expect(steps.map(({ step, ok }) => `${step} ${ok}`)).toEqual([
    'shape true',
    'receipt_hash true',
    'config true',
    'commitment true',
    'draws true',
    'outcome true',
    'win true',
    'state_after true',
  ])
  expect(blocks.map((block) => block.message)).toEqual(['player:1:0'])
  expect(blocks[0]?.hex).toMatch(/^[0-9a-f]{64}$/)
  expect(draws).toEqual(spin?.draws)
})

test('ten pulls take several blocks of the same round', () => {
  const { verdict, blocks } = verifyReceipt(tenPulls)
  expect(verdict).toBe('verified')
  expect(blocks.map((block) => block.message)).toEqual(['player:3:0', 'player:3:1', 'player:3:2'])
})

test('before the seed is revealed only the rest is checked, and the verdict says so', () => {
  const { verdict, steps } = verifyReceipt({ ...spin, server_seed: null })
  expect(verdict).toBe('not_revealed')
  expect(steps.at(-1)?.what).toBe('The server seed is not revealed yet')
  expect(verifyReceipt({ ...spin, server_seed: null, client_seed: 'x' }).verdict).toBe('wrong')
})

test('the configuration may be handed over apart', () => {
  const without = { ...spin, config: null }
  expect(verifyReceipt(without, { config: spin?.config }).verdict).toBe('verified')
  expect(verifyReceipt(without).steps.find((step) => !step.ok)).toMatchObject({
    step: 'config',
    what: 'The configuration is neither in the receipt nor given with it',
  })
})

test('a changed win names the step and both amounts', () => {
  const honest = spin?.win ?? 0
  const { verdict, steps } = verifyReceipt({ ...spin, win: honest + 1 })
  expect(verdict).toBe('wrong')
  expect(steps.filter((step) => !step.ok).map((step) => step.step)).toEqual(['receipt_hash', 'win'])
  expect(steps.find((step) => step.step === 'win')).toMatchObject({ expected: `${honest}`, found: `${honest + 1}` })
})

/** Deeper than it can be written out again: reading it needs no stack. */
const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)

test.each([
  [{ ...spin, nonce: deep }, 'receipt.nonce: must be a whole number from 0 to 9007199254740991, is […]'],
  [{ ...spin, stake: { of: deep } }, 'receipt.stake: must be a whole number from 0 to 9007199254740991, is {…}'],
  [null, 'receipt: must be an object, is null'],
  ['text', 'receipt: must be an object, is "text"'],
  [[], 'receipt: must be an object, is []'],
  [{ ...spin, game: 'roulette' }, 'receipt.game: must be "slot", is "roulette"'],
  [{ ...spin, nonce: 1.5 }, 'receipt.nonce: must be a whole number from 0 to 9007199254740991, is 1.5'],
  [{ ...spin, luck: true }, 'receipt.luck: is not part of this document'],
])('anything may come in and nothing is thrown: case %#', (receipt, reason) => {
  const { verdict, steps } = verifyReceipt(receipt)
  expect(verdict).toBe('wrong')
  expect(steps).toHaveLength(1)
  expect(steps[0]?.found).toContain(reason)
})
