import type { KnownWallet } from '#modules/ledger/open-books.ts'
import type { KnownPair } from '#modules/seeds/open-seeds.ts'
import type { SessionRow } from '#modules/sessions/authenticate.ts'
import type { PlayState } from './rounds.rules.ts'

/** A player as this process found or left them: what a look would find, unless somebody else has been there since. */
export type KnownPlayer = {
  readonly wallet: KnownWallet
  readonly pair: KnownPair
  readonly states: ReadonlyMap<string, PlayState>
  /** The number of the last transfer; the next one's is higher. */
  readonly lastId: bigint
  /** The session of the last round; none for rounds that nobody had to sign in for. */
  readonly session: SessionRow | undefined
}

/** What a look has found, as far as it tells whether somebody else was there. */
export type Found = Pick<KnownWallet, 'balance' | 'entries'> &
  Pick<KnownPair, 'pairId' | 'nextNonce'> &
  Pick<PlayState, 'rounds'>

type Entry = {
  known: KnownPlayer
  /** The latest requests, newest last. */
  readonly requestIds: string[]
  /** How many looks in a row have to agree with what is known before a round goes by memory again. */
  looksLeft: number
  /** What `looksLeft` becomes when a look disagrees. Falls again when many rounds have gone well by memory. */
  looksAsked: number
  wentWell: number
  /** Known to be no longer so. The next look says nothing about the player then. */
  isStale: boolean
}

const REQUESTS_REMEMBERED = 4
const LOOKS_FACTOR = 8
/** So many rounds by memory for each look that was asked for, and the next disagreement asks for fewer. */
const ROUNDS_PER_LOOK = 8
const MOST_LOOKS = 4096

/**
 * Players whose next round may be decided without a look (decision 0046). Memory is never believed: whatever is decided
 * by it is checked by the statements that write it down.
 *
 * A player for whom memory is wrong makes a whole batch fail. So news of wallets is listened to (`forget`), and who plays
 * in several processes at once, or sends old requests again, is looked at for longer and longer before memory is tried.
 */
export class RememberedPlayers {
  readonly #most: number
  // Two generations: who was not looked at while the younger one filled up goes with the older one. Taking the oldest of
  // one map out, entry by entry, gets slow: a map keeps the places of those that are gone.
  #young = new Map<bigint, Entry>()
  #old = new Map<bigint, Entry>()

  /** @param most how many players at once; 0 remembers nobody. */
  constructor(most: number) {
    this.#most = most
  }

  get remembers(): boolean {
    return this.#most > 0
  }

  /** The player, when this request may be decided by memory. */
  recall(playerId: bigint, requestId: string): KnownPlayer | undefined {
    const entry = this.#entryOf(playerId)
    if (!entry || entry.isStale || entry.looksLeft > 0 || entry.requestIds.includes(requestId)) return undefined
    return entry.known
  }

  /** The states that are known of a player; the next `looked` or `played` adds to them. */
  statesOf(playerId: bigint): ReadonlyMap<string, PlayState> {
    return this.#entryOf(playerId)?.known.states ?? new Map()
  }

  /** A round went by memory, and is committed. */
  played(playerId: bigint, requestId: string, left: KnownPlayer): void {
    const entry = this.#entryOf(playerId)
    if (!entry) return
    entry.known = left
    entry.wentWell++
    if (entry.looksAsked > 1 && entry.wentWell >= ROUNDS_PER_LOOK * entry.looksAsked) {
      entry.looksAsked = Math.ceil(entry.looksAsked / LOOKS_FACTOR)
      entry.wentWell = 0
    }
    remember(entry, requestId)
  }

  /**
   * A player was looked at, and what came of it is committed.
   *
   * @param game whose state was looked at.
   * @param isRepeated the request had been answered before.
   */
  looked(
    playerId: bigint,
    requestId: string,
    game: string,
    found: Found,
    isRepeated: boolean,
    left: KnownPlayer,
  ): void {
    if (this.#most === 0) return
    const entry = this.#entryOf(playerId) ?? newEntry(left)
    if (entry.looksLeft > 0) {
      if (isRepeated || !(entry.isStale || agrees(entry.known, game, found))) {
        entry.looksAsked = Math.min(MOST_LOOKS, entry.looksAsked * LOOKS_FACTOR)
        entry.looksLeft = entry.looksAsked
        entry.wentWell = 0
      } else entry.looksLeft--
    }
    entry.isStale = false
    entry.known = left
    remember(entry, requestId)
    this.#young.set(playerId, entry)
    if (this.#young.size * 2 >= this.#most) {
      this.#old = this.#young
      this.#young = new Map()
    }
  }

  /** Something went wrong with these players' rounds: they have to be looked at before memory counts again. */
  doubt(playerIds: readonly bigint[]): void {
    for (const playerId of playerIds) {
      const entry = this.#entryOf(playerId)
      if (entry && entry.looksLeft === 0) entry.looksLeft = 1
    }
  }

  /** Something else than a round has changed what is known of this player. */
  forget(playerId: bigint): void {
    const entry = this.#entryOf(playerId)
    if (entry) entry.isStale = true
  }

  #entryOf(playerId: bigint): Entry | undefined {
    return this.#young.get(playerId) ?? this.#old.get(playerId)
  }
}

function newEntry(known: KnownPlayer): Entry {
  return { known, requestIds: [], looksLeft: 0, looksAsked: 1, wentWell: 0, isStale: false }
}

function remember(entry: Entry, requestId: string): void {
  entry.requestIds.push(requestId)
  if (entry.requestIds.length > REQUESTS_REMEMBERED) entry.requestIds.shift()
}

function agrees({ wallet, pair, states }: KnownPlayer, game: string, found: Found): boolean {
  const state = states.get(game)
  const isSameWallet = wallet.balance === found.balance && wallet.entries === found.entries
  const isSamePair = pair.pairId === found.pairId && pair.nextNonce === found.nextNonce
  return isSameWallet && isSamePair && (state === undefined || state.rounds === found.rounds)
}
