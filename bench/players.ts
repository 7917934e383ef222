import { newGachaState } from '@casino-club/fairness/gacha.rules.ts'
import { defaultSlot } from '@casino-club/fairness/slot.default.ts'
import { newSlotState } from '@casino-club/fairness/slot.rules.ts'
import type { App } from '../server/src/app.ts'
import { publishConfig } from '../server/src/modules/odds/publish-config.ts'
import { accessTokens } from '../server/src/modules/sessions/access-token.ts'
import { giveSeeds } from '../server/tests/long-history.ts'
import { lastingGacha } from './plays.ts'

export type BenchPlayer = { readonly id: bigint; readonly sessionId: bigint; readonly token: string }

/** What the two published configurations are called in an empty database. */
export const SLOT_CONFIG_ID = 1n
export const GACHA_CONFIG_ID = 2n

/** Publishes what is played, before a server opens and publishes what is shipped. */
export async function publishGames(app: App): Promise<void> {
  const publish = (game: string, config: object) =>
    app.inTransaction((tx) => publishConfig(tx, game, config, app.clock.now()))
  const [slot, gacha] = [await publish('slot', defaultSlot), await publish('gacha', lastingGacha)]
  if (slot.configId !== SLOT_CONFIG_ID || gacha.configId !== GACHA_CONFIG_ID) throw new Error('not an empty database')
}

/**
 * Albums as after a week of play: every common and rare prize, no epic yet. Put back before each measurement, so that
 * no way of pulling finds the albums fuller than the way before it.
 */
export async function fillAlbums(app: App): Promise<void> {
  const owned = (['rare', 'common'] as const).flatMap((rarity) =>
    lastingGacha.prizes[rarity].rows.map(({ id, name }) => ({ id, rarity, name })),
  )
  await app.pool.query('truncate inventory_item')
  await app.pool.query(
    `insert into inventory_item (player_id, item, count, rarity, name_ko, name_en, given_by, first_received_at)
     select p.id, i.item, 1, i.rarity, i.ko, i.en, 'gacha', now()
       from accounts_player p, unnest($1::text[], $2::text[], $3::text[], $4::text[]) as i (item, rarity, ko, en)`,
    [
      owned.map(({ id }) => id),
      owned.map(({ rarity }) => rarity),
      owned.map(({ name }) => name.ko),
      owned.map(({ name }) => name.en),
    ],
  )
  await app.pool.query('analyze inventory_item')
}

/**
 * Players who can go on for as long as the benchmark lasts, each with a session of its own. Made in bulk: nothing
 * here is measured.
 */
export async function makePlayers(app: App, count: number): Promise<BenchPlayer[]> {
  const { rows } = await app.pool.query<{ player_id: bigint; session_id: bigint }>(
    `with invite as (
       insert into accounts_invite (code, code_hash, is_drawn, rank, created_at)
       values ('bench', 'bench', false, 'VIP', now()) returning id),
     player as (
       insert into accounts_player (site_id, nickname, nickname_key, password_hash, rank, invite_id, created_at)
       select name, name, name, 'none', 'VIP', invite.id, now()
         from invite, (select 'bench' || n as name from generate_series(1, $1::int) n) names
       returning id),
     wallet as (
       insert into ledger_account (player_id, asset) select id, asset from player, (values ('token'), ('gem')) a (asset)
       returning id, player_id, asset),
     session as (
       insert into sessions_session (player_id, rank, created_at, last_used_at, ends_at, is_browser, user_agent, address_hint)
       select id, 'VIP', now(), now(), now() + interval '1 day', false, 'bench', '127.0.*.*' from player
       returning id, player_id)
     select s.player_id, s.id as session_id from session s order by s.player_id`,
    [count],
  )
  // What they play with is posted, as everything that moves: the books must balance after the benchmark, too.
  await app.pool.query(
    `with given as (
       insert into ledger_transfer (player_id, request_id, request_hash, reason, occurred_at)
       select player_id, gen_random_uuid(), 'bench', 'operator.gift', now()
         from ledger_account where asset = 'token' and player_id is not null
       returning id, player_id),
     posted as (
       insert into ledger_posting (transfer_id, from_account, to_account, amount, number, balance_after)
       select g.id, 4, a.id, 1000000000, 1, 1000000000
         from given g join ledger_account a on a.player_id = g.player_id and a.asset = 'token')
     update ledger_account a set balance = 1000000000, entries = 1
       from given g where a.player_id = g.player_id and a.asset = 'token'`,
  )
  await app.pool.query(
    `insert into rounds_state (player_id, game, state, day)
     select id, game, state, (now() at time zone 'Asia/Seoul')::date
       from accounts_player, (values ('slot', $1::jsonb), ('gacha', $2::jsonb)) games (game, state)`,
    [JSON.stringify(newSlotState), JSON.stringify(newGachaState(lastingGacha))],
  )
  await app.pool.query('vacuum analyze')
  return rows.map(({ player_id, session_id }) => asPlayer(app, player_id, session_id))
}

/** The same for players of a long history (`writeLongHistory`): a session, and a pair of seeds they can play from. */
export async function openSessions(app: App, playerIds: readonly bigint[]): Promise<BenchPlayer[]> {
  const { rows } = await app.pool.query<{ player_id: bigint; session_id: bigint }>(
    `insert into sessions_session (player_id, rank, created_at, last_used_at, ends_at, is_browser, user_agent, address_hint)
     select id, rank, now(), now(), now() + interval '1 day', false, 'bench', '127.0.*.*'
       from accounts_player where id = any($1::bigint[])
     returning player_id, id as session_id`,
    [playerIds],
  )
  await giveSeeds(app, playerIds)
  return rows.map(({ player_id, session_id }) => asPlayer(app, player_id, session_id))
}

function asPlayer(app: App, id: bigint, sessionId: bigint): BenchPlayer {
  const token = accessTokens(app.config).sign({ kind: 'player', subjectId: id, sessionId }, app.clock.now(), 3_600_000)
  return { id, sessionId, token }
}
