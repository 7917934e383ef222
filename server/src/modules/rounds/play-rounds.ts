import { hash } from 'node:crypto'
import { type Draws, recordingDraws, scriptedDraws } from '@casino-club/fairness/draws.ts'
import { hmacSha256From } from '@casino-club/fairness/hmac-sha256.ts'
import { drawsForRound, type RoundSeeds } from '@casino-club/fairness/stream.ts'
import { insufficientBalance } from '#modules/ledger/contract.ts'
import { type Books, type EarlierTransfer, openBooks, type Transfer } from '#modules/ledger/open-books.ts'
import { requestHash } from '#modules/ledger/request-hash.ts'
import type { LiveConfig, LiveConfigs } from '#modules/odds/live-config.ts'
import { openSeeds, type SeedCache, type Seeds } from '#modules/seeds/open-seeds.ts'
import type { Authentication } from '#modules/sessions/authenticate.ts'
import { Collector } from '#platform/collector.ts'
import { type Event, telling } from '#platform/outbox.ts'
import { type Decided, sqlStateOf, type Tx } from '#platform/postgres/database.ts'
import type { Caller, ClaimedPlayer, PlayerCaller } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { seoulDay } from '#vocabulary/clock.ts'
import { Bug, isRefusal, type Refusal, type RefusalKind } from '#vocabulary/failure.ts'
import { dailyLimitReached, requestIdReused } from './contract.ts'
import { roundPlayed } from './events.ts'
import type { AnyGame, AnyShelf } from './game.ts'
import { afterRound, type EndedSession, type PlayState, roundsOnDay, sinceLast } from './rounds.rules.ts'
import {
  findRounds,
  insertRounds,
  insertSessions,
  lockStates,
  openStates,
  type Round,
  saveStates,
} from './rounds.sql.ts'

export type Play = {
  readonly playerId: bigint
  /** The player's rank; or whom a token names, whose session has to stand when the batch looks, and says the rank. */
  readonly rank: PlayerCaller['rank'] | ClaimedPlayer
  /** The caller's name for this round, for ever. */
  readonly requestId: string
  readonly game: AnyGame
  readonly input: unknown
}

/** Who plays, as the route was told. */
export function playerOf(caller: PlayerCaller | ClaimedPlayer): Pick<Play, 'playerId' | 'rank'> {
  return 'rank' in caller
    ? { playerId: caller.playerId, rank: caller.rank }
    : { playerId: caller.subjectId, rank: caller }
}

/** What a play came to. A refusal is data about one play: its neighbours in the batch know nothing of it. */
type Answer =
  | { readonly round: Round; readonly isNew: boolean }
  | { readonly refusal: Refusal }
  | { readonly failure: unknown }

/** What a refusal that is remembered is told as, when it is asked for again. */
const REMEMBERED: readonly RefusalKind[] = [insufficientBalance, dailyLimitReached]

export type Engine = {
  /**
   * Plays one round: stake, outcome, payout, state and event in one transaction.
   *
   * Asking again with the same request id gives the first round again and plays nothing.
   *
   * @throws Refusal `ledger.insufficient_balance`, `rounds.daily_limit_reached` (both remembered: the same
   *   id never succeeds later), `rounds.request_id_reused`, what the game's `stakeOf` refuses, and for a claimed
   *   player `session.ended`.
   */
  readonly play: (play: Play) => Promise<Round>
}

/** Where the chance of a round comes from. There is one way, and tests that put scripts in its place. */
export type DrawsOf = (seeds: RoundSeeds) => Draws

/** Three times as fast here as the portable one (see `hmac-sha256.ts`). */
const hmacSha256 = hmacSha256From((bytes) => hash('sha256', bytes, 'buffer'))
const drawsFromSeeds: DrawsOf = (seeds) => drawsForRound(seeds, hmacSha256)

/** What chance is made of (the players' committed seeds), and who looks at their sessions. */
type Means = { readonly drawsOf: DrawsOf; readonly cache: SeedCache; readonly sessions: Authentication }

/**
 * The engine of one process. Rounds that arrive together are decided one by one and committed together;
 * other processes may do the same to the same database at the same time.
 */
export function openEngine(
  app: App,
  configs: LiveConfigs,
  sessions: Authentication,
  drawsOf: DrawsOf = drawsFromSeeds,
): Engine {
  const means: Means = { drawsOf, cache: new Map(), sessions }
  const collector = new Collector<Play, Answer>((plays) => playTogether(app, configs, means, plays), {
    largestBatch: app.config.BATCH_SIZE,
    inFlight: app.config.BATCHES_IN_FLIGHT,
    // One player, one round at a time: the second sees what the first has left behind.
    keyOf: (play) => play.playerId,
  })
  return {
    play: async (play) => {
      const answer = await collector.ask(play)
      if ('round' in answer) return answer.round
      throw 'refusal' in answer ? answer.refusal : answer.failure
    },
  }
}

async function playTogether(app: App, configs: LiveConfigs, means: Means, plays: readonly Play[]): Promise<Answer[]> {
  app.metrics.batchSize.observe(plays.length)
  const live = new Map<AnyGame, LiveConfig<unknown>>()
  for (const { game } of plays) if (!live.has(game)) live.set(game, await configs.of(game.id, game.isConfig))
  const decide = async (some: readonly Play[]) => {
    const answers = await app.inBatch((tx) => decideBatch(app, tx, live, means, some))
    count(app, some, answers)
    return answers
  }
  try {
    return await decide(plays)
  } catch (error) {
    // Without the database nobody gets further alone. Anything else is one play's fault: find out whose.
    if (plays.length === 1 || !isSomebodysFault(error)) throw error
    app.log.warn({ err: error, plays: plays.length }, 'a batch failed; its plays go one by one')
    const answers: Answer[] = []
    for (const play of plays) {
      try {
        answers.push(...(await decide([play])))
      } catch (failure) {
        answers.push({ failure })
      }
    }
    return answers
  }
}

/** Counts what was committed: sums, since a counter costs as much as a row. */
function count(app: App, plays: readonly Play[], answers: readonly Answer[]): void {
  const sums = new Map<string, { game: string; answer: string; rounds: number; staked: number; paid: number }>()
  for (const [at, { game }] of plays.entries()) {
    const answer = answers[at]
    if (!answer || 'failure' in answer) continue
    const what = 'round' in answer ? 'played' : answer.refusal.kind.code
    const key = `${game.id} ${what}`
    const sum = sums.get(key) ?? { game: game.id, answer: what, rounds: 0, staked: 0, paid: 0 }
    sums.set(key, sum)
    sum.rounds++
    if ('round' in answer && answer.isNew) {
      sum.staked += Number(answer.round.stake)
      sum.paid += Number(answer.round.payout)
    }
  }
  for (const { game, answer, rounds, staked, paid } of sums.values()) {
    app.metrics.rounds.inc({ game, answer }, rounds)
    app.metrics.staked.inc({ game }, staked)
    app.metrics.paid.inc({ game }, paid)
  }
}

function isSomebodysFault(error: unknown): boolean {
  const state = sqlStateOf(error)
  return state === undefined ? error instanceof Bug : !/^(08|53|57)/.test(state)
}

async function decideBatch(
  app: App,
  tx: Tx,
  live: ReadonlyMap<AnyGame, LiveConfig<unknown>>,
  means: Means,
  plays: readonly Play[],
): Promise<Decided<Answer[]>> {
  const at = app.clock.now()

  // Lock, then look. Seeds, states, shelves, wallets, each in id order; all of it in one round trip.
  const playerIds = plays.map(({ playerId }) => playerId)
  const claims = plays.flatMap(({ rank }) => (typeof rank === 'object' ? [rank] : []))
  const [seeds, locked, shelves, books, whoIs] = await Promise.all([
    openSeeds(app, tx, means.cache, playerIds, at),
    lockPlayStates(tx, live, plays, at),
    openShelves(tx, live, plays),
    openBooks(tx, plays, ['token']),
    means.sessions.lookTogether(tx, claims),
  ])

  const fresh: Round[] = []
  const states: PlayState[] = []
  const ended: EndedSession[] = []
  const events: Event[] = []
  const repeated = new Map<Play, bigint>()

  /** An answer, or a round that may be played: its nonce is counted, its draws are known. */
  const prepare = (play: Play): Answer | Prepared | undefined => {
    const { playerId, requestId, game, input } = play
    const config = live.get(game)
    const before = locked.get(`${playerId} ${game.id}`)
    if (!config || !before) throw new Bug(`player ${playerId} has no state in ${game.id}`)
    const rank = typeof play.rank === 'object' ? rankOf(whoIs(play.rank)) : play.rank

    const asking = requestHash(game.id, ...game.partsOf(input))
    const earlier = books.earlier(playerId, requestId)
    if (earlier) return recall(play, earlier, asking, repeated)

    const stake = game.stakeOf(config.config, input)
    const asked = { playerId, requestId, requestHash: asking, reason: `${game.id}.round`, at }
    const limit = game.dailyLimit(config.config, rank)
    const count = game.countOf(input)
    if (roundsOnDay(before, at) + count > limit) {
      const refused = dailyLimitReached.with({ limit })
      books.refuse(asked, refused.kind, refused.details)
      return { refusal: refused }
    }
    const short = refuseIfShort(books, asked, game, stake)
    if (short) return { refusal: short }

    const known = { state: before.state, sinceLastMs: sinceLast(before, at) }
    const drawn = seeds.next(playerId)
    const shelf = shelves.get(game)
    const draws = foreseen(shelf, known.state, input, means.drawsOf(drawn.seeds))
    return { play, asked, stake, count, config, before, known, drawn, shelf, draws }
  }

  const decideOne = ({ play, asked, stake, count, config, before, known, drawn, shelf, draws }: Prepared): Answer => {
    const { playerId, game, input } = play
    const beside = shelf?.of(playerId) ?? null
    const { payout, outcome, state, streak } = game.play(config.config, { ...known, beside }, input, draws)
    shelf?.take(playerId, outcome)
    const posted = books.post({
      ...asked,
      postings: [
        { from: 'player', to: game.till, asset: 'token', amount: stake },
        ...(payout > 0n ? [{ from: game.till, to: 'player', asset: 'token', amount: payout } as const] : []),
      ],
    })
    if ('missing' in posted) throw new Bug('the stake was there a moment ago')

    const round: Round = {
      id: posted.transferId,
      playerId,
      game: game.id,
      configId: config.id,
      stake,
      payout,
      balanceAfter: posted.balanceAfter,
      outcome,
      draws: { pairId: drawn.pairId, nonce: BigInt(drawn.seeds.nonce) },
      playedAt: at,
    }
    const { after, ended: over } = afterRound(before, { stake, payout, state, streak, count, at })
    fresh.push(round)
    states.push(after)
    if (over) ended.push(over)
    events.push(roundPlayed(round))
    return { round, isNew: true }
  }

  const prepared = plays.map((play) => orRefusal(() => prepare(play)))
  await Promise.all([...shelves.values()].map((shelf) => shelf.foresight?.lock()))
  const answers = prepared.map((each) => (each && 'draws' in each ? orRefusal(() => decideOne(each)) : each))

  const found =
    repeated.size > 0
      ? await findRounds(
          tx,
          [...repeated].map(([{ playerId }, id]) => ({ playerId, id })),
        )
      : []
  const answer = answers.map((each, at) => each ?? recalled(found, plays[at], repeated))

  return {
    answer,
    // The ledger first, then the own rows; then tell.
    writes: [
      ...books.writes(),
      ...seeds.writes(),
      ...[...shelves.values()].flatMap((shelf) => shelf.writes(at)),
      ...(fresh.length > 0 ? [insertRounds(fresh)] : []),
      ...(states.length > 0 ? [saveStates(states)] : []),
      ...(ended.length > 0 ? [insertSessions(ended)] : []),
      ...telling(events),
    ],
  }
}

/** A play that will be decided, once what it shares with others is locked. */
type Prepared = {
  readonly play: Play
  readonly asked: Omit<Transfer, 'postings'>
  readonly stake: bigint
  readonly count: number
  readonly config: LiveConfig<unknown>
  readonly before: PlayState
  readonly known: { readonly state: unknown; readonly sinceLastMs: number | null }
  readonly drawn: ReturnType<Seeds['next']>
  readonly shelf: AnyShelf | undefined
  readonly draws: Draws
}

/** Tells the shelf of a round to come. @returns the same draws again, to play the round with. */
function foreseen(shelf: AnyShelf | undefined, state: unknown, input: unknown, draws: Draws): Draws {
  if (!shelf?.foresight) return draws
  const recorded = recordingDraws(draws)
  shelf.foresight.foresee(state, input, recorded)
  return scriptedDraws(recorded.drawn.map(({ value }) => value))
}

function orRefusal<T>(act: () => T): T | { readonly refusal: Refusal } {
  try {
    return act()
  } catch (error) {
    if (isRefusal(error)) return { refusal: error }
    throw error
  }
}

function rankOf(caller: Caller): PlayerCaller['rank'] {
  if (caller.kind !== 'player') throw new Bug('the session of a player is an operator’s')
  return caller.rank
}

/** The round that a repeated request was answered with before. */
function recalled(found: readonly Round[], play: Play | undefined, repeated: ReadonlyMap<Play, bigint>): Answer {
  const id = play && repeated.get(play)
  const round = found.find((each) => each.playerId === play?.playerId && each.id === id)
  if (!round) throw new Bug(`transfer ${id} has no round`)
  return { round, isNew: false }
}

/** The answer to a request that has been decided before, or nothing when its round is still to be fetched. */
function recall(
  play: Play,
  earlier: EarlierTransfer,
  asking: Buffer,
  repeated: Map<Play, bigint>,
): { refusal: Refusal } | undefined {
  if (!earlier.requestHash.equals(asking)) return { refusal: requestIdReused.with({ request_id: play.requestId }) }
  if (earlier.refused !== null) {
    const kind = REMEMBERED.find((each) => each.code === earlier.refused)
    if (!kind) throw new Bug(`nobody knows the refusal ${earlier.refused}`)
    return { refusal: kind.with(earlier.refusalDetails) }
  }
  repeated.set(play, earlier.id)
  return undefined
}

function refuseIfShort(
  books: Books,
  asked: Omit<Transfer, 'postings'>,
  game: AnyGame,
  stake: bigint,
): Refusal | undefined {
  if (books.balance(asked.playerId, 'token') >= stake) return undefined
  const posted = books.post({ ...asked, postings: [{ from: 'player', to: game.till, asset: 'token', amount: stake }] })
  if (!('missing' in posted)) throw new Bug('a stake nobody had was taken')
  return insufficientBalance.with(posted.missing)
}

/** The shelves of the games that have one, in the order of the games' names. */
async function openShelves(
  tx: Tx,
  live: ReadonlyMap<AnyGame, LiveConfig<unknown>>,
  plays: readonly Play[],
): Promise<Map<AnyGame, AnyShelf>> {
  const games = [...live].filter(([game]) => game.openShelf && plays.some((play) => play.game === game))
  games.sort(([one], [other]) => (one.id < other.id ? -1 : 1))
  const opened = await Promise.all(
    games.map(async ([game, { config }]) => {
      const playerIds = plays.filter((play) => play.game === game).map(({ playerId }) => playerId)
      return [game, await game.openShelf?.(tx, config, playerIds)] as const
    }),
  )
  return new Map(opened.flatMap(([game, shelf]) => (shelf ? [[game, shelf] as const] : [])))
}

/** Locks the states of these plays; a player's first round in a game makes its state first. */
async function lockPlayStates(
  tx: Tx,
  live: ReadonlyMap<AnyGame, LiveConfig<unknown>>,
  plays: readonly Play[],
  at: Date,
): Promise<Map<string, PlayState>> {
  const states = new Map<string, PlayState>()
  const lock = async (wanted: readonly Play[]): Promise<void> => {
    const players = wanted.map(({ playerId }) => playerId)
    const games = [...new Set(wanted.map(({ game }) => game.id))]
    for (const state of await lockStates(tx, players, games)) states.set(`${state.playerId} ${state.game}`, state)
  }
  await lock(plays)
  const first = plays.filter(({ playerId, game }) => !states.has(`${playerId} ${game.id}`))
  if (first.length > 0) {
    const opened = first.map(({ playerId, game }) => ({
      playerId,
      game: game.id,
      state: game.newState(live.get(game)?.config),
    }))
    await openStates(tx, opened, seoulDay(at))
    await lock(first)
  }
  return states
}
