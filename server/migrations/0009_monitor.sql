-- Up Migration

-- What was seen of a game under one configuration, and how much it speaks against the published odds. One row per
-- configuration, written by one reaction at a time: counts are small, and are read and written as a whole.
create table monitor_game (
  game                 text        not null,
  config_id            bigint      not null references odds_config,
  rounds               bigint      not null default 0,
  staked               bigint      not null default 0,
  paid                 bigint      not null default 0,
  -- Rounds that cannot have come from this configuration, whatever the luck.
  impossible           bigint      not null default 0,
  -- Counts by cell (fairness, `*.observed.ts`): the evidence is a function of them and of the configuration.
  counts               jsonb       not null,
  -- Natural logarithm of the evidence now, and of the highest it ever was.
  log_evidence         double precision not null default 0,
  highest_log_evidence double precision not null default 0,
  state                text        not null default 'ok',
  state_since          timestamptz not null,
  watched_since        timestamptz not null,
  last_round_at        timestamptz not null,
  constraint monitor_game_once_per_configuration primary key (game, config_id),
  constraint monitor_game_counts_up check (rounds >= 0 and impossible between 0 and rounds),
  constraint monitor_game_state_is_known check (state in ('ok', 'watch', 'alarm')),
  constraint monitor_game_highest_is_highest check (highest_log_evidence >= log_evidence),
  -- An alarm stays: evidence that was there once cannot be waited away. ln 1000.
  constraint monitor_game_alarm_stays
    check ((state = 'alarm') = (impossible > 0 or highest_log_evidence >= 6.907755278982137))
);

-- Down Migration
drop table monitor_game;
