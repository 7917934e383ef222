-- Up Migration

-- A player of many spins asks for the few pulls: without this the whole history is read to find them.
create index rounds_round_by_game on rounds_round (player_id, game, id);

-- Every event is written, marked and, a day later, deleted. PostgreSQL would wait until a fifth of a day's events are
-- dead, and the search for unhandled ones steps over the dead until they are cleared away.
alter table outbox_event set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 10000);
-- Deleting an event asks whether a delivery still waits for it.
create index outbox_delivery_of_event on outbox_delivery (event_id);

-- Down Migration
drop index outbox_delivery_of_event;
alter table outbox_event reset (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold);
drop index rounds_round_by_game;
