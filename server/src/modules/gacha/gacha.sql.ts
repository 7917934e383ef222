import { hotStatement, type Reads, type Tx, type Write } from '#platform/postgres/database.ts'

export type StockRow = { item: string; taken: bigint; pieces: bigint }

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
      rows.map((each) => each.item),
      rows.map((each) => each.before),
      rows.map((each) => each.taken),
      rows.map((each) => each.pieces),
      rows.length,
    ],
  }
}

export async function selectStock(db: Reads): Promise<StockRow[]> {
  return db.sql.selectFrom('gacha_stock').selectAll().orderBy('item').execute()
}
