import type { Reads } from '#platform/postgres/database.ts'
import { type ItemRow, selectItems } from './inventory.sql.ts'

/** What a player owns, newest first. */
export async function listItems(db: Reads, playerId: bigint): Promise<ItemRow[]> {
  return selectItems(db, playerId)
}
