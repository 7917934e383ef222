import type { Draws } from '@casino-club/fairness/draws.ts'
import type { Receipt } from '@casino-club/fairness/receipt.ts'
import type { Till } from '#modules/ledger/ledger.rules.ts'
import type { LiveConfig } from '#modules/odds/live-config.ts'
import type { Tx, Write } from '#platform/postgres/database.ts'
import type { ClaimedPlayer, PlayerCaller } from '#platform/route/endpoint.ts'

/**
 * A game, as a value. The engine knows nothing else of it: adding one touches no engine code.
 *
 * Everything but `openShelf` is pure. `Config` is what is published and drawn from, `State` what is remembered of a
 * player between rounds (JSON), `Input` what the player chose, `Outcome` what happened (JSON, shown and kept),
 * `Beside` what else a round looks at.
 */
export type Game<Config, State, Input, Outcome, Beside = null> = {
  readonly id: string
  readonly till: Till
  readonly isConfig: (config: unknown) => config is Config
  readonly newState: (config: Config) => State
  /** What the round costs, in tokens. @throws Refusal when this configuration does not allow the input. */
  readonly stakeOf: (config: Config, input: Input) => bigint
  /** The input as fixed-order parts, for telling a repeated request from a different one. */
  readonly partsOf: (input: Input) => readonly (string | number | bigint)[]
  /** What the round counts for in the daily limit: ten pulls paid together are ten. */
  readonly countOf: (input: Input) => number
  /** Rounds a day. */
  readonly dailyLimit: (config: Config, rank: PlayerCaller['rank']) => number
  /**
   * Opens what rounds share or change besides the player's state, for the players of one batch. What is locked here is
   * locked in one order everywhere, after states and before wallets. Send the statements before the first `await`.
   */
  readonly openShelf?: (
    tx: Tx,
    config: Config,
    playerIds: readonly bigint[],
  ) => Promise<Shelf<Beside, Outcome, State, Input>>
  /** Decides one round. `sinceLastMs` is null for a player's first; `beside` is null without a shelf. */
  readonly play: (
    config: Config,
    before: { readonly state: State; readonly sinceLastMs: number | null; readonly beside: Beside },
    input: Input,
    draws: Draws,
  ) => { readonly payout: bigint; readonly outcome: Outcome; readonly state: State; readonly streak: number }
  /**
   * The receipt of a round that was played, sealed. States and outcome come from what was kept with it (the outcome
   * has to tell them); the draws are drawn again.
   */
  readonly receiptOf: (
    config: Config,
    kept: { readonly stake: bigint; readonly payout: bigint; readonly outcome: Outcome },
    envelope: ReceiptEnvelope,
    draws: Draws,
  ) => Receipt
}

/** Rows a game keeps beside its rounds, opened on one batch: looked at, changed in memory, written once, with the batch. */
export type Shelf<Beside, Outcome, State, Input> = {
  readonly of: (playerId: bigint) => Beside
  /** The round was decided: what it took and gave counts for the next one of the batch. */
  readonly take: (playerId: bigint, outcome: Outcome) => void
  readonly writes: (at: Date) => Write[]
  /**
   * For what players take from one another. `foresee` is told of every round before any is decided, with what it will
   * draw; `lock`, once, locks what they may take and looks at it again: after the wallets, in one order everywhere. So
   * batches wait for each other only where their rounds meet, and only from there on.
   */
  readonly foresight?: {
    readonly foresee: (state: State, input: Input, draws: Draws) => void
    readonly lock: () => Promise<void>
  }
}

/** What every receipt says, whatever was played. */
export type ReceiptEnvelope = Pick<
  Receipt,
  'format' | 'commitment' | 'server_seed' | 'client_seed' | 'nonce' | 'config_hash'
> & { readonly config: null }

/** A game whose types the engine does not need to know. Made by `asAnyGame`, which keeps them together. */
export type AnyGame = Game<unknown, unknown, unknown, unknown, unknown>
export type AnyShelf = Shelf<unknown, unknown, unknown, unknown>

export function asAnyGame<Config, State, Input, Outcome, Beside>(
  game: Game<Config, State, Input, Outcome, Beside>,
): AnyGame {
  // Sound because the engine only ever hands a game its own configuration, states and inputs back.
  return game as unknown as AnyGame
}

/** The configuration that each game is drawn from at the moment. */
export type Configs = ReadonlyMap<AnyGame, LiveConfig<unknown>>

/** A round that somebody asks for. */
export type Play = {
  readonly playerId: bigint
  /** The player's rank; or whom a token names, whose session has to stand when the batch looks, and says the rank. */
  readonly rank: PlayerCaller['rank'] | ClaimedPlayer
  /** The caller's name for this round, for ever. */
  readonly requestId: string
  readonly game: AnyGame
  readonly input: unknown
}
