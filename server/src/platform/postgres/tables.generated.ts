// Written by `npm run tables` from the migrated database. Change a migration, not this file.

import type { ColumnType } from "kysely";

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface AccountsPlayer {
  id: Generated<bigint>;
}

export interface LedgerAccount {
  asset: string;
  balance: Generated<bigint>;
  entries: Generated<bigint>;
  id: Generated<bigint>;
  player_id: bigint | null;
  till: string | null;
}

export interface LedgerPosting {
  amount: bigint;
  balance_after: bigint;
  from_account: bigint;
  number: bigint;
  to_account: bigint;
  transfer_id: bigint;
}

export interface LedgerTransfer {
  id: Generated<bigint>;
  occurred_at: Timestamp;
  player_id: bigint;
  reason: string;
  refusal_details: Json | null;
  refused: string | null;
  request_hash: Buffer;
  request_id: string;
}

export interface OddsConfig {
  config: Json;
  game: string;
  hash: string;
  id: Generated<bigint>;
  published_at: Timestamp;
}

export interface OutboxDelivery {
  attempts: number;
  dead_at: Timestamp | null;
  event_id: bigint;
  last_error: string | null;
  next_attempt_at: Timestamp;
  player_id: bigint;
  reaction: string;
}

export interface OutboxEvent {
  handled_at: Timestamp | null;
  happened_at: Timestamp;
  id: Generated<bigint>;
  kind: string;
  payload: Json;
  player_id: bigint;
}

export interface RoundsDaily {
  config_id: bigint;
  day: Timestamp;
  game: string;
  paid: bigint;
  rounds: bigint;
  staked: bigint;
}

export interface RoundsRound {
  balance_after: bigint;
  config_id: bigint;
  game: string;
  id: bigint;
  outcome: Json;
  payout: bigint;
  played_at: Timestamp;
  player_id: bigint;
  stake: bigint;
}

export interface RoundsSession {
  ended_at: Timestamp;
  game: string;
  number: bigint;
  paid: bigint;
  player_id: bigint;
  rounds: bigint;
  staked: bigint;
  started_at: Timestamp;
}

export interface RoundsState {
  best_streak: Generated<bigint>;
  biggest_win: Generated<bigint>;
  day: Timestamp;
  game: string;
  last_played_at: Timestamp | null;
  paid: Generated<bigint>;
  play_seconds: Generated<bigint>;
  player_id: bigint;
  rounds: Generated<bigint>;
  rounds_today: Generated<number>;
  session_number: Generated<bigint>;
  session_paid: Generated<bigint>;
  session_rounds: Generated<bigint>;
  session_staked: Generated<bigint>;
  session_started: Timestamp | null;
  staked: Generated<bigint>;
  state: Json;
  wins: Generated<bigint>;
}

export interface DB {
  accounts_player: AccountsPlayer;
  ledger_account: LedgerAccount;
  ledger_posting: LedgerPosting;
  ledger_transfer: LedgerTransfer;
  odds_config: OddsConfig;
  outbox_delivery: OutboxDelivery;
  outbox_event: OutboxEvent;
  rounds_daily: RoundsDaily;
  rounds_round: RoundsRound;
  rounds_session: RoundsSession;
  rounds_state: RoundsState;
}
