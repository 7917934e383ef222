import type { GachaConfig } from '#server-link/api.types.ts'
import { type Rarity, rarities } from './gacha-scene.model.ts'

/** What the scene needs of the published gacha: prices, the guarantee, what is really received, and the prizes. */
export type Market = {
  readonly version: string
  readonly priceTokens: { readonly one: number; readonly ten: number }
  readonly pityAfterMisses: number
  /** Chance of each rarity in the long run, all rules included; 0 to 1. */
  readonly longRun: Readonly<Record<Rarity, number>>
  readonly duplicateTokens: Readonly<Record<Rarity, number>>
  /** Best first, in the order of the configuration. */
  readonly items: readonly MarketItem[]
}

export type MarketItem = {
  readonly id: string
  readonly rarity: Rarity
  readonly name: { readonly ko: string; readonly en: string }
  /** Null for no limit. */
  readonly stock: { readonly left: number; readonly all: number } | null
}

/** The published table as far as it is shown here. Null for one that is not of this shape. */
export function readMarket({ config, odds, stock }: Pick<GachaConfig, 'config' | 'odds' | 'stock'>): Market | null {
  if (!('prizes' in config && 'pity' in config && 'priceTokens' in config && 'longRun' in odds)) return null
  // The server's publish gate has checked every field; the odds page checks them once more on demand.
  const table = config as unknown as Published
  const { rarities: chances } = odds['longRun'] as { readonly rarities: Readonly<Record<Rarity, string>> }
  const leftOf = new Map(stock.map(({ item_id, left }) => [item_id, left]))
  return {
    version: table.version,
    priceTokens: table.priceTokens,
    pityAfterMisses: table.pity.afterMisses,
    longRun: {
      legendary: Number(chances.legendary),
      epic: Number(chances.epic),
      rare: Number(chances.rare),
      common: Number(chances.common),
    },
    duplicateTokens: table.duplicateTokens,
    items: rarities.flatMap((rarity) =>
      table.prizes[rarity].rows.map(({ id, name, stock: all }) => {
        return { id, rarity, name, stock: all === null ? null : { left: leftOf.get(id) ?? all, all } }
      }),
    ),
  }
}

type Published = {
  readonly version: string
  readonly priceTokens: Market['priceTokens']
  readonly pity: { readonly afterMisses: number }
  readonly duplicateTokens: Market['duplicateTokens']
  readonly prizes: Readonly<
    Record<
      Rarity,
      {
        readonly rows: readonly {
          readonly id: string
          readonly name: MarketItem['name']
          readonly stock: number | null
        }[]
      }
    >
  >
}

/** How much of ten single prices the price of ten saves, in whole per cent, rounded down: a promise, so never more. */
export function discountPercent({ one, ten }: Market['priceTokens']): number {
  return Math.max(0, Math.floor(((one * 10 - ten) * 100) / (one * 10)))
}
