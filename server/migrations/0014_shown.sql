-- Up Migration

-- Whether a player's epic and legendary prizes may be shown to other members. They may until the player says otherwise.
alter table accounts_player add column is_shown_among_winners boolean not null default true;

-- Down Migration
alter table accounts_player drop column is_shown_among_winners;
