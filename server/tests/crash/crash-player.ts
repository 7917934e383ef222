import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Dice } from '#tests/crash/dice.ts'
import { ask, type HttpAsk } from '#tests/crash/http-client.ts'
import type { Deed, Journal, Word } from '#tests/crash/journal.ts'
import { canonical, type Json, numberAt, textAt } from '#tests/crash/json.ts'

/** What one sending came to. */
export type Answered = { readonly word: Word; readonly status: number; readonly answer: Json }

/** What the driver shares among its players. */
export type Driver = {
  readonly journal: Journal
  /** Lets in as many as like. */
  readonly inviteCode: string
  /** The ports of the server processes: any of them will do, at any time. */
  readonly ports: readonly number[]
  readonly nextDeed: () => number
  readonly fault: (what: string) => void
  readonly count: (what: string) => void
  /** Nobody waits for an answer any longer: the run has failed, or has been called off. */
  readonly isOver: () => boolean
}

/** Hears what a deed came to. `isLate`: others of the same player's may have come between. */
export type Learn = (answered: Answered, isLate: boolean) => void

/** Somebody who has just signed up. */
export type Newcomer = {
  readonly id: bigint
  readonly siteId: string
  readonly password: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly balance: number
}

/** How long somebody asks again before the house counts as gone for good. */
const MOST_PATIENCE_MS = 180_000
const MOST_UNKNOWN = 3

export const LOG_IN = 'login'
/** So often who has a home, and is no regular, comes there. Else home remembers what is no longer so. */
const AT_HOME_PERCENT = 97

/**
 * Somebody who plays, one thing after the other, and remembers what the house said. All that is asked goes
 * through here, so it is in the journal, and what stays unknown is asked again with the same id.
 */
export class CrashPlayer {
  readonly id: bigint
  readonly siteId: string
  readonly password: string
  readonly dice: Dice
  readonly driver: Driver
  #token: string
  refreshToken: string
  /** Deeds whose answers are not known yet, put off while the player goes on with something else. */
  readonly #unknown: { deed: Deed; sends: number; learn: Learn }[] = []

  /** Logins whose answer was not waited for. One that arrives late takes the place of the session after it. */
  #lostLogins = 0
  #isThrownOut = false

  /** The server that remembers this player; three of four have one, and the others come to any. */
  readonly #home: number | undefined
  /** Regulars are always at home, and do little but spin. */
  readonly isRegular: boolean

  /** The newest round there is an answer for. */
  lastRound: Json | undefined
  /** What the house should say the balance is. Only certain while nothing is unknown. */
  balance: number
  spins = 0
  /** Spins that were answered, oldest first: to be asked for again. */
  readonly answered: { deed: Deed; answer: Json; word: Word }[] = []

  constructor(driver: Driver, who: Newcomer, dice: Dice) {
    this.driver = driver
    this.id = who.id
    this.siteId = who.siteId
    this.password = who.password
    this.#token = who.accessToken
    this.refreshToken = who.refreshToken
    this.balance = who.balance
    this.dice = dice
    this.#home = dice.chance(75) ? dice.below(1_000) : undefined
    this.isRegular = this.#home !== undefined && dice.chance(50)
  }

  get accessToken(): string {
    return this.#token
  }

  /** Goes on with the tokens of a login, a sign-up or a refresh. */
  enterWith(tokens: Json): void {
    this.#token = textAt(tokens, 'access_token')
    this.refreshToken = textAt(tokens, 'refresh_token')
  }

  /** Everything asked so far has an answer: reads can be held against what is known. */
  get isCertain(): boolean {
    return this.#unknown.length === 0
  }

  fault(what: string): void {
    this.driver.fault(`player ${this.id}: ${what}`)
  }

  /** Writes down something to be asked. `id`: that of an earlier deed, to ask under it again. */
  async plan(act: string, asked: Pick<Deed, 'method' | 'path' | 'body'>, id: string = randomUUID()): Promise<Deed> {
    const deed = { number: this.driver.nextDeed(), act, player: String(this.id), id, ...asked }
    await this.driver.journal.write({ word: 'asked', deed })
    return deed
  }

  /**
   * Sends a deed until its answer is known. With some chance an unknown one is put off instead, so that other
   * deeds come between: `learn` then hears the answer later.
   */
  async settle(deed: Deed, learn: Learn): Promise<void> {
    const first = await this.send(deed, 1)
    if (first.word !== 'unknown') return learn(first, false)
    if (this.#unknown.length < MOST_UNKNOWN && this.dice.chance(40)) {
      this.#unknown.push({ deed, sends: 1, learn })
      return
    }
    learn(await this.#sendAgain(deed, 1), false)
  }

  /** Sends a deed until its answer is known, before anything else is done. `sends`: how often that took. */
  async settleNow(deed: Deed): Promise<Answered & { readonly sends: number }> {
    const first = await this.send(deed, 1)
    return first.word === 'unknown' ? this.#sendAgain(deed, 1) : { ...first, sends: 1 }
  }

  /** Two sendings of one deed at the same moment. What both say must be the same. */
  async settleTwice(deed: Deed, learn: Learn): Promise<void> {
    const both = await Promise.all([this.send(deed, 1), this.send(deed, 2)])
    const known = both.filter((each) => each.word !== 'unknown')
    const [one, other] = known
    if (one && other && !sameAnswer(one, other))
      this.fault(`one id, sent twice at once, got two answers: ${canonical(one)} and ${canonical(other)}`)
    learn(one ?? (await this.#sendAgain(deed, 2)), false)
  }

  /** Finds out about some of what is unknown, or (`all`) about everything. */
  async catchUp(all = false): Promise<void> {
    while (this.#unknown.length > 0 && (all || this.dice.chance(50))) {
      const next = this.#unknown.shift()
      if (next) next.learn(await this.#sendAgain(next.deed, next.sends), true)
    }
  }

  /** Sends a deed once more, whatever is known of it. */
  async send(deed: Deed, send: number): Promise<Answered> {
    if (this.#isThrownOut && deed.path.startsWith('/api/') && !deed.path.startsWith('/api/auth/')) await this.logIn()
    const { journal, count } = this.driver
    await journal.write({ word: 'sent', number: deed.number, send })
    const isImpatient = this.dice.chance(2)
    const reply = await this.#ask({
      method: deed.method,
      path: deed.path,
      ...(deed.id === '' ? {} : { idempotencyKey: deed.id }),
      ...(deed.body === null ? {} : { body: deed.body }),
      ...(isImpatient ? { hangUpAfterMs: this.dice.between(1, 12) } : {}),
    })
    const answered: Answered =
      'lost' in reply
        ? { word: 'unknown', status: 0, answer: { lost: reply.lost } }
        : reply.status >= 500 || this.#isOverrun(deed.path, reply.status, reply.body)
          ? { word: 'unknown', status: reply.status, answer: reply.body }
          : { word: reply.status < 300 ? 'ok' : 'refused', status: reply.status, answer: reply.body }
    await journal.write({ ...answered, number: deed.number, send })
    count(answered.word)
    // 503 says: ask again. Anything else from 500 on says that we were wrong.
    if (deed.act === LOG_IN && answered.word === 'unknown') this.#lostLogins++
    if (answered.status >= 500 && answered.status !== 503)
      this.fault(`${deed.act} was answered with ${answered.status} ${canonical(answered.answer)}`)
    return answered
  }

  /** Reads something, or nothing when the house is away just now. */
  async read(path: string, token = this.#token): Promise<Json | undefined> {
    const reply = await ask(this.dice.pick(this.driver.ports), { method: 'GET', path, token })
    if ('lost' in reply || reply.status === 503 || this.#isOverrun(path, reply.status, reply.body)) return undefined
    this.driver.count('read')
    if (reply.status === 200) return reply.body
    this.fault(`GET ${path} was answered with ${reply.status} ${canonical(reply.body)}`)
    return undefined
  }

  /** Comes in with the password, and does not rest before that has worked. False: the run is over. */
  async logIn(): Promise<boolean> {
    this.#isThrownOut = false
    const tokens = await this.logInAs(this.siteId, this.password)
    if (tokens) this.enterWith(tokens)
    return tokens !== undefined
  }

  async logInAs(siteId: string, password: string): Promise<Json | undefined> {
    for (;;) {
      const body = { site_id: siteId, password }
      const deed = await this.plan(LOG_IN, { method: 'POST', path: '/api/auth/login', body }, '')
      const { word, answer } = await this.settleNow(deed)
      if (word === 'ok') return answer
      if (word === 'unknown') return undefined
      if (codeOf(answer) === 'credentials.too_busy') continue
      this.fault(`the right password was refused: ${canonical(answer)}`)
      return undefined
    }
  }

  /** What is asked at the door itself hears so, and is an answer: there is nothing to be asked again. */
  #isOverrun(path: string, status: number, body: Json): boolean {
    const isAtTheDoor = path.startsWith('/api/auth/')
    const isOver =
      status === 401 && !isAtTheDoor && this.#lostLogins > 0 && textAt(body, 'reason') === 'signed_in_elsewhere'
    if (isOver) {
      this.#isThrownOut = true
      this.driver.count('overtaken')
    }
    return isOver
  }

  /**
   * What every server process says to an access token, whoever's it is; nothing where one is away. It is asked for
   * something to read, and for a round, whose engine looks at sessions by itself.
   */
  async tryToken(token: string): Promise<{ status: number; body: Json }[]> {
    const spin = { method: 'POST', path: '/api/games/slot/spin', body: { bet_amount: 10 } } as const
    const replies = await Promise.all(
      this.driver.ports.flatMap((port) => [
        ask(port, { method: 'GET', path: '/api/auth/me', token }),
        ask(port, { ...spin, token, idempotencyKey: randomUUID() }),
      ]),
    )
    return replies.flatMap((reply) => ('lost' in reply || reply.status === 503 ? [] : [reply]))
  }

  async #ask(asked: HttpAsk) {
    const { ports } = this.driver
    const isAtHome = this.#home !== undefined && (this.isRegular || this.dice.chance(AT_HOME_PERCENT))
    const port = (isAtHome ? ports[(this.#home ?? 0) % ports.length] : undefined) ?? this.dice.pick(ports)
    return ask(port, { ...asked, token: this.#token })
  }

  async #sendAgain(deed: Deed, sendsBefore: number): Promise<Answered & { readonly sends: number }> {
    let sends = sendsBefore
    for (const end = Date.now() + MOST_PATIENCE_MS; Date.now() < end && !this.driver.isOver(); ) {
      // Soon at first, then less and less: knocking on a closed door takes the processor from whoever opens it.
      await wait(this.dice.between(5, Math.min(100 * sends, 800)))
      const answered = await this.send(deed, ++sends)
      if (answered.word !== 'unknown') return { ...answered, sends }
    }
    if (!this.driver.isOver()) this.fault(`${deed.act} ${deed.id} stayed unknown for ${MOST_PATIENCE_MS} ms`)
    return { word: 'unknown', status: 0, answer: {}, sends }
  }
}

/** Whether two answers say the same. A request id is of the request, not of the answer. */
export function sameAnswer(one: Pick<Answered, 'word' | 'answer'>, other: Pick<Answered, 'word' | 'answer'>): boolean {
  return one.word === other.word && canonical(withoutRequest(one)) === canonical(withoutRequest(other))
}

function withoutRequest({ word, answer }: Pick<Answered, 'word' | 'answer'>): Json {
  if (word !== 'refused') return answer
  const { request_id: _, ...rest } = answer
  return rest
}

/** Remembers what a round came to. Of two answers the one with the greater round id is the newer. */
export function learnRound(player: CrashPlayer, answer: Json, game: 'slot' | 'gacha'): void {
  if (game === 'slot') player.spins++
  if (player.lastRound !== undefined && numberAt(player.lastRound, 'round_id') > numberAt(answer, 'round_id')) return
  player.lastRound = answer
  player.balance = numberAt(answer, 'balance')
}

export function codeOf(answer: Json): string {
  return textAt(answer, 'code')
}
