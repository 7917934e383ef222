import { hotStatement, type Reads, type Tx } from '#platform/postgres/database.ts'

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

const takeStockStatement = hotStatement<{ updated: bigint }>(
  'gacha_take_stock',
  `with updated as (
     update gacha_stock s set taken = n.taken, pieces = n.pieces
       from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]) as n (item, before, taken, pieces)
      where s.item = n.item and s.taken = n.before
     returning 1)
   select count(*) as updated from updated`,
)

/** How many of them still stood where they were locked. */
export async function takeStock(
  tx: Tx,
  rows: readonly { item: string; before: bigint; taken: bigint; pieces: bigint }[],
): Promise<bigint> {
  const [row] = await tx.run(takeStockStatement, [
    rows.map((each) => each.item),
    rows.map((each) => each.before),
    rows.map((each) => each.taken),
    rows.map((each) => each.pieces),
  ])
  return row?.updated ?? 0n
}

export async function selectStock(db: Reads): Promise<StockRow[]> {
  return db.sql.selectFrom('gacha_stock').selectAll().orderBy('item').execute()
}
