import { expect, test } from 'vitest'
import { logInAs, newcomer, newSiteId } from '#tests/at-the-door.ts'
import { handClock, openTestHouse } from '#tests/house.ts'
import { DAY } from '#vocabulary/clock.ts'
import { newAddress } from './promises/door.ts'

/*
 * Whether an account exists cannot be told from how long a refusal takes. The two kinds of attempt are made in turns,
 * so that a busy machine slows down both; a two-sample test (Mann–Whitney, which asks for no shape of the
 * distribution) then says how likely such a difference is by chance.
 *
 * A red result counts only when two further rounds with fresh samples agree: with p > 0.01 asked for each time, one
 * run in a million is red for nothing. With nobody’s password not hashed (`hash-password.ts`) p was below 1e-26 in each
 * round. TIMING_SAMPLES=500 npm test -- timing is the long run.
 */

/** Of what takes as long as a password hash; of the rest there are always 500. */
const HASHED = Number(process.env['TIMING_SAMPLES'] ?? 100)
const UNHASHED = 500
const LEAST_P = 0.01
const ROUNDS = 3

const clock = handClock()
// Passwords cost what they cost in production: at the price of the other tests, noise would hide a missing hash.
const house = await openTestHouse({ clock, settings: { NODE_ENV: 'development' } })

type Attempt = () => Promise<number>

async function millisecondsOf(attempt: Attempt, status: number): Promise<number> {
  const startedAt = performance.now()
  const answered = await attempt()
  const took = performance.now() - startedAt
  expect(answered).toBe(status)
  return took
}

async function sample(count: number, one: Attempt, other: Attempt, status: number): Promise<[number[], number[]]> {
  const samples: [number[], number[]] = [[], []]
  for (let at = 0; at < count; at++)
    // Who goes first changes, too: the second may find a cache warm.
    for (const which of at % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const))
      samples[which].push(await millisecondsOf(which === 0 ? one : other, status))
  return samples
}

/** The chance of ranks this far apart, or further, when both come from one distribution (two-sided). */
function mannWhitney(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((value) => ({ value, isOne: true })), ...other.map((value) => ({ value, isOne: false }))]
  all.sort((a, b) => a.value - b.value)
  const ranks = all.reduce((sum, { isOne }, at) => sum + (isOne ? at + 1 : 0), 0)
  const [n, m] = [one.length, other.length]
  const u = ranks - (n * (n + 1)) / 2
  return twoSided((u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12))
}

/** Of a standard normal (Abramowitz and Stegun 7.1.26: right to 1.5e-7). */
function twoSided(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return polynomial * Math.exp(-x * x)
}

async function expectAlike(count: number, make: () => Promise<[Attempt, Attempt]>, status: number): Promise<void> {
  const found: number[] = []
  while (found.length < ROUNDS && found.every((p) => p <= LEAST_P)) {
    const [one, other] = await make()
    for (let at = 0; at < 5; at++) await Promise.all([one(), other()])
    found.push(mannWhitney(...(await sample(count, one, other, status))))
    clock.turn(DAY)
  }
  expect(Math.max(...found), `p of each round: ${found.join(', ')}`).toBeGreaterThan(LEAST_P)
}

test('the two-sample test sees a tenth of a millisecond in one, and nothing in nothing', () => {
  const noisy = (extra: number) => Array.from({ length: UNHASHED }, (_, at) => 1 + extra + ((at * 7_919) % 500) / 1_000)
  expect(mannWhitney(noisy(0), noisy(0.1))).toBeLessThan(1e-9)
  expect(mannWhitney(noisy(0), noisy(0))).toBeGreaterThan(0.9)
})

test('an unknown account and a wrong password take alike', async () => {
  await expectAlike(
    HASHED,
    async () => {
      // Each is guessed at less often than an account lets strangers guess.
      const known = await Promise.all(Array.from({ length: 10 }, async () => (await newcomer(house)).siteId))
      const unknown = known.map(() => newSiteId())
      const guess = (names: readonly string[]): Attempt => {
        let at = 0
        return async () =>
          (await logInAs(house, names[at++ % names.length] ?? '', 'not this one', { from: newAddress() })).status
      }
      return [guess(known), guess(unknown)]
    },
    401,
  )
}, 300_000)

test('a locked account and a name that nobody has, locked, take alike', async () => {
  await expectAlike(
    UNHASHED,
    async () => {
      const names = [(await newcomer(house)).siteId, newSiteId()] as const
      const from = newAddress()
      for (const name of names)
        for (let guess = 0; guess < 5; guess++) await logInAs(house, name, 'not this one', { from })
      const [one, other] = names.map(
        (name): Attempt =>
          async () =>
            (await logInAs(house, name, 'no', { from })).status,
      )
      return [one as Attempt, other as Attempt]
    },
    429,
  )
}, 300_000)
