import { instants, numbers, texts } from '#platform/postgres/columns.ts'
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

// A row per player: one per item costs more to send and to read than to find.
const ownedStatement = hotStatement<{ player_id: bigint; items: string[] | null }>(
  'inventory_owned',
  `select asked.player_id, (select json_agg(item) from inventory_item i where i.player_id = asked.player_id) as items
     from unnest($1::bigint[]) as asked (player_id)`,
)

/** What each of these players owns; null for nothing. */
export async function selectOwned(
  tx: Tx,
  playerIds: readonly bigint[],
): Promise<{ player_id: bigint; items: string[] | null }[]> {
  return tx.run(ownedStatement, [numbers(playerIds, (id) => id)])
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
      numbers(items, (each) => each.player_id),
      texts(items, (each) => each.item),
      numbers(items, (each) => each.count),
      texts(items, (each) => each.rarity),
      texts(items, (each) => each.name_ko),
      texts(items, (each) => each.name_en),
      texts(items, (each) => each.given_by),
      instants(items, (each) => each.first_received_at),
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

// The hash is of an item and how many there are, and the sum the same whatever their order.
const givenStatement = hotStatement<{ player_id: bigint; things: bigint; fingerprint: string }>(
  'inventory_given',
  `select player_id, count(*) as things, sum(hashtextextended(item || ' ' || count, 0)) as fingerprint
     from inventory_item where given_by = $1 group by player_id`,
)

/** How many different items each player has from a module, and a fingerprint of them and of how many there are of each. */
export async function selectGiven(tx: Tx, givenBy: string) {
  return tx.run(givenStatement, [givenBy])
}

const givenToStatement = hotStatement<{ player_id: bigint; name: string; times: bigint }>(
  'inventory_given_to',
  `select player_id, item as name, count as times from inventory_item
    where given_by = $1 and player_id = any($2::bigint[])`,
)

/** The items themselves, of some players. */
export async function selectGivenTo(tx: Tx, givenBy: string, playerIds: readonly bigint[]) {
  return tx.run(givenToStatement, [givenBy, numbers(playerIds, (id) => id)])
}
