import { type Rarity, rarities } from './gacha-scene.model.ts'
import type { MarketItem } from './market.model.ts'

export type Owned = {
  readonly item_id: string
  readonly count: number
  readonly rarity: string
  readonly name: { readonly ko: string; readonly en: string }
  readonly first_received_at: string
}

/** One place of the album. `since` is when it was first received; null for a place that is still empty. */
export type Place = {
  readonly id: string
  readonly name: { readonly ko: string; readonly en: string }
  readonly count: number
  readonly since: string | null
  readonly stock: MarketItem['stock']
}

export type Shelf = {
  readonly rarity: Rarity
  readonly owned: number
  readonly places: readonly Place[]
}

/**
 * The whole table as an album, best rarity first. What one owns and the table no longer lists keeps its place behind
 * the others: a prize never disappears because the shop window has changed.
 */
export function shelvesOf(items: readonly MarketItem[], inventory: readonly Owned[]): readonly Shelf[] {
  const owned = new Map(inventory.map((each) => [each.item_id, each]))
  const listed = new Set(items.map(({ id }) => id))
  return rarities.map((rarity) => {
    const places = items
      .filter((item) => item.rarity === rarity)
      .map(({ id, name, stock }): Place => {
        const mine = owned.get(id)
        return { id, name, stock, count: mine?.count ?? 0, since: mine?.first_received_at ?? null }
      })
    const former = inventory
      .filter((each) => each.rarity === rarity && !listed.has(each.item_id))
      .map(({ item_id: id, name, count, first_received_at: since }): Place => ({ id, name, count, since, stock: null }))
    const all = [...places, ...former]
    return { rarity, places: all, owned: all.filter(({ since }) => since !== null).length }
  })
}
