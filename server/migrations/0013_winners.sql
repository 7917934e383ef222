-- Up Migration

-- The latest epic and legendary prizes, for every member to see. A reaction fills it from rounds that were played and
-- keeps it short, so reading it costs the same after a million wins. No nickname: who it was is asked for, and masked,
-- when it is shown.
create table gacha_winner (
  player_id bigint      not null,
  round_id  bigint      not null,
  -- Which pull of the round, from 0.
  place     smallint    not null,
  rarity    text        not null,
  item      text        not null,
  name_ko   text        not null,
  name_en   text        not null,
  won_at    timestamptz not null,
  constraint gacha_winner_is_told_once primary key (player_id, round_id, place),
  constraint gacha_winner_is_worth_telling check (rarity in ('epic', 'legendary'))
);

-- Down Migration
drop table gacha_winner;
