import { hotStatement, type Reads, type Tx, type Write } from '#platform/postgres/database.ts'

export type ItemRow = {
  player_id: bigint
  item: string
  count: bigint
  rarity: string
  name_ko: string
  name_en: string
  given_by: string
  first_received_at: Date
}

const ownedStatement = hotStatement<{ player_id: bigint; item: string }>(
  'inventory_owned',
  'select player_id, item from inventory_item where player_id = any($1::bigint[])',
)

export async function selectOwned(
  tx: Tx,
  playerIds: readonly bigint[],
): Promise<{ player_id: bigint; item: string }[]> {
  return tx.run(ownedStatement, [playerIds])
}

const insertItemsStatement = hotStatement<never>(
  'inventory_insert_items',
  `insert into inventory_item (player_id, item, count, rarity, name_ko, name_en, given_by, first_received_at)
   select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[],
                        $8::timestamptz[])`,
)

/** Fails with a unique violation when somebody gave one of them meanwhile. */
export function insertItems(items: readonly ItemRow[]): Write {
  return {
    statement: insertItemsStatement,
    values: [
      items.map((each) => each.player_id),
      items.map((each) => each.item),
      items.map((each) => each.count),
      items.map((each) => each.rarity),
      items.map((each) => each.name_ko),
      items.map((each) => each.name_en),
      items.map((each) => each.given_by),
      items.map((each) => each.first_received_at),
    ],
  }
}

export async function selectItems(db: Reads, playerId: bigint): Promise<ItemRow[]> {
  return db.sql
    .selectFrom('inventory_item')
    .selectAll()
    .where('player_id', '=', playerId)
    .orderBy('first_received_at', 'desc')
    .orderBy('item')
    .execute()
}
