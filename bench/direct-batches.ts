import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { integers, numbers, uuids } from '../server/src/platform/postgres/columns.ts'
import { type Ids, inLanes } from './direct-lanes.ts'
import type { Load } from './load.ts'

/*
 * The limit: the rows of a round, written by batches straight into the database, each batch one statement and one
 * transaction. Nothing is locked, looked up or decided (the only writer knows everything beforehand), nothing is checked,
 * nobody asks over HTTP. No house that writes these rows to this PostgreSQL from one process can be faster by much.
 *
 * As statements of their own, each with the driver's Sync, the same rows were written at two thirds of the speed by
 * batches of 32, and at half of it by batches of 8.
 */

export const SHOWN = {
  reels: ['cherry', 'cherry', 'lemon'],
  combination: 'adjacent_pair:cherry',
  pay_hundredths: 120,
  streak: 1,
  streak_bonus_percent: 2,
  variation_permille: 1000,
  is_jackpot: false,
}
const OUTCOME = JSON.stringify(SHOWN)
export const BET = 10n
const WIN = 12n
/** Of a hundred rounds so many pay, as the slot does. */
const PAYING = 39

export type Wallet = {
  playerId: bigint
  id: bigint
  balance: bigint
  entries: bigint
  streak: number
  rounds: bigint
  staked: bigint
  paid: bigint
  wins: bigint
  pairId: bigint
  nonce: bigint
}

const PARTS = {
  transfers: `insert into ledger_transfer (id, player_id, request_id, request_hash, reason, occurred_at)
    select id, player_id, request_id, 'direct', 'slot.round', $4::timestamptz
      from unnest($1::bigint[], $2::bigint[], $3::uuid[]) as n (id, player_id, request_id)`,
  postings: `insert into ledger_posting (transfer_id, from_account, to_account, amount, number, balance_after)
    select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])`,
  wallets: `update ledger_account a set balance = n.balance, entries = n.entries
      from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as n (id, balance, entries) where a.id = n.id`,
  rounds: `insert into rounds_round
           (player_id, id, game, config_id, stake, payout, balance_after, outcome, played_at, pair_id, nonce)
    select player_id, id, 'slot', 1, 10, payout, balance_after, $7::jsonb, $8::timestamptz, pair_id, nonce
      from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
        as n (player_id, id, payout, balance_after, pair_id, nonce)`,
  seeds: `update seeds_pair p set next_nonce = n.next_nonce
      from unnest($1::bigint[], $2::bigint[]) as n (player_id, next_nonce) where p.player_id = n.player_id`,
  states: `update rounds_state s
       set state = jsonb_build_object('streak', n.streak), rounds_today = s.rounds_today + 1, rounds = n.rounds,
           wins = n.wins, staked = n.staked, paid = n.paid, best_streak = n.streak, last_played_at = $7::timestamptz,
           session_rounds = n.rounds, session_staked = n.staked, session_paid = n.paid
      from unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
        as n (player_id, streak, rounds, wins, staked, paid)
     where s.player_id = n.player_id and s.game = 'slot'`,
  events: `insert into outbox_event (kind, player_id, payload, happened_at)
    select 'rounds.round_played', player_id,
           jsonb_build_object('round_id', id, 'game', 'slot', 'config_id', 1, 'stake', 10, 'payout', payout), $4::timestamptz
      from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as n (player_id, id, payout)`,
}

const ORDER = ['transfers', 'postings', 'wallets', 'rounds', 'seeds', 'states', 'events'] as const

type NumberOf<Row> = { [Field in keyof Row]: Row[Field] extends bigint ? Field : never }[keyof Row]

let text: string | undefined

/** All parts as one statement, the values of one behind those of the one before. */
function wholeBatch(counts: readonly number[]): string {
  let before = 0
  const parts = ORDER.map((name, at) => {
    const shift = before
    before += counts[at] ?? 0
    return `${name} as (${PARTS[name].replaceAll(/\$(\d+)/g, (_, number) => `$${shift + Number(number)}`)})`
  })
  return `with ${parts.join(', ')} select 1`
}

export function directBatches(
  url: string,
  players: ReadonlySet<bigint>,
  callers: number,
  seconds: number,
): Promise<Load> {
  return inLanes(url, players, callers, seconds, readWallets, async (client, wallets, ids) => {
    await writeBatch(client, wallets, ids)
  })
}

export async function readWallets(client: pg.Client): Promise<Wallet[]> {
  const { rows } = await client.query<Record<string, string>>(
    `select a.player_id, a.id, a.balance, a.entries, (s.state->>'streak')::text as streak, s.rounds, s.staked, s.paid, s.wins,
            p.id as pair_id, p.next_nonce as nonce
       from ledger_account a join rounds_state s on s.player_id = a.player_id and s.game = 'slot'
       join seeds_pair p on p.player_id = a.player_id
      where a.asset = 'token' order by a.player_id`,
  )
  const big = (text: string | undefined): bigint => BigInt(text ?? '0')
  return rows.map((row) => ({
    playerId: big(row['player_id']),
    id: big(row['id']),
    balance: big(row['balance']),
    entries: big(row['entries']),
    streak: Number(row['streak']),
    rounds: big(row['rounds']),
    staked: big(row['staked']),
    paid: big(row['paid']),
    wins: big(row['wins']),
    pairId: big(row['pair_id']),
    nonce: big(row['nonce']),
  }))
}

/** @returns number and payout of each round. */
export async function writeBatch(
  client: pg.Client,
  wallets: readonly Wallet[],
  ids: Ids,
): Promise<{ id: bigint; payout: bigint }[]> {
  const at = new Date()
  const transferIds: bigint[] = []
  const payouts: bigint[] = []
  const posted: bigint[][] = [[], [], [], [], [], []]
  const post = (...values: bigint[]): void => {
    for (const [column, value] of values.entries()) posted[column]?.push(value)
  }
  for (const wallet of wallets) {
    const id = ids.next++
    const payout = Number(id % 100n) < PAYING ? WIN : 0n
    transferIds.push(id)
    payouts.push(payout)
    wallet.balance -= BET
    post(id, wallet.id, 3n, BET, ++wallet.entries, wallet.balance)
    if (payout > 0n) {
      wallet.balance += payout
      post(id, 3n, wallet.id, payout, ++wallet.entries, wallet.balance)
      wallet.wins++
    }
    wallet.streak++
    wallet.rounds++
    wallet.staked += BET
    wallet.paid += payout
  }
  const of = (field: NumberOf<Wallet>): Buffer => numbers(wallets, (each) => each[field])
  const plain = (values: readonly bigint[]): Buffer => numbers(values, (value) => value)
  const numbered = plain(transferIds)
  const players = of('playerId')
  const paid = plain(payouts)
  const nonces = of('nonce')
  for (const wallet of wallets) wallet.nonce++
  const values: Readonly<Record<(typeof ORDER)[number], readonly unknown[]>> = {
    transfers: [numbered, players, uuids(wallets, () => randomUUID()), at],
    postings: posted.map(plain),
    wallets: [of('id'), of('balance'), of('entries')],
    rounds: [players, numbered, paid, of('balance'), of('pairId'), nonces, OUTCOME, at],
    seeds: [players, of('nonce')],
    states: [players, integers(wallets, (each) => each.streak), of('rounds'), of('wins'), of('staked'), of('paid'), at],
    events: [players, numbered, paid, at],
  }
  const ordered = ORDER.map((name) => values[name])
  text ??= wholeBatch(ordered.map((each) => each.length))
  await client.query({ name: 'direct_batch', text, values: ordered.flat() })
  return transferIds.map((id, round) => ({ id, payout: payouts[round] ?? 0n }))
}
