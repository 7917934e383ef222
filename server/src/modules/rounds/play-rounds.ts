import { hash } from 'node:crypto'
import { hmacSha256From } from '@casino-club/fairness/hmac-sha256.ts'
import { drawsForRound } from '@casino-club/fairness/stream.ts'
import { TransferIds } from '#modules/ledger/transfer-ids.ts'
import { onValueMoved } from '#modules/ledger/wallet-news.ts'
import type { LiveConfig, LiveConfigs } from '#modules/odds/live-config.ts'
import type { Authentication } from '#modules/sessions/authenticate.ts'
import { Collector } from '#platform/collector.ts'
import { sqlStateOf } from '#platform/postgres/sql-state.ts'
import type { ClaimedPlayer, PlayerCaller } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { Bug } from '#vocabulary/failure.ts'
import { type Answer, type Attempt, type DrawsOf, decideBatch, type Means } from './decide-batch.ts'
import type { AnyGame, Play } from './game.ts'
import { RememberedPlayers } from './remembered-players.ts'
import type { Round } from './rounds.sql.ts'

export type { DrawsOf, Play }

/** Who plays, as the route was told. */
export function playerOf(caller: PlayerCaller | ClaimedPlayer): Pick<Play, 'playerId' | 'rank'> {
  return 'rank' in caller
    ? { playerId: caller.playerId, rank: caller.rank }
    : { playerId: caller.subjectId, rank: caller }
}

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

/** Three times as fast here as the portable one (see `hmac-sha256.ts`). */
const hmacSha256 = hmacSha256From((bytes) => hash('sha256', bytes, 'buffer'))
const drawsFromSeeds: DrawsOf = (seeds) => drawsForRound(seeds, hmacSha256)

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
  const means: Means = {
    drawsOf,
    cache: new Map(),
    sessions,
    players: new RememberedPlayers(app.config.PLAYERS_REMEMBERED),
    ids: new TransferIds(),
  }
  onValueMoved(app.hub, (playerId) => means.players.forget(playerId))
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
  const attempt: Attempt = { byMemory: 0 }
  const decide = async (some: readonly Play[]) => {
    attempt.byMemory = 0
    const { answers, remember } = await app.inBatch((tx) => decideBatch(app, tx, live, means, some, attempt))
    remember()
    count(app, some, answers)
    return answers
  }
  for (;;)
    try {
      return await decide(plays)
    } catch (error) {
      means.players.doubt(plays.map(({ playerId }) => playerId))
      // Without the database nobody gets further alone. Anything else is the fault of memory, or of one play: look at
      // all of them, and then find out whose.
      if (!isSomebodysFault(error)) {
        means.ids.forget()
        throw error
      }
      if (attempt.byMemory > 0) {
        app.metrics.batchesRedone.inc()
        continue
      }
      if (plays.length === 1) throw error
      app.log.warn({ err: error, plays: plays.length }, 'a batch failed; its plays go one by one')
      break
    }
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

/** What went wrong in deciding one play, and not on the way to the database. */
const MISTAKES = [Bug, TypeError, RangeError, SyntaxError] as const

function isSomebodysFault(error: unknown): boolean {
  const state = sqlStateOf(error)
  return state === undefined ? MISTAKES.some((kind) => error instanceof kind) : !/^(08|53|57)/.test(state)
}
