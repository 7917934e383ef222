import { type GachaConfig, RARITIES } from '@casino-club/fairness/gacha.config.ts'
import { openInventories } from '#modules/inventory/open-inventories.ts'
import type { Shelf } from '#modules/rounds/game.ts'
import type { Tx } from '#platform/postgres/database.ts'
import { Bug } from '#vocabulary/failure.ts'
import {
  contestedPrizes,
  type GachaBeside,
  type GachaInput,
  type GachaMemory,
  type GachaShown,
  itemOf,
} from './gacha.rules.ts'
import { insertStock, lockStock, readStock, type StockRow, takeStock } from './gacha.sql.ts'

/**
 * What pulls share and change besides their own counters: the pieces left of limited prizes, which all players draw
 * from, and what each player owns. Players are kept apart by the engine.
 *
 * Stock is looked at unlocked. Pieces are only ever taken, so what is gone then is gone; of what is there, that which
 * the draws name, and whatever would be granted in its place, is locked in item order before anything is decided, and
 * counted again. Where no limited prize is drawn nobody waits.
 */
export async function openShelf(
  tx: Tx,
  config: GachaConfig,
  playerIds: readonly bigint[],
): Promise<Shelf<GachaBeside, GachaShown, GachaMemory, GachaInput>> {
  const limited = new Map(
    RARITIES.flatMap((rarity) => config.prizes[rarity].rows).flatMap(({ id, stock }) =>
      stock === null ? [] : [[id, stock] as const],
    ),
  )
  const [inventories, looked] = await Promise.all([
    openInventories(tx, playerIds, 'gacha'),
    limited.size > 0 ? readStock(tx, [...limited.keys()]) : [],
  ])
  const left = new Map(limited)
  const count = ({ item, taken }: StockRow): void => {
    left.set(item, Math.max(0, (limited.get(item) ?? 0) - Number(taken)))
  }
  for (const row of looked) count(row)
  const wanted = new Set<string>()
  const locked = new Map<string, bigint>()
  const taken = new Map<string, bigint>()

  return {
    foresight: {
      foresee: (state, { pulls }, draws) => {
        for (const item of contestedPrizes(config, state, left, pulls, draws)) wanted.add(item)
      },
      lock: async () => {
        if (wanted.size === 0) return
        const prizes = [...wanted].map((item) => ({ item, pieces: BigInt(limited.get(item) ?? 0) }))
        for (const row of await lockPrizes(tx, prizes)) {
          count(row)
          locked.set(row.item, row.taken)
        }
      },
    },
    of: (playerId) => ({ stock: left, owned: inventories.owned(playerId) }),
    take: (playerId, { pulls }) => {
      for (const { item: id, duplicate_tokens: duplicate } of pulls) {
        const pieces = left.get(id)
        if (pieces !== undefined) {
          if (pieces <= 0) throw new Bug(`the last ${id} was drawn twice`)
          if (!locked.has(id)) throw new Bug(`a piece of ${id} was taken that nobody had locked`)
          left.set(id, pieces - 1)
          taken.set(id, (taken.get(id) ?? 0n) + 1n)
        }
        if (duplicate !== null) continue
        const { item, rarity } = itemOf(config, id)
        inventories.add(playerId, { item: id, rarity, name: item.name })
      }
    },
    writes: (at) => {
      const changed = [...taken].map(([item, pieces]) => {
        const before = locked.get(item) ?? 0n
        return { item, before, taken: before + pieces, pieces: BigInt(limited.get(item) ?? 0) }
      })
      return [...(changed.length > 0 ? [takeStock(changed)] : []), ...inventories.writes(at)]
    },
  }
}

/** Those that have no row yet, of a configuration that is new, get theirs from the first pull that may take one. */
async function lockPrizes(tx: Tx, prizes: readonly { item: string; pieces: bigint }[]): Promise<StockRow[]> {
  const items = prizes.map(({ item }) => item)
  const rows = await lockStock(tx, items)
  if (rows.length === prizes.length) return rows
  await insertStock(tx, prizes)
  return lockStock(tx, items)
}
