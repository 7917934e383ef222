import { hash, parseOptions, verify } from '@node-rs/argon2'
import type { Config } from '#server/config.ts'
import { tooBusy } from './contract.ts'
import { normalisePassword } from './passwords.rules.ts'

/*
 * argon2id: 19 MiB, two passes, one lane (OWASP ASVS 5.0, appendix C). Only `PASSWORD_HASHES_AT_ONCE` are
 * computed at a time, which bounds memory and leaves processors to play; a bounded queue waits behind them,
 * and beyond it a login is refused rather than the house brought to a stop.
 */

type Cost = { readonly memoryCost: number; readonly timeCost: number; readonly parallelism: number }

const COST: Cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** With `NODE_ENV=test` only: hundreds of players are made there. Development and production pay in full. */
const TEST_COST: Cost = { memoryCost: 256, timeCost: 1, parallelism: 1 }

/** Per hash at work: at about 25 ms each, nobody in the queue waits longer than about three seconds. */
const QUEUE_PER_LANE = 128

/** @throws Refusal `credentials.too_busy` */
export async function hashPassword(config: Config, password: string): Promise<string> {
  return turnOf(config).take(() => hash(normalisePassword(password), costOf(config)))
}

export type PasswordCheck = { readonly isRight: boolean; readonly needsRehash: boolean }

/**
 * Compares a password with a stored hash; with none, it compares with one that nobody knows the password
 * of, so that an unknown account takes as long as a known one.
 *
 * @throws Refusal `credentials.too_busy`
 */
export async function checkPassword(config: Config, stored: string | null, password: string): Promise<PasswordCheck> {
  const cost = costOf(config)
  const isRight = await turnOf(config).take(async () =>
    verify(stored ?? (await nobodysHash(config)), normalisePassword(password)),
  )
  if (stored === null) return { isRight: false, needsRehash: false }
  return { isRight, needsRehash: isCheaper(stored, cost) }
}

function isCheaper(stored: string, cost: Cost): boolean {
  const made = parseOptions(stored)
  return made.memoryCost < cost.memoryCost || made.timeCost < cost.timeCost
}

function costOf(config: Config): Cost {
  return config.NODE_ENV === 'test' ? TEST_COST : COST
}

const nobodys = new WeakMap<Config, Promise<string>>()

function nobodysHash(config: Config): Promise<string> {
  const known = nobodys.get(config)
  if (known) return known
  const made = hash(crypto.randomUUID(), costOf(config))
  nobodys.set(config, made)
  return made
}

/** Some at a time, a few in line, no more. */
export class Turns {
  readonly #atOnce: number
  readonly #longestLine: number
  readonly #line: (() => void)[] = []
  #working = 0

  constructor(atOnce: number, longestLine: number) {
    this.#atOnce = atOnce
    this.#longestLine = longestLine
  }

  /** @throws Refusal `credentials.too_busy` when the line is full. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#working < this.#atOnce) this.#working++
    else if (this.#line.length >= this.#longestLine) throw tooBusy.with({ retry_after_seconds: 2 })
    // Who leaves hands the place over, so that nobody slips in between.
    else await new Promise<void>((resolve) => this.#line.push(resolve))
    try {
      return await work()
    } finally {
      const next = this.#line.shift()
      if (next) next()
      else this.#working--
    }
  }
}

const turns = new WeakMap<Config, Turns>()

function turnOf(config: Config): Turns {
  const known = turns.get(config)
  if (known) return known
  const made = new Turns(config.PASSWORD_HASHES_AT_ONCE, config.PASSWORD_HASHES_AT_ONCE * QUEUE_PER_LANE)
  turns.set(config, made)
  return made
}
