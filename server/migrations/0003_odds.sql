-- Up Migration

-- Every configuration that was ever drawn from. The newest of a game is the live one.
create table odds_config (
  id           bigint generated always as identity primary key,
  game         text        not null,
  hash         text        not null,
  config       jsonb       not null,
  published_at timestamptz not null,
  constraint odds_config_hash_is_sha256 check (hash ~ '^[0-9a-f]{64}$')
);
create index odds_config_newest on odds_config (game, id desc);

create function odds_refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception 'published odds are append-only: % on % refused', tg_op, tg_table_name
    using errcode = 'restrict_violation', constraint = tg_table_name || '_is_append_only';
end $$;
create trigger odds_config_is_append_only before update or delete or truncate on odds_config
  for each statement execute function odds_refuse_rewriting();

-- Down Migration
drop table odds_config;
drop function odds_refuse_rewriting;
