import type { Tx, Write } from '#platform/postgres/database.ts'
import { Bug } from '#vocabulary/failure.ts'
import { type ItemRow, insertItems, selectOwned } from './inventory.sql.ts'

export type NewItem = {
  readonly item: string
  readonly rarity: string
  readonly name: { readonly ko: string; readonly en: string }
}

/** The inventories of some players: looked at, added to in memory, and put down by the one statement of `writes()`. */
export type Inventories = {
  readonly owned: (playerId: bigint) => ReadonlySet<string>
  /** @throws Bug for what the player owns already: that is a duplicate, and the caller's to convert. */
  readonly add: (playerId: bigint, item: NewItem) => void
  readonly writes: (at: Date) => Write[]
}

/**
 * Opens the inventories of these players, under a lock of the caller's that keeps each player's givings apart.
 * Should somebody without that lock have given the same item, that write fails and nothing is done.
 */
export async function openInventories(tx: Tx, playerIds: readonly bigint[], givenBy: string): Promise<Inventories> {
  const owned = new Map<bigint, Set<string>>()
  for (const { player_id: playerId, items } of await selectOwned(tx, playerIds)) owned.set(playerId, new Set(items))
  const added: Omit<ItemRow, 'first_received_at'>[] = []
  return {
    owned: (playerId) => ownedBy(owned, playerId),
    add: (playerId, { item, rarity, name }) => {
      if (ownedBy(owned, playerId).has(item)) throw new Bug(`player ${playerId} owns ${item} already`)
      ownedBy(owned, playerId).add(item)
      const [name_ko, name_en] = [name.ko, name.en]
      added.push({ player_id: playerId, item, count: 1n, rarity, name_ko, name_en, given_by: givenBy })
    },
    writes: (at) => (added.length > 0 ? [insertItems(added.map((each) => ({ ...each, first_received_at: at })))] : []),
  }
}

function ownedBy(owned: Map<bigint, Set<string>>, playerId: bigint): Set<string> {
  const known = owned.get(playerId) ?? new Set<string>()
  owned.set(playerId, known)
  return known
}
