-- Up Migration

-- What a game remembers of a player between rounds, and the running figures beside it. Locked by every
-- round of that player in that game; no column of it but the key is indexed, so an update stays on its page.
create table rounds_state (
  player_id       bigint      not null references accounts_player,
  game            text        not null,
  state           jsonb       not null,
  -- The player's day (Asia/Seoul) that rounds_today counts.
  day             date        not null,
  rounds_today    integer     not null default 0,
  rounds          bigint      not null default 0,
  wins            bigint      not null default 0,
  staked          bigint      not null default 0,
  paid            bigint      not null default 0,
  biggest_win     bigint      not null default 0,
  best_streak     bigint      not null default 0,
  play_seconds    bigint      not null default 0,
  last_played_at  timestamptz,
  -- The session under way, or the last one when it has been quiet for long.
  session_number  bigint      not null default 0,
  session_started timestamptz,
  session_rounds  bigint      not null default 0,
  session_staked  bigint      not null default 0,
  session_paid    bigint      not null default 0,
  primary key (player_id, game),
  constraint rounds_state_counts_up check (rounds >= 0 and wins between 0 and rounds and rounds_today >= 0)
) with (fillfactor = 50);

-- One round. Its id is that of the ledger transfer that paid for it, so a round without its money, or
-- the money without its round, cannot be written down twice. History reads (player_id, id) backwards.
create table rounds_round (
  player_id     bigint      not null,
  id            bigint      not null,
  game          text        not null,
  config_id     bigint      not null,
  stake         bigint      not null,
  payout        bigint      not null,
  balance_after bigint      not null,
  outcome       jsonb       not null,
  played_at     timestamptz not null,
  primary key (player_id, id),
  constraint rounds_round_stakes_something check (stake > 0),
  constraint rounds_round_pays_or_not check (payout >= 0)
);

-- A session that is over: rounds of one game with less than half an hour between them.
create table rounds_session (
  player_id  bigint      not null,
  game       text        not null,
  number     bigint      not null,
  started_at timestamptz not null,
  ended_at   timestamptz not null,
  rounds     bigint      not null,
  staked     bigint      not null,
  paid       bigint      not null,
  primary key (player_id, game, number),
  constraint rounds_session_ends_after_it_starts check (ended_at >= started_at)
);

-- What each configuration of a game has paid, day by day: observed against published.
create table rounds_daily (
  game      text   not null,
  config_id bigint not null references odds_config,
  day       date   not null,
  rounds    bigint not null,
  staked    bigint not null,
  paid      bigint not null,
  primary key (game, config_id, day)
);

create function rounds_refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception 'history is append-only: % on % refused', tg_op, tg_table_name
    using errcode = 'restrict_violation', constraint = tg_table_name || '_is_append_only';
end $$;
create trigger rounds_round_is_append_only before update or delete or truncate on rounds_round
  for each statement execute function rounds_refuse_rewriting();
create trigger rounds_session_is_append_only before update or delete or truncate on rounds_session
  for each statement execute function rounds_refuse_rewriting();

-- Down Migration
drop table rounds_daily;
drop table rounds_session;
drop table rounds_round;
drop table rounds_state;
drop function rounds_refuse_rewriting;
