import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { integers, jsons, numbers, texts, uuids } from '../server/src/platform/postgres/columns.ts'
import { type Ids, inLanes } from './direct-lanes.ts'
import { ACT_ROWS, type Pulled, pullRows } from './direct-rows.ts'
import type { Load } from './load.ts'
import { type Act, PLAYS, type Play } from './plays.ts'

/*
 * The limit of pulls and of mixed play: the rows of such rounds, written as `direct-batches.ts` writes those of spins.
 * A round of pulls is a transfer, a posting or two (the price, the tokens for what was owned already), the wallet, the
 * round with its draws, the nonce, the state with its pity, an event, new prizes in the album, pieces out of stock.
 */

type Figures = { rounds: bigint; wins: bigint; staked: bigint; paid: bigint }
type Wallet = {
  readonly playerId: bigint
  readonly id: bigint
  balance: bigint
  entries: bigint
  readonly pairId: bigint
  nonce: bigint
  pulls: number
  readonly owned: Set<string>
  readonly slot: Figures
  readonly gacha: Figures
}

const STATEMENTS = {
  transfers: `insert into ledger_transfer (id, player_id, request_id, request_hash, reason, occurred_at)
    select id, player_id, request_id, 'direct', game || '.round', $5::timestamptz
      from unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::text[]) as n (id, player_id, request_id, game)`,
  postings: `insert into ledger_posting (transfer_id, from_account, to_account, amount, number, balance_after)
    select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])`,
  wallets: `update ledger_account a set balance = n.balance, entries = n.entries
      from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as n (id, balance, entries) where a.id = n.id`,
  rounds: `insert into rounds_round
           (player_id, id, game, config_id, stake, payout, balance_after, outcome, pair_id, nonce, played_at)
    select *, $11::timestamptz
      from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
                  $8::jsonb[], $9::bigint[], $10::bigint[])`,
  seeds: `update seeds_pair p set next_nonce = n.next_nonce
      from unnest($1::bigint[], $2::bigint[]) as n (player_id, next_nonce) where p.player_id = n.player_id`,
  states: `update rounds_state s
       set state = n.state, rounds_today = s.rounds_today + n.count, rounds = n.rounds, wins = n.wins,
           staked = n.staked, paid = n.paid, last_played_at = $9::timestamptz, session_rounds = n.rounds,
           session_staked = n.staked, session_paid = n.paid
      from unnest($1::bigint[], $2::text[], $3::jsonb[], $4::int[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
        as n (player_id, game, state, count, rounds, wins, staked, paid)
     where s.player_id = n.player_id and s.game = n.game`,
  events: `insert into outbox_event (kind, player_id, payload, happened_at)
    select 'rounds.round_played', player_id, jsonb_build_object('round_id', id, 'game', game, 'config_id', config_id,
           'stake', stake, 'payout', payout), $7::timestamptz
      from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[])
        as n (player_id, id, game, config_id, stake, payout)`,
  items: `insert into inventory_item (player_id, item, count, rarity, name_ko, name_en, given_by, first_received_at)
    select player_id, item, 1, 'epic', 'direct', 'direct', 'gacha', $3::timestamptz
      from unnest($1::bigint[], $2::text[]) as n (player_id, item)`,
  stock: `update gacha_stock s set taken = s.taken + n.taken
      from unnest($1::text[], $2::bigint[]) as n (item, taken) where s.item = n.item`,
}

export function directPulls(
  url: string,
  players: ReadonlySet<bigint>,
  callers: number,
  seconds: number,
  play: Play,
): Promise<Load> {
  const { nextAct } = PLAYS[play]
  return inLanes(url, players, callers, seconds, readWallets, (client, wallets, ids) =>
    writeBatch(
      client,
      wallets.map((wallet) => [wallet, nextAct()] as const),
      ids,
    ),
  )
}

async function readWallets(client: pg.Client): Promise<Wallet[]> {
  const figures = (game: string) =>
    `(select array[rounds, wins, staked, paid] from rounds_state where player_id = a.player_id and game = '${game}')`
  const { rows } = await client.query<Record<string, string> & Record<'slot' | 'gacha' | 'owned', string[]>>(
    `select a.player_id, a.id, a.balance, a.entries, p.id as pair_id, p.next_nonce as nonce,
            ${figures('slot')} as slot, ${figures('gacha')} as gacha,
            array(select item from inventory_item where player_id = a.player_id) as owned
       from ledger_account a join seeds_pair p on p.player_id = a.player_id
      where a.asset = 'token' order by a.player_id`,
  )
  const big = (text: string | undefined): bigint => BigInt(text ?? '0')
  const figuresOf = ([rounds, wins, staked, paid]: readonly string[]): Figures => {
    return { rounds: big(rounds), wins: big(wins), staked: big(staked), paid: big(paid) }
  }
  return rows.map((row, at) => ({
    playerId: big(row['player_id']),
    id: big(row['id']),
    balance: big(row['balance']),
    entries: big(row['entries']),
    pairId: big(row['pair_id']),
    nonce: big(row['nonce']),
    pulls: at, // so that not everybody comes to an epic at once
    owned: new Set(row.owned),
    slot: figuresOf(row.slot),
    gacha: figuresOf(row.gacha),
  }))
}

type Written = {
  readonly wallet: Wallet
  readonly id: bigint
  readonly act: Act
  readonly payout: bigint
  readonly balanceAfter: bigint
  readonly nonce: bigint
}
type Posted = readonly [transfer: bigint, from: bigint, to: bigint, amount: bigint, number: bigint, after: bigint]

async function writeBatch(client: pg.Client, asked: readonly (readonly [Wallet, Act])[], ids: Ids): Promise<void> {
  const at = new Date()
  const postings: Posted[] = []
  const items: { playerId: bigint; item: string }[] = []
  const taken = new Map<string, bigint>()
  const written = asked.map(([wallet, act]): Written => {
    const id = ids.next++
    const { game, till, stake } = ACT_ROWS[act]
    const pulled: Pulled =
      act === 'spin' ? { payout: ACT_ROWS.spin.payout(id), fresh: [], limited: [] } : pullRows(act, wallet)
    for (const item of pulled.fresh) items.push({ playerId: wallet.playerId, item })
    for (const item of pulled.limited) taken.set(item, (taken.get(item) ?? 0n) + 1n)
    const { payout } = pulled
    wallet.balance -= stake
    postings.push([id, wallet.id, till, stake, ++wallet.entries, wallet.balance])
    if (payout > 0n) {
      wallet.balance += payout
      postings.push([id, till, wallet.id, payout, ++wallet.entries, wallet.balance])
    }
    const figures = wallet[game]
    figures.rounds++
    figures.staked += stake
    figures.paid += payout
    if (payout > 0n) figures.wins++
    return { wallet, id, act, payout, balanceAfter: wallet.balance, nonce: wallet.nonce++ }
  })
  const run = (name: keyof typeof STATEMENTS, values: unknown[]) =>
    client.query({ name: `direct_pull_${name}`, text: STATEMENTS[name], values })
  const column = (of: (each: Written) => bigint) => numbers(written, of)
  const players = column(({ wallet }) => wallet.playerId)
  const transferIds = column(({ id }) => id)
  const games = texts(written, ({ act }) => ACT_ROWS[act].game)
  const configIds = column(({ act }) => ACT_ROWS[act].configId)
  const stakes = column(({ act }) => ACT_ROWS[act].stake)
  const payouts = column(({ payout }) => payout)
  const figure = (name: keyof Figures) => column(({ wallet, act }) => wallet[ACT_ROWS[act].game][name])
  // Sent without waiting for each other: one way to the database and back, and one commit.
  await Promise.all([
    client.query('begin'),
    run('transfers', [transferIds, players, uuids(written, () => randomUUID()), games, at]),
    run(
      'postings',
      [0, 1, 2, 3, 4, 5].map((place) => numbers(postings, (posted) => posted[place] ?? 0n)),
    ),
    run('wallets', [
      column(({ wallet }) => wallet.id),
      column((each) => each.balanceAfter),
      column(({ wallet }) => wallet.entries),
    ]),
    run('rounds', [
      players,
      transferIds,
      games,
      configIds,
      stakes,
      payouts,
      column((each) => each.balanceAfter),
      jsons(written, ({ act }) => ACT_ROWS[act].outcome),
      column(({ wallet }) => wallet.pairId),
      column((each) => each.nonce),
      at,
    ]),
    run('seeds', [players, column(({ wallet }) => wallet.nonce)]),
    run('states', [
      players,
      games,
      jsons(written, ({ act }) => ACT_ROWS[act].state),
      integers(written, ({ act }) => ACT_ROWS[act].count),
      figure('rounds'),
      figure('wins'),
      figure('staked'),
      figure('paid'),
      at,
    ]),
    run('events', [players, transferIds, games, configIds, stakes, payouts, at]),
    ...(items.length > 0
      ? [run('items', [numbers(items, (each) => each.playerId), texts(items, (each) => each.item), at])]
      : []),
    // Last, because both lanes take from the same pieces: the second waits no longer than for the first one's commit.
    ...(taken.size > 0
      ? [run('stock', [texts([...taken.keys()], (item) => item), numbers([...taken.values()], (n) => n)])]
      : []),
    client.query('commit'),
  ])
}
