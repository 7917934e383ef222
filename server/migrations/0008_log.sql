-- Up Migration

-- What everybody may check: which configuration went live when, and which commitments a day made. Each entry is
-- hashed together with the one before it, so nothing can be changed, left out or put in between later.
create table odds_log (
  number        bigint not null,
  -- What it is about, so that nothing is entered twice: `config:7`, `commitments:2026-11-23`.
  subject       text   not null,
  -- Canonical JSON (fairness/README.md), exactly as it was hashed.
  body          text   not null,
  previous_hash text   not null,
  hash          text   not null,
  constraint odds_log_is_numbered primary key (number),
  constraint odds_log_says_it_once unique (subject),
  constraint odds_log_has_no_fork unique (previous_hash),
  constraint odds_log_is_chained
    check (hash = encode(sha256(convert_to(previous_hash || E'\n' || body, 'UTF8')), 'hex'))
);
create trigger odds_log_is_append_only before update or delete or truncate on odds_log
  for each statement execute function odds_refuse_rewriting();

create index seeds_pair_by_day on seeds_pair (created_at);

-- Down Migration
drop index seeds_pair_by_day;
drop table odds_log;
