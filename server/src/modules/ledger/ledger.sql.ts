import { sql } from 'kysely'
import { bytes, instants, jsons, numbers, texts, uuids } from '#platform/postgres/columns.ts'
import { hotStatement, type Reads, type Tx, type Write } from '#platform/postgres/database.ts'
import type { Asset } from '#vocabulary/amount.ts'

/* Every query on the ledger's tables. Value is written by `insertTransfers`, `insertPostings` and `updateWallets` only. */

export type WalletRow = { id: bigint; player_id: bigint; asset: Asset; balance: bigint; entries: bigint }

const lockWalletsStatement = hotStatement<WalletRow>(
  'ledger_lock_wallets',
  `select id, player_id, asset, balance, entries
     from ledger_account
    where player_id = any($1::bigint[]) and asset = any($2::text[])
    order by id
      for update`,
)

/** Locks wallets in id order, which is the same order everywhere: two requests never wait for each other. */
export async function lockWallets(
  tx: Tx,
  playerIds: readonly bigint[],
  assets: readonly Asset[],
): Promise<WalletRow[]> {
  return tx.run(lockWalletsStatement, [numbers(playerIds, (id) => id), assets])
}

export type AskedRow = {
  at: bigint
  new_id: bigint
  id: bigint | null
  request_hash: Buffer | null
  reason: string | null
  refused: string | null
  refusal_details: Record<string, string | number | boolean | null> | null
}

const askStatement = hotStatement<AskedRow>(
  'ledger_ask',
  `select asked.at, nextval('ledger_transfer_id_seq') as new_id,
          t.id, t.request_hash, t.reason, t.refused, t.refusal_details
     from unnest($1::bigint[], $2::uuid[]) with ordinality as asked (player_id, request_id, at)
     left join ledger_transfer t on t.player_id = asked.player_id and t.request_id = asked.request_id`,
)

/** For each asked-for transfer: its number if it is new, and what it was if it has been asked before. */
export async function askTransfers(
  tx: Tx,
  requests: readonly { readonly playerId: bigint; readonly requestId: string }[],
): Promise<AskedRow[]> {
  return tx.run(askStatement, [numbers(requests, (each) => each.playerId), uuids(requests, (each) => each.requestId)])
}

const takeIdsStatement = hotStatement<{ id: bigint }>(
  'ledger_take_ids',
  `select nextval('ledger_transfer_id_seq') as id from generate_series(1, $1)`,
)

/** Numbers for so many transfers to come, rising. Those that are not used are gone. */
export async function takeTransferIds(tx: Tx, count: number): Promise<bigint[]> {
  return (await tx.run(takeIdsStatement, [count])).map(({ id }) => id)
}

export type TransferRow = {
  readonly id: bigint
  readonly playerId: bigint
  readonly requestId: string
  readonly requestHash: Buffer
  readonly reason: string
  readonly at: Date
  readonly refused: string | null
  readonly refusalDetails: Readonly<Record<string, unknown>> | null
}

const insertTransfersStatement = hotStatement<never>(
  'ledger_insert_transfers',
  `insert into ledger_transfer (id, player_id, request_id, request_hash, reason, occurred_at, refused, refusal_details)
   select * from unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::bytea[], $5::text[], $6::timestamptz[], $7::text[], $8::jsonb[])`,
)

export function insertTransfers(rows: readonly TransferRow[]): Write {
  return {
    statement: insertTransfersStatement,
    values: [
      numbers(rows, (row) => row.id),
      numbers(rows, (row) => row.playerId),
      uuids(rows, (row) => row.requestId),
      bytes(rows, (row) => row.requestHash),
      texts(rows, (row) => row.reason),
      instants(rows, (row) => row.at),
      texts(rows, (row) => row.refused),
      jsons(rows, (row) => row.refusalDetails),
    ],
  }
}

export type PostingRow = {
  readonly transferId: bigint
  readonly from: bigint
  readonly to: bigint
  readonly amount: bigint
  readonly number: bigint
  readonly balanceAfter: bigint
}

const insertPostingsStatement = hotStatement<never>(
  'ledger_insert_postings',
  `insert into ledger_posting (transfer_id, from_account, to_account, amount, number, balance_after)
   select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])`,
)

export function insertPostings(rows: readonly PostingRow[]): Write {
  return {
    statement: insertPostingsStatement,
    values: [
      numbers(rows, (row) => row.transferId),
      numbers(rows, (row) => row.from),
      numbers(rows, (row) => row.to),
      numbers(rows, (row) => row.amount),
      numbers(rows, (row) => row.number),
      numbers(rows, (row) => row.balanceAfter),
    ],
  }
}

const updateWalletsStatement = hotStatement<never>(
  'ledger_update_wallets',
  `with updated as (
     update ledger_account a
        set balance = w.balance, entries = w.entries
       from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
         as w (id, balance, entries, entries_before, balance_before)
      where a.id = w.id and a.entries = w.entries_before and a.balance = w.balance_before
     returning 1)
   select house_require_rows(count(*), $6, 'ledger_account_stands_as_found') from updated`,
)

/** In the order given. Fails (`ledger_account_stands_as_found`) when one of them is no longer as it was found. */
export function updateWallets(
  rows: readonly { id: bigint; balance: bigint; entries: bigint; entriesBefore: bigint; balanceBefore: bigint }[],
): Write {
  return {
    statement: updateWalletsStatement,
    values: [
      numbers(rows, (each) => each.id),
      numbers(rows, (each) => each.balance),
      numbers(rows, (each) => each.entries),
      numbers(rows, (each) => each.entriesBefore),
      numbers(rows, (each) => each.balanceBefore),
      rows.length,
    ],
  }
}

/** Does nothing for a wallet that is there already. */
export async function insertWallets(tx: Tx, playerId: bigint, assets: readonly Asset[]): Promise<void> {
  await tx.sql
    .insertInto('ledger_account')
    .values(assets.map((asset) => ({ player_id: playerId, asset })))
    .onConflict((conflict) => conflict.columns(['player_id', 'asset']).doNothing())
    .execute()
}

const readBalancesStatement = hotStatement<{ asset: Asset; balance: bigint }>(
  'ledger_read_balances',
  'select asset, balance from ledger_account where player_id = $1',
)

export async function selectBalances(db: Reads, playerId: bigint): Promise<{ asset: Asset; balance: bigint }[]> {
  return db.run(readBalancesStatement, [playerId])
}

const balancesOfStatement = hotStatement<{ player_id: bigint; balance: bigint }>(
  'ledger_balances_of',
  'select player_id, balance from ledger_account where player_id = any($1::bigint[]) and asset = $2',
)

export async function selectBalancesOf(
  db: Reads,
  playerIds: readonly bigint[],
  asset: Asset,
): Promise<{ player_id: bigint; balance: bigint }[]> {
  return db.run(balancesOfStatement, [numbers(playerIds, (id) => id), asset])
}

export type EntryRow = {
  number: bigint
  transfer_id: bigint
  is_out: boolean
  amount: bigint
  balance_after: bigint
  reason: string
  occurred_at: Date
}

// The page is cut before the transfers are joined, and the wallet is a value to the planner: otherwise it sorts all of
// the wallet's entries to show a page of them.
const entriesStatement = hotStatement<EntryRow>(
  'ledger_entries',
  `select p.number, p.transfer_id, p.from_account >= 1000 as is_out, p.amount, p.balance_after, t.reason, t.occurred_at
     from (select number, transfer_id, from_account, amount, balance_after from ledger_posting
            where greatest(from_account, to_account) =
                  (select id from ledger_account where player_id = $1 and asset = $2)
              and number < $3
            order by number desc limit $4) p
     join ledger_transfer t on t.id = p.transfer_id
    order by p.number desc`,
)

/** Newest first, those below the given number. Walks one index, however long the history. */
export async function selectEntries(
  db: Reads,
  playerId: bigint,
  asset: Asset,
  below: bigint,
  limit: number,
): Promise<EntryRow[]> {
  return db.run(entriesStatement, [playerId, asset, below, limit])
}

export type Difference = { what: string; where: string; expected: string; found: string }

/** Every way in which the books can disagree with themselves, each as one question to the database. */
const AUDIT_QUESTIONS: readonly string[] = [
  `select 'wallet balance is not the sum of its postings', 'wallet ' || a.id, coalesce(s.sum, 0)::text, a.balance::text
     from ledger_account a
     left join (select greatest(from_account, to_account) as id,
                       sum(case when to_account >= 1000 then amount else -amount end) as sum
                  from ledger_posting group by 1) s on s.id = a.id
    where a.player_id is not null and a.balance <> coalesce(s.sum, 0)`,
  `select 'wallet has not as many postings as it counted', 'wallet ' || a.id, a.entries::text, coalesce(s.count, 0)::text
     from ledger_account a
     left join (select greatest(from_account, to_account) as id, count(*) as count from ledger_posting group by 1) s
            on s.id = a.id
    where a.player_id is not null and a.entries <> coalesce(s.count, 0)`,
  `select 'statement does not continue from the entry before', 'wallet ' || id || ', entry ' || number,
          (coalesce(before_number, 0) + 1) || ', ' || (coalesce(before_balance, 0) + change), number || ', ' || balance_after
     from (select greatest(from_account, to_account) as id, number, balance_after,
                  case when to_account >= 1000 then amount else -amount end as change,
                  lag(number) over chain as before_number, lag(balance_after) over chain as before_balance
             from ledger_posting window chain as (partition by greatest(from_account, to_account) order by number)) c
    where number <> coalesce(before_number, 0) + 1 or balance_after <> coalesce(before_balance, 0) + change`,
  `select 'posting between accounts that are not there or not of one asset', 'transfer ' || p.transfer_id,
          coalesce(f.asset, 'nothing'), coalesce(t.asset, 'nothing')
     from ledger_posting p
     left join ledger_account f on f.id = p.from_account
     left join ledger_account t on t.id = p.to_account
    where f.asset is distinct from t.asset or f.id is null or t.id is null`,
  `select 'posting without its transfer, or of another player''s', 'transfer ' || p.transfer_id,
          'player ' || coalesce(a.player_id::text, 'nobody'), 'player ' || coalesce(t.player_id::text, 'nobody')
     from ledger_posting p
     left join ledger_account a on a.id = greatest(p.from_account, p.to_account)
     left join ledger_transfer t on t.id = p.transfer_id
    where t.player_id is distinct from a.player_id or t.refused is not null`,
  `select 'transfer without postings', 'transfer ' || t.id, 'at least 1', '0'
     from ledger_transfer t
    where t.refused is null and not exists (select from ledger_posting p where p.transfer_id = t.id)`,
]

export async function selectDifferences(tx: Tx): Promise<Difference[]> {
  const found: Difference[] = []
  for (const question of AUDIT_QUESTIONS) {
    const { rows } = await sql
      .raw<Difference>(`select * from (${question}) as difference (what, "where", expected, found)`)
      .execute(tx.sql)
    found.push(...rows)
  }
  return found
}

export type TrialRow = { owner: string; asset: Asset; balance: bigint }

/** What every till holds, summed from the postings, and what all the wallets hold together. */
export async function selectTrialBalance(tx: Tx): Promise<TrialRow[]> {
  const { rows } = await sql<TrialRow>`
    select a.till as owner, a.asset,
           ((select coalesce(sum(amount), 0) from ledger_posting where to_account = a.id)
          - (select coalesce(sum(amount), 0) from ledger_posting where from_account = a.id))::bigint as balance
      from ledger_account a where a.till is not null
    union all
    select 'wallets', asset, sum(balance)::bigint from ledger_account where till is null group by asset`.execute(tx.sql)
  return rows
}

/**
 * For each player, what one till has taken from and paid to the player's wallet of one asset. The fingerprint is a sum of
 * hashes: of the amount (below zero when taken), what the wallet held afterwards and the transfer of each posting.
 */
export async function selectTillTurnover(
  tx: Tx,
  tillAccount: bigint,
): Promise<{ player_id: bigint; taken: bigint; paid: bigint; fingerprint: string }[]> {
  const { rows } = await sql<{ player_id: bigint; taken: bigint; paid: bigint; fingerprint: string }>`
    select a.player_id,
           coalesce(sum(p.amount) filter (where p.to_account = ${tillAccount}), 0)::bigint as taken,
           coalesce(sum(p.amount) filter (where p.from_account = ${tillAccount}), 0)::bigint as paid,
           sum(hashint8extended(case when p.to_account = ${tillAccount} then -p.amount else p.amount end,
                                hashint8extended(p.balance_after, p.transfer_id))) as fingerprint
      from ledger_posting p
      join ledger_account a on a.id = greatest(p.from_account, p.to_account)
     where least(p.from_account, p.to_account) = ${tillAccount}
     group by a.player_id`.execute(tx.sql)
  return rows
}

export async function countRows(tx: Tx): Promise<{ wallets: bigint; transfers: bigint; postings: bigint }> {
  const { rows } = await sql<{ wallets: bigint; transfers: bigint; postings: bigint }>`
    select (select count(*) from ledger_account where till is null) as wallets,
           (select count(*) from ledger_transfer) as transfers,
           (select count(*) from ledger_posting) as postings`.execute(tx.sql)
  return rows[0] ?? { wallets: 0n, transfers: 0n, postings: 0n }
}
