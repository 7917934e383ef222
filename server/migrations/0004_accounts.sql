-- Up Migration

create table accounts_player (
  id bigint generated always as identity (start with 1001) primary key
);

-- Down Migration
drop table accounts_player;
