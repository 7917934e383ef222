import { numbers, texts } from '#platform/postgres/columns.ts'
import { hotStatement, type Reads, type Tx, type Write } from '#platform/postgres/database.ts'

export type StockRow = { item: string; taken: bigint; pieces: bigint }

const readStockStatement = hotStatement<StockRow>(
  'gacha_read_stock',
  'select item, taken, pieces from gacha_stock where item = any($1::text[])',
)

/** These prizes as last committed, unlocked. One without a row yet is not among them. */
export async function readStock(tx: Tx, items: readonly string[]): Promise<StockRow[]> {
  return tx.run(readStockStatement, [items])
}

const lockStockStatement = hotStatement<StockRow>(
  'gacha_lock_stock',
  'select item, taken, pieces from gacha_stock where item = any($1::text[]) order by item for update',
)

/** Locks these prizes in item order. One without a row yet is not among them. */
export async function lockStock(tx: Tx, items: readonly string[]): Promise<StockRow[]> {
  return tx.run(lockStockStatement, [items])
}

const insertStockStatement = hotStatement<never>(
  'gacha_insert_stock',
  `insert into gacha_stock (item, pieces) select * from unnest($1::text[], $2::bigint[]) as new (item, pieces)
    order by item on conflict do nothing`,
)

export async function insertStock(tx: Tx, prizes: readonly { item: string; pieces: bigint }[]): Promise<void> {
  await tx.run(insertStockStatement, [prizes.map((each) => each.item), prizes.map((each) => each.pieces)])
}

const takeStockStatement = hotStatement<never>(
  'gacha_take_stock',
  `with updated as (
     update gacha_stock s set taken = n.taken, pieces = n.pieces
       from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]) as n (item, before, taken, pieces)
      where s.item = n.item and s.taken = n.before
     returning 1)
   select house_require_rows(count(*), $5, 'gacha_stock_stands_as_locked') from updated`,
)

/** Fails (`gacha_stock_stands_as_locked`) when one of them is no longer as it was locked. */
export function takeStock(rows: readonly { item: string; before: bigint; taken: bigint; pieces: bigint }[]): Write {
  return {
    statement: takeStockStatement,
    values: [
      texts(rows, (each) => each.item),
      numbers(rows, (each) => each.before),
      numbers(rows, (each) => each.taken),
      numbers(rows, (each) => each.pieces),
      rows.length,
    ],
  }
}

export type WinnerRow = {
  player_id: bigint
  round_id: bigint
  place: number
  rarity: string
  item: string
  name_ko: string
  name_en: string
  won_at: Date
}

const insertWinnersStatement = hotStatement<never>(
  'gacha_insert_winners',
  `insert into gacha_winner (player_id, round_id, place, rarity, item, name_ko, name_en, won_at)
   select * from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::text[],
                        $8::timestamptz[])`,
)

export async function insertWinners(tx: Tx, winners: readonly WinnerRow[]): Promise<void> {
  await tx.run(insertWinnersStatement, [
    winners.map((each) => each.player_id),
    winners.map((each) => each.round_id),
    winners.map((each) => each.place),
    winners.map((each) => each.rarity),
    winners.map((each) => each.item),
    winners.map((each) => each.name_ko),
    winners.map((each) => each.name_en),
    winners.map((each) => each.won_at),
  ])
}

const forgetWinnersStatement = hotStatement<never>(
  'gacha_forget_winners',
  `delete from gacha_winner w
    using (select player_id, round_id, place,
                  row_number() over (partition by rarity order by won_at desc, round_id desc, place desc) as number
             from gacha_winner) counted
    where counted.number > $1
      and (w.player_id, w.round_id, w.place) = (counted.player_id, counted.round_id, counted.place)`,
)

/** Keeps the latest `kept` of each rarity. */
export async function forgetWinners(tx: Tx, kept: number): Promise<void> {
  await tx.run(forgetWinnersStatement, [kept])
}

/** Newest first. The table is kept short, so this reads all of it. */
export async function selectWinners(db: Reads): Promise<WinnerRow[]> {
  return db.sql
    .selectFrom('gacha_winner')
    .selectAll()
    .orderBy('won_at', 'desc')
    .orderBy('round_id', 'desc')
    .orderBy('place', 'desc')
    .execute()
}

export async function selectStock(db: Reads): Promise<StockRow[]> {
  return db.sql.selectFrom('gacha_stock').selectAll().orderBy('item').execute()
}
