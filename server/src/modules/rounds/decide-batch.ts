import { type Draws, recordingDraws, scriptedDraws } from '@casino-club/fairness/draws.ts'
import type { RoundSeeds } from '@casino-club/fairness/stream.ts'
import { insufficientBalance } from '#modules/ledger/contract.ts'
import { type Books, type EarlierTransfer, openBooks, type Transfer } from '#modules/ledger/open-books.ts'
import { requestHash } from '#modules/ledger/request-hash.ts'
import type { LiveConfig } from '#modules/odds/live-config.ts'
import { openSeeds, type SeedCache, type Seeds } from '#modules/seeds/open-seeds.ts'
import { type Event, telling } from '#platform/outbox.ts'
import type { Decided, Tx } from '#platform/postgres/database.ts'
import type { App } from '#server/app.ts'
import { seoulDay } from '#vocabulary/clock.ts'
import { Bug, type Refusal, type RefusalKind } from '#vocabulary/failure.ts'
import { dailyLimitReached, requestIdReused } from './contract.ts'
import { roundPlayed } from './events.ts'
import type { AnyGame, AnyShelf, Configs, Play } from './game.ts'
import { goByMemory, type Memory, orRefusal, rankOf } from './go-by-memory.ts'
import type { Found, KnownPlayer } from './remembered-players.ts'
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

/** What a play came to. A refusal is data about one play: its neighbours in the batch know nothing of it. */
export type Answer =
  | { readonly round: Round; readonly isNew: boolean }
  | { readonly refusal: Refusal }
  | { readonly failure: unknown }

/** What a refusal that is remembered is told as, when it is asked for again. */
const REMEMBERED: readonly RefusalKind[] = [insufficientBalance, dailyLimitReached]

/** Where the chance of a round comes from. There is one way, and tests that put scripts in its place. */
export type DrawsOf = (seeds: RoundSeeds) => Draws

/** What chance is made of (the players' committed seeds), who looks at their sessions, and what is remembered of them. */
export type Means = Memory & { readonly drawsOf: DrawsOf; readonly cache: SeedCache }

/** What a batch came to, and what there is to remember of it once it is committed. */
export type DecidedBatch = { readonly answers: Answer[]; readonly remember: () => void }

/** What there is to know of a batch that failed. */
export type Attempt = { byMemory: number }

/** Decides the rounds of a batch one by one, on what is remembered of their players or, where nothing is, on a look. */
export async function decideBatch(
  app: App,
  tx: Tx,
  live: Configs,
  means: Means,
  plays: readonly Play[],
  attempt: Attempt,
): Promise<Decided<DecidedBatch>> {
  const at = app.clock.now()
  const recalled = goByMemory(means, live, plays, at)
  attempt.byMemory = recalled.size
  const looked = plays.filter((play) => !recalled.has(play))
  const known = [...recalled.values()]

  // Lock, then look. Seeds, states, shelves, wallets, each in id order; all of it in one round trip. Who is recalled is
  // neither locked nor looked at here: the statements that write those rounds check all they were decided on.
  const claims = looked.flatMap(({ rank }) => (typeof rank === 'object' ? [rank] : []))
  const playerIds = looked.map(({ playerId }) => playerId)
  const pairs = known.map(({ pair }) => pair)
  const wallets = known.map(({ wallet }) => wallet)
  const ids = known.map(({ id }) => id)
  const gone = known.flatMap(({ session }) => (session ? [session] : []))
  const [seeds, locked, shelves, books, sessions] = await Promise.all([
    openSeeds(app, tx, means.cache, playerIds, at, pairs),
    lockPlayStates(tx, live, looked, at),
    openShelves(tx, live, looked),
    openBooks(tx, looked, ['token'], { requests: [...recalled.keys()], wallets, ids }),
    means.sessions.lookTogether(tx, claims),
  ])
  for (const [{ playerId, game }, { state }] of recalled) locked.set(`${playerId} ${game.id}`, state)
  const found = foundBy(looked, seeds, locked, books)

  const fresh: Round[] = []
  const states = new Map<Play, { readonly before: PlayState; readonly after: PlayState }>()
  const ended: EndedSession[] = []
  const events: Event[] = []
  const repeated = new Map<Play, bigint>()

  /** An answer, or a round that may be played: its nonce is counted, its draws are known. */
  const prepare = (play: Play): Answer | Prepared | undefined => {
    const { playerId, requestId, game, input } = play
    const config = live.get(game)
    const before = locked.get(`${playerId} ${game.id}`)
    if (!config || !before) throw new Bug(`player ${playerId} has no state in ${game.id}`)
    const rank =
      recalled.get(play)?.rank ?? (typeof play.rank === 'object' ? rankOf(sessions.whoIs(play.rank)) : play.rank)

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
    states.set(play, { before, after })
    if (over) ended.push(over)
    events.push(roundPlayed(round))
    return { round, isNew: true }
  }

  const remember = (): void => {
    app.metrics.roundsByMemory.inc(recalled.size)
    for (const play of plays) {
      const { playerId, requestId, game } = play
      const state = states.get(play)?.after ?? locked.get(`${playerId} ${game.id}`)
      const pair = seeds.known(playerId)
      if (!pair || !state) {
        means.players.forget(playerId)
        continue
      }
      const wallet = books.wallet(playerId, 'token')
      const session =
        recalled.get(play)?.session ?? (typeof play.rank === 'object' ? sessions.session(play.rank) : undefined)
      const known = new Map(means.players.statesOf(playerId)).set(game.id, state)
      const lastId = books.transferId(playerId, requestId)
      const left: KnownPlayer = { wallet, pair, states: known, lastId, session }
      const before = found.get(play)
      if (!before) means.players.played(playerId, requestId, left)
      else {
        const isRepeated = books.earlier(playerId, requestId) !== undefined
        means.players.looked(playerId, requestId, game.id, before, isRepeated, left)
      }
    }
  }

  const prepared = plays.map((play) => orRefusal(() => prepare(play)))
  await Promise.all([...shelves.values()].map((shelf) => shelf.foresight?.lock()))
  const answers = prepared.map((each) => (each && 'draws' in each ? orRefusal(() => decideOne(each)) : each))
  // Whoever is refused is looked at first.
  for (const [at, play] of plays.entries()) {
    const answer = answers[at]
    if (answer && 'refusal' in answer && recalled.has(play)) throw new Bug('a round was refused by memory')
  }

  const earlierRounds =
    repeated.size > 0
      ? await findRounds(
          tx,
          [...repeated].map(([{ playerId }, id]) => ({ playerId, id })),
        )
      : []
  const told = answers.map((each, at) => each ?? earlierRound(earlierRounds, plays[at], repeated))
  if (means.players.remembers) means.ids.refill(tx, plays.length, at)

  return {
    answer: { answers: told, remember },
    // In the order of the locks: the recalled are locked only here. The ledger, then the own rows; then tell.
    writes: [
      ...seeds.writes(),
      ...(states.size > 0 ? [saveStates(inOrder(states.values()))] : []),
      ...[...shelves.values()].flatMap((shelf) => shelf.writes(at)),
      ...books.writes(),
      ...(gone.length > 0 ? [means.sessions.stands(gone)] : []),
      ...(fresh.length > 0 ? [insertRounds(fresh)] : []),
      ...(ended.length > 0 ? [insertSessions(ended)] : []),
      ...telling(events),
    ],
  }
}

/** What those who were looked at were found with. */
function foundBy(
  looked: readonly Play[],
  seeds: Seeds,
  locked: ReadonlyMap<string, PlayState>,
  books: Books,
): Map<Play, Found> {
  return new Map(
    looked.map((play) => {
      const { balance, entries } = books.wallet(play.playerId, 'token')
      const { pairId, nextNonce } = seeds.pair(play.playerId)
      const rounds = locked.get(`${play.playerId} ${play.game.id}`)?.rounds ?? 0n
      return [play, { balance, entries, pairId, nextNonce, rounds }]
    }),
  )
}

function inOrder<Change extends { readonly after: PlayState }>(changes: Iterable<Change>): Change[] {
  return [...changes].sort(({ after: one }, { after: other }) => {
    if (one.playerId !== other.playerId) return one.playerId < other.playerId ? -1 : 1
    return one.game < other.game ? -1 : 1
  })
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

/** The round that a repeated request was answered with before. */
function earlierRound(found: readonly Round[], play: Play | undefined, repeated: ReadonlyMap<Play, bigint>): Answer {
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
async function openShelves(tx: Tx, live: Configs, plays: readonly Play[]): Promise<Map<AnyGame, AnyShelf>> {
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
  live: Configs,
  plays: readonly Play[],
  at: Date,
): Promise<Map<string, PlayState>> {
  const states = new Map<string, PlayState>()
  const lock = async (wanted: readonly Play[]): Promise<void> => {
    if (wanted.length === 0) return
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
