-- Up Migration

-- What players own, counted. An item is new when its row is: inserting it twice is refused, so whoever decided on
-- an old picture of the inventory finds out.
create table inventory_item (
  player_id         bigint      not null,
  item              text        not null,
  count             bigint      not null,
  rarity            text        not null,
  name_ko           text        not null,
  name_en           text        not null,
  -- The module that gave the first one.
  given_by          text        not null,
  first_received_at timestamptz not null,
  constraint inventory_item_is_counted_once primary key (player_id, item),
  constraint inventory_item_is_there check (count > 0)
);

-- Pieces of limited prizes that have been granted. Locked by every batch with a pull in it, in item order.
create table gacha_stock (
  item   text   not null,
  taken  bigint not null default 0,
  pieces bigint not null,
  constraint gacha_stock_one_row_per_item primary key (item),
  constraint gacha_stock_is_not_oversold check (taken between 0 and pieces)
) with (fillfactor = 50);

-- There may be postings of this till already, when this step is taken back and done again.
insert into ledger_account (id, till, asset) values (6, 'gacha', 'token') on conflict do nothing;

-- Down Migration
-- The till stays: postings name it, and the books would not balance without it.
drop table gacha_stock;
drop table inventory_item;
