-- Up Migration

-- Every round updates its pair of seeds, and PostgreSQL checks a row's constraints with each update, the client seed's
-- pattern among them: a twelfth of the database's time for a round. A domain is checked when somebody assigns a value.
create domain seeds_client_seed as text constraint seeds_client_seed_is_plain check (value ~ '^[A-Za-z0-9._-]{1,64}$');
alter table seeds_pair
  drop constraint seeds_pair_client_seed_is_plain,
  alter column client_seed type seeds_client_seed;

-- Down Migration
alter table seeds_pair
  alter column client_seed type text,
  add constraint seeds_pair_client_seed_is_plain check (client_seed ~ '^[A-Za-z0-9._-]{1,64}$');
drop domain seeds_client_seed;
