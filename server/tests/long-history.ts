import pg from 'pg'
import { makePair } from '#modules/seeds/make-pair.ts'
import type { App } from '#server/app.ts'

/*
 * Years of play, written at once: players, and rounds of the slot with everything a round leaves behind (transfer,
 * postings, wallet, state, nonce), such that the audit finds nothing. Set by set in SQL, because ten million rounds
 * through the engine would take an hour. A few players play much and many play little; their rounds are interleaved as
 * they would have come. Indexes are built afterwards, as full as years of insertions leave them.
 */

export type LongHistory = {
  readonly players: number
  readonly rounds: number
  /** Says what is being done. */
  readonly onProgress?: (message: string) => void
}

/** How full a b-tree's pages are after random insertions: ln 2. A freshly built index has its first splits before it. */
const LEAVES_FULL_PERCENT = 70
const GIFT = 1_000_000_000
const SLOT_TILL = 3
const GIFT_TILL = 4
const BET = 10
const WIN = 12
const PAYING_PERCENT = 39
const ROUNDS_A_SESSION = 20
/** Of so many days the events are still there, handled. */
const EVENT_DAYS = 30
const CONFIG = `(select max(id) from odds_config where game = 'slot')`
const OUTCOME = JSON.stringify({
  reels: ['cherry', 'cherry', 'lemon'],
  combination: 'adjacent_pair:cherry',
  pay_hundredths: 120,
  streak: 1,
  streak_bonus_percent: 2,
  variation_permille: 1000,
  is_jackpot: false,
  state_before: { streak: 0 },
  state_after: { streak: 1 },
})
const LONG_TABLES = ['ledger_transfer', 'ledger_posting', 'rounds_round']

/**
 * Fills a migrated database with a published slot, in which nobody has played. The seeds of these players are no seeds:
 * who is to play on needs a pair of one's own.
 */
export async function writeLongHistory(connectionString: string, history: LongHistory): Promise<void> {
  const say = history.onProgress ?? (() => undefined)
  const client = new pg.Client({ connectionString, application_name: 'casino-club long history' })
  await client.connect()
  const run = async (what: string, sql: string, values: unknown[] = []): Promise<void> => {
    const startedAt = Date.now()
    await client.query(sql, values)
    say(`${what}: ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
  }
  try {
    await client.query(`set work_mem = '256MB'; set maintenance_work_mem = '512MB'`)
    await run('players', PLAYERS, [history.players])
    await run('who there is', VETERANS)
    await run('who played when', whoPlayed(history))
    await client.query('analyze played; analyze veteran')
    const rebuildIndexes = await dropIndexes(client)
    await run('gifts', GIFTS)
    await run('transfers', TRANSFERS)
    await run('postings', POSTINGS)
    await run('rounds', ROUNDS, [OUTCOME])
    await run('wallets', WALLETS)
    await run('states and seeds', STATES)
    await run('sessions', SESSIONS)
    await run('events', EVENTS)
    await run('days', DAYS)
    for (const { name, sql } of rebuildIndexes) await run(name, sql)
    await client.query(`select setval('ledger_transfer_id_seq', (select max(id) from ledger_transfer)),
                               setval(pg_get_serial_sequence('seeds_pair', 'id'), (select max(id) from seeds_pair))`)
    await client.query('drop table played, veteran')
    await run('vacuum', 'vacuum (analyze, freeze)')
    await run('checkpoint', 'checkpoint')
  } finally {
    await client.end()
  }
}

/** Gives players of a long history seeds that can be played from; nonces go on where they were. */
export async function giveSeeds(app: App, playerIds: readonly bigint[]): Promise<void> {
  const pairs = playerIds.map((playerId) => makePair(app, playerId, app.clock.now()))
  await app.pool.query(
    `update seeds_pair p
        set commitment = n.commitment, sealed_seed = n.sealed, next_commitment = n.next_commitment,
            next_sealed_seed = n.next_sealed
       from unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[])
         as n (player_id, commitment, sealed, next_commitment, next_sealed)
      where p.player_id = n.player_id`,
    [
      pairs.map((pair) => pair.playerId),
      pairs.map((pair) => pair.seed.commitment),
      pairs.map((pair) => pair.seed.sealedSeed),
      pairs.map((pair) => pair.nextSeed.commitment),
      pairs.map((pair) => pair.nextSeed.sealedSeed),
    ],
  )
}

/** Takes the indexes of the long tables away. @returns what makes them anew, under the same names. */
async function dropIndexes(client: pg.Client): Promise<{ name: string; sql: string }[]> {
  const { rows } = await client.query<{ on: string; name: string; constraint: string | null; index: string }>(
    `select i.indrelid::regclass::text as "on", i.indexrelid::regclass::text as name,
            (select pg_get_constraintdef(c.oid) from pg_constraint c where c.conindid = i.indexrelid) as constraint,
            pg_get_indexdef(i.indexrelid) as index
       from pg_index i where i.indrelid = any($1::regclass[])`,
    [LONG_TABLES],
  )
  const full = `with (fillfactor = ${LEAVES_FULL_PERCENT})`
  const made: { name: string; sql: string }[] = []
  for (const { on, name, constraint, index } of rows) {
    await client.query(constraint ? `alter table ${on} drop constraint ${name}` : `drop index ${name}`)
    const make = constraint ? `alter table ${on} add constraint ${name} ${constraint} ${full}` : `${index} ${full}`
    made.push({ name, sql: `${make}; alter index ${name} reset (fillfactor)` })
  }
  return made
}

const PLAYERS = `
  with invite as (
    insert into accounts_invite (code, code_hash, is_drawn, rank, created_at)
    values ('long history', 'long history', false, 'VIP', now()) returning id),
  player as (
    insert into accounts_player (site_id, nickname, nickname_key, password_hash, rank, invite_id, created_at)
    select 'long_' || n, 'long ' || n, 'long' || n, 'none', 'VIP', invite.id, now() - interval '400 days'
      from invite, generate_series(1, $1::int) n
    returning id)
  insert into ledger_account (player_id, asset)
  select id, asset from player, (values ('token'), ('gem')) a (asset)`

const VETERANS = `
  create temp table veteran as
  select row_number() over (order by player_id) - 1 as place, player_id, a.id as wallet
    from ledger_account a join accounts_player p on p.id = a.player_id
   where a.asset = 'token' and p.site_id like 'long_%'`

/*
 * Player number floor(P × u³): the busiest hundredth plays a fifth of all rounds. hashint8 is no chance but spreads
 * like one, and gives the same history every time.
 */
const whoPlayed = ({ players, rounds }: LongHistory): string => `
  create temp table played as
  select last.id + ${players} + r as id, v.player_id, v.wallet,
         row_number() over mine as nth, payout,
         count(*) filter (where payout > 0) over mine as wins,
         (row_number() over mine - 1) / ${ROUNDS_A_SESSION} + 1 as session,
         (count(*) over (partition by v.player_id) - 1) / ${ROUNDS_A_SESSION} + 1 as last_session,
         now() - (${rounds} - r) * interval '1 second' * ${(300 * 86_400) / rounds} as played_at
    from (select coalesce(max(id), 0) as id from ledger_transfer) last,
         generate_series(1, ${rounds}::bigint) r
    join lateral (select floor(${players} * power((hashint8(r) & 2147483647) / 2147483648.0, 3))::bigint as place,
                         case when (hashint8(-r) & 2147483647) % 100 < ${PAYING_PERCENT} then ${WIN}::bigint else 0 end
                           as payout) d on true
    join veteran v on v.place = d.place
  window mine as (partition by v.player_id order by r)`

const GIFTS = `
  with given as (
    insert into ledger_transfer (id, player_id, request_id, request_hash, reason, occurred_at)
    select last.id + place + 1, player_id, gen_random_uuid(), '\\x00112233445566778899aabbccddeeff', 'operator.gift',
           now() - interval '400 days'
      from (select coalesce(max(id), 0) as id from ledger_transfer) last, veteran
    returning id, player_id)
  insert into ledger_posting (transfer_id, from_account, to_account, amount, number, balance_after)
  select g.id, ${GIFT_TILL}, v.wallet, ${GIFT}, 1, ${GIFT} from given g join veteran v using (player_id)`

const TRANSFERS = `
  insert into ledger_transfer (id, player_id, request_id, request_hash, reason, occurred_at)
  select id, player_id, gen_random_uuid(), decode(md5(id::text), 'hex'), 'slot.round', played_at
    from played order by id`

/** What the wallet held and counted before this round: the gift, and the rounds before. */
const BEFORE = `(select *, 1 + (nth - 1) + (wins - (payout > 0)::int) as entries,
                        ${GIFT} - (nth - 1) * ${BET} + (wins - (payout > 0)::int) * ${WIN} as balance from played)`

const POSTINGS = `
  insert into ledger_posting (transfer_id, from_account, to_account, amount, number, balance_after)
  select p.id, line.* from ${BEFORE} p
   cross join lateral (
     values (p.wallet, ${SLOT_TILL}::bigint, ${BET}::bigint, p.entries + 1, p.balance - ${BET}),
            (${SLOT_TILL}, p.wallet, p.payout, p.entries + 2, p.balance - ${BET} + p.payout))
     as line (from_account, to_account, amount, number, balance_after)
   where line.amount > 0 order by p.id, line.number`

const ROUNDS = `
  insert into rounds_round (player_id, id, game, config_id, stake, payout, balance_after, outcome, played_at, pair_id, nonce)
  select player_id, id, 'slot', ${CONFIG}, ${BET}, payout, balance - ${BET} + payout, $1::jsonb, played_at, player_id, nth - 1
    from ${BEFORE} p order by id`

const SUMS = `(select v.player_id, v.wallet, count(p.id) as rounds, count(p.id) filter (where p.payout > 0) as wins,
                      coalesce(sum(p.payout), 0)::bigint as paid, max(p.played_at) as last_played_at,
                      coalesce(max(p.session), 0) as session,
                      min(p.played_at) filter (where p.session = p.last_session) as session_started,
                      count(p.id) filter (where p.session = p.last_session) as session_rounds,
                      coalesce(sum(p.payout) filter (where p.session = p.last_session), 0)::bigint as session_paid
                 from veteran v left join played p using (player_id) group by 1, 2)`

const WALLETS = `
  update ledger_account a set balance = ${GIFT} - s.rounds * ${BET} + s.paid, entries = 1 + s.rounds + s.wins
    from ${SUMS} s where a.id = s.wallet`

const STATES = `
  with state as (
    insert into rounds_state (player_id, game, state, day, rounds_today, rounds, wins, staked, paid, biggest_win,
                              best_streak, last_played_at, session_number, session_started, session_rounds,
                              session_staked, session_paid)
    select player_id, 'slot', '{"streak": 0}', coalesce(last_played_at, now())::date, 0, rounds, wins, rounds * ${BET},
           paid, case when wins > 0 then ${WIN} else 0 end, 1, last_played_at, session, session_started,
           session_rounds, session_rounds * ${BET}, session_paid
      from ${SUMS} s)
  insert into seeds_pair (player_id, id, commitment, sealed_seed, client_seed, next_nonce, created_at, next_commitment,
                          next_sealed_seed)
  select player_id, player_id, sha256(int8send(player_id)), decode(repeat('00', 92), 'hex'), 'long-history', rounds,
         now() - interval '400 days', sha256(int8send(-player_id)), decode(repeat('00', 92), 'hex')
    from ${SUMS} s`

const SESSIONS = `
  insert into rounds_session (player_id, game, number, started_at, ended_at, rounds, staked, paid)
  select player_id, 'slot', session, min(played_at), max(played_at), count(*), count(*) * ${BET}, sum(payout)
    from played where session < last_session group by player_id, session`

const EVENTS = `
  insert into outbox_event (kind, player_id, payload, happened_at, handled_at)
  select 'rounds.round_played', player_id,
         jsonb_build_object('round_id', id, 'game', 'slot', 'config_id', ${CONFIG}, 'stake', ${BET}, 'payout', payout),
         played_at, played_at
    from played where played_at > now() - interval '${EVENT_DAYS} days' order by id`

const DAYS = `
  insert into rounds_daily (game, config_id, day, rounds, staked, paid)
  select 'slot', ${CONFIG}, (played_at at time zone 'Asia/Seoul')::date, count(*), count(*) * ${BET}, sum(payout)
    from played group by 3`
