import { type GachaConfig, RARITIES } from '@casino-club/fairness/gacha.config.ts'
import { openInventories } from '#modules/inventory/open-inventories.ts'
import type { Shelf } from '#modules/rounds/game.ts'
import type { Tx } from '#platform/postgres/database.ts'
import { Bug } from '#vocabulary/failure.ts'
import { type GachaBeside, type GachaShown, itemOf } from './gacha.rules.ts'
import { insertStock, lockStock, type StockRow, takeStock } from './gacha.sql.ts'

/**
 * What pulls share and change besides their own counters: the pieces left of limited prizes, which all players draw
 * from, and what each player owns. Stock is locked in item order; players are kept apart by the engine.
 */
export async function openShelf(
  tx: Tx,
  config: GachaConfig,
  playerIds: readonly bigint[],
): Promise<Shelf<GachaBeside, GachaShown>> {
  const limited = RARITIES.flatMap((rarity) => config.prizes[rarity].rows).flatMap(({ id, stock }) =>
    stock === null ? [] : [{ item: id, pieces: stock }],
  )
  const items = limited.map(({ item }) => item)
  const [inventories, locked] = await Promise.all([
    openInventories(tx, playerIds, 'gacha'),
    items.length > 0 ? lockStock(tx, items) : [],
  ])
  const rows = locked.length === limited.length ? locked : await firstStock(tx, limited)
  const before = new Map(rows.map((row) => [row.item, row.taken]))
  const left = new Map(limited.map(({ item, pieces }) => [item, Math.max(0, pieces - Number(before.get(item) ?? 0n))]))
  const taken = new Map<string, bigint>()

  return {
    of: (playerId) => ({ stock: left, owned: inventories.owned(playerId) }),
    take: (playerId, { pulls }) => {
      for (const { item: id, duplicate_tokens: duplicate } of pulls) {
        const pieces = left.get(id)
        if (pieces !== undefined) {
          if (pieces <= 0) throw new Bug(`the last ${id} was drawn twice`)
          left.set(id, pieces - 1)
          taken.set(id, (taken.get(id) ?? 0n) + 1n)
        }
        if (duplicate !== null) continue
        const { item, rarity } = itemOf(config, id)
        inventories.add(playerId, { item: id, rarity, name: item.name })
      }
    },
    writes: (at) => {
      const changed = limited.flatMap(({ item, pieces }) => {
        const now = taken.get(item)
        const was = before.get(item)
        return now === undefined || was === undefined
          ? []
          : [{ item, before: was, taken: was + now, pieces: BigInt(pieces) }]
      })
      return [...(changed.length > 0 ? [takeStock(changed)] : []), ...inventories.writes(at)]
    },
  }
}

/** A configuration with new limited prizes: their rows are made by the first pull. */
async function firstStock(tx: Tx, limited: readonly { item: string; pieces: number }[]): Promise<StockRow[]> {
  await insertStock(
    tx,
    limited.map(({ item, pieces }) => ({ item, pieces: BigInt(pieces) })),
  )
  return lockStock(
    tx,
    limited.map(({ item }) => item),
  )
}
