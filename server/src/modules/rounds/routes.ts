import type { PublishedConfig } from '#modules/odds/read-configs.ts'
import { type Route, serve } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { onWire } from '#vocabulary/wire.ts'
import * as contract from './contract.ts'
import type { AnyGame } from './game.ts'
import { readRound } from './list-rounds.ts'
import { listSessions, type Session } from './list-sessions.ts'
import { listReceipts, type RoundReceipt, readReceipt } from './read-receipt.ts'
import { readStats } from './read-stats.ts'
import { type PlayState, partsPerMillion } from './rounds.rules.ts'
import type { Round } from './rounds.sql.ts'
import { searchOwnRounds } from './search-rounds.ts'

export function routes(app: App, games: readonly AnyGame[]): Route[] {
  return [
    serve(contract.getReceipt, async ({ caller, params }) =>
      receiptOnWire(await readReceipt(app, games, caller.playerId, BigInt(params.round_id))),
    ),
    serve(contract.getReceipts, async ({ caller, query: { game, limit = 20, cursor } }) => {
      const { receipts, configs, nextCursor } = await listReceipts(app, games, caller.playerId, { game, limit, cursor })
      return { items: receipts.map(receiptOnWire), configs: configs.map(configOnWire), next_cursor: nextCursor }
    }),
    serve(contract.getRounds, async ({ caller, query }) => {
      const { game, result, from_day: fromDay, to_day: toDay, limit = 20, cursor } = query
      const asked = { game, result, fromDay, toDay, limit, cursor }
      const { rounds, nextCursor } = await searchOwnRounds(app.db, caller.playerId, asked)
      return { items: rounds.map(roundOnWire), next_cursor: nextCursor }
    }),
    serve(contract.getRound, async ({ caller, params }) =>
      roundOnWire(await readRound(app.db, caller.playerId, BigInt(params.round_id))),
    ),
    serve(contract.getSessions, async ({ caller, query: { game = 'slot', limit = 20, cursor } }) => {
      const asked = { game, limit, cursor, now: app.clock.now() }
      const { sessions, nextCursor } = await listSessions(app.db, caller.playerId, asked)
      return { items: sessions.map(sessionOnWire), next_cursor: nextCursor }
    }),
    serve(contract.getStats, async ({ caller }) => statsOnWire(await readStats(app.db, caller.playerId))),
  ]
}

function receiptOnWire({ round, receipt }: RoundReceipt) {
  return { round_id: onWire(round.id), played_at: round.playedAt.toISOString(), receipt }
}

function configOnWire({ id, hash, config }: PublishedConfig) {
  return { config_id: onWire(id), config_hash: hash, config }
}

function roundOnWire(round: Round) {
  return {
    round_id: onWire(round.id),
    game: round.game,
    config_id: onWire(round.configId),
    bet_amount: onWire(round.stake),
    win_amount: onWire(round.payout),
    balance_after: onWire(round.balanceAfter),
    outcome: round.outcome as object,
    played_at: round.playedAt.toISOString(),
  }
}

function sessionOnWire(session: Session) {
  return {
    session_number: onWire(session.number),
    game: session.game,
    started_at: session.startedAt.toISOString(),
    ended_at: session.endedAt?.toISOString() ?? null,
    rounds: onWire(session.rounds),
    total_bet: onWire(session.staked),
    total_win: onWire(session.paid),
    net: onWire(session.paid - session.staked),
  }
}

function statsOnWire(states: readonly PlayState[]) {
  const sum = (of: (state: PlayState) => bigint) => states.reduce((total, state) => total + of(state), 0n)
  return {
    games: states.map((state) => ({
      game: state.game,
      best_streak: onWire(state.bestStreak),
      ...figuresOnWire(state),
    })),
    totals: figuresOnWire({
      rounds: sum((each) => each.rounds),
      wins: sum((each) => each.wins),
      staked: sum((each) => each.staked),
      paid: sum((each) => each.paid),
      biggestWin: states.reduce((most, each) => (each.biggestWin > most ? each.biggestWin : most), 0n),
    }),
    play_seconds: onWire(sum((each) => each.playSeconds)),
  }
}

function figuresOnWire(figures: Pick<PlayState, 'rounds' | 'wins' | 'staked' | 'paid' | 'biggestWin'>) {
  return {
    rounds: onWire(figures.rounds),
    wins: onWire(figures.wins),
    total_bet: onWire(figures.staked),
    total_win: onWire(figures.paid),
    net: onWire(figures.paid - figures.staked),
    win_rate_ppm: partsPerMillion(figures.wins, figures.rounds),
    return_rate_ppm: partsPerMillion(figures.paid, figures.staked),
    biggest_win: onWire(figures.biggestWin),
  }
}
