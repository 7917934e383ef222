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

export interface AccountsInvite {
  campaign: string | null;
  code: string;
  code_hash: Buffer;
  created_at: Timestamp;
  created_by: bigint | null;
  disabled_at: Timestamp | null;
  expires_at: Timestamp | null;
  id: Generated<bigint>;
  is_drawn: boolean;
  max_uses: number | null;
  rank: string;
  uses: Generated<number>;
}

export interface AccountsPlayer {
  birth_year: number | null;
  ci_hash: Buffer | null;
  created_at: Timestamp;
  id: Generated<bigint>;
  invite_id: bigint;
  is_shown_among_winners: Generated<boolean>;
  last_login_at: Timestamp | null;
  nickname: string;
  nickname_key: string;
  password_hash: string;
  phone_hash: Buffer | null;
  phone_last4: string | null;
  rank: string;
  site_id: string;
  status: Generated<string>;
  verified_at: Timestamp | null;
}

export interface CredentialsDevice {
  account_hash: Buffer;
  device_hash: Buffer;
  last_used_at: Timestamp;
}

export interface CredentialsFailure {
  failures: number;
  key_hash: Buffer;
  kind: string;
  last_failed_at: Timestamp | null;
  locked_until: Timestamp | null;
}

export interface GachaStock {
  item: string;
  pieces: bigint;
  taken: Generated<bigint>;
}

export interface GachaWinner {
  item: string;
  name_en: string;
  name_ko: string;
  place: number;
  player_id: bigint;
  rarity: string;
  round_id: bigint;
  won_at: Timestamp;
}

export interface InventoryItem {
  count: bigint;
  first_received_at: Timestamp;
  given_by: string;
  item: string;
  name_en: string;
  name_ko: string;
  player_id: bigint;
  rarity: string;
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

export interface MonitorGame {
  config_id: bigint;
  counts: Json;
  game: string;
  highest_log_evidence: Generated<number>;
  impossible: Generated<bigint>;
  last_round_at: Timestamp;
  log_evidence: Generated<number>;
  paid: Generated<bigint>;
  rounds: Generated<bigint>;
  staked: Generated<bigint>;
  state: Generated<string>;
  state_since: Timestamp;
  watched_since: Timestamp;
}

export interface OddsConfig {
  config: Json;
  game: string;
  hash: string;
  id: Generated<bigint>;
  published_at: Timestamp;
}

export interface OddsLog {
  body: string;
  hash: string;
  number: bigint;
  previous_hash: string;
  subject: string;
}

export interface OperatorsBootstrap {
  expires_at: Timestamp;
  id: Generated<number>;
  secret_hash: Buffer;
  used_at: Timestamp | null;
}

export interface OperatorsOperator {
  created_at: Timestamp;
  id: Generated<bigint>;
  last_login_at: Timestamp | null;
  password_hash: string;
  site_id: string;
  status: Generated<string>;
  totp_confirmed_at: Timestamp | null;
  totp_last_step: Generated<bigint>;
  totp_secret: Buffer | null;
}

export interface OperatorsRecoveryCode {
  code_hash: Buffer;
  operator_id: bigint;
  used_at: Timestamp | null;
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
  nonce: bigint | null;
  outcome: Json;
  pair_id: bigint | null;
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

export interface SeedsPair {
  client_seed: string;
  commitment: Buffer;
  created_at: Timestamp;
  id: Generated<bigint>;
  next_commitment: Buffer;
  next_nonce: Generated<bigint>;
  next_sealed_seed: Buffer;
  player_id: bigint;
  sealed_seed: Buffer;
}

export interface SeedsRevealed {
  client_seed: string;
  commitment: Buffer;
  created_at: Timestamp;
  id: bigint;
  player_id: bigint;
  revealed_at: Timestamp;
  rounds: bigint;
  server_seed: Buffer;
}

export interface SessionsRefreshToken {
  issued_at: Timestamp;
  rotation: number;
  session_id: bigint;
  successor_salt: Buffer | null;
  token_hash: Buffer;
  used_at: Timestamp | null;
}

export interface SessionsSession {
  address_hint: string;
  created_at: Timestamp;
  ended_at: Timestamp | null;
  ended_reason: string | null;
  ends_at: Timestamp;
  id: Generated<bigint>;
  is_browser: boolean;
  last_used_at: Timestamp;
  operator_id: bigint | null;
  player_id: bigint | null;
  rank: string | null;
  second_factor: Generated<boolean>;
  user_agent: string;
}

export interface DB {
  accounts_invite: AccountsInvite;
  accounts_player: AccountsPlayer;
  credentials_device: CredentialsDevice;
  credentials_failure: CredentialsFailure;
  gacha_stock: GachaStock;
  gacha_winner: GachaWinner;
  inventory_item: InventoryItem;
  ledger_account: LedgerAccount;
  ledger_posting: LedgerPosting;
  ledger_transfer: LedgerTransfer;
  monitor_game: MonitorGame;
  odds_config: OddsConfig;
  odds_log: OddsLog;
  operators_bootstrap: OperatorsBootstrap;
  operators_operator: OperatorsOperator;
  operators_recovery_code: OperatorsRecoveryCode;
  outbox_delivery: OutboxDelivery;
  outbox_event: OutboxEvent;
  rounds_daily: RoundsDaily;
  rounds_round: RoundsRound;
  rounds_session: RoundsSession;
  rounds_state: RoundsState;
  seeds_pair: SeedsPair;
  seeds_revealed: SeedsRevealed;
  sessions_refresh_token: SessionsRefreshToken;
  sessions_session: SessionsSession;
}
