-- Up Migration

-- Facts that a transaction tells. Written together with what they tell of, so neither exists without
-- the other. `handled_at` is null until every reaction has run or been parked in outbox_delivery: work
-- is found by its being unfinished, never by "id greater than the last one", which skips what commits late.
create table outbox_event (
  id          bigint generated always as identity primary key,
  kind        text        not null,
  player_id   bigint      not null,
  payload     jsonb       not null,
  happened_at timestamptz not null,
  handled_at  timestamptz
);
-- A player's events carry rising ids because they are written under that player's lock.
create index outbox_event_unhandled on outbox_event (id) where handled_at is null;

-- A reaction that failed, and the same player's later events waiting behind it so that order holds.
create table outbox_delivery (
  event_id        bigint      not null references outbox_event,
  reaction        text        not null,
  player_id       bigint      not null,
  attempts        integer     not null,
  next_attempt_at timestamptz not null,
  last_error      text,
  dead_at         timestamptz,
  primary key (reaction, event_id),
  constraint outbox_delivery_attempts_count_up check (attempts >= 0)
);
create index outbox_delivery_waiting on outbox_delivery (reaction, player_id, event_id) where dead_at is null;

-- Down Migration
drop table outbox_delivery;
drop table outbox_event;
