// What stands around the result. The server decides three symbols; the cells above, below and in passing are scenery.
// Scenery is drawn with the published weights, so that the window never looks luckier than the odds are.

import type { Reels } from './slot-scene.model.ts'

/** The order of the cells in the symbol sheets, from top to bottom. `web/art/symbols.mjs` draws them in this order. */
export const sheetOrder = ['cherry', 'lemon', 'orange', 'grape', 'diamond', 'seven'] as const

export type Weighted = { readonly id: string; readonly weight: number }

export function pickScenery(symbols: readonly Weighted[], chance: number): string {
  const total = symbols.reduce((sum, { weight }) => sum + weight, 0)
  let rest = chance * total
  for (const { id, weight } of symbols) {
    rest -= weight
    if (rest < 0) return id
  }
  return symbols.at(-1)?.id ?? sheetOrder[0]
}

export type ReelCells = {
  /** Above the line, on the line, below the line. */
  readonly window: readonly [string, string, string]
  /** What passes while the reel slows down, from top to bottom. */
  readonly passing: readonly string[]
}

/** `chance` gives numbers from 0 to 1; scenery may use the browser's own dice, since nothing depends on it. */
export function cellsAround(
  symbol: string,
  symbols: readonly Weighted[],
  passing: number,
  chance: () => number,
): ReelCells {
  const one = () => pickScenery(symbols, chance())
  return { window: [one(), symbol, one()], passing: Array.from({ length: passing }, one) }
}

/** Before the first spin: three different symbols, so that the machine neither promises nor mocks. */
export const openingReels: Reels = ['grape', 'diamond', 'lemon']

/** The background position of a symbol in the sheet, in per cent. */
export function sheetPosition(symbol: string): number {
  const order: readonly string[] = sheetOrder
  const row = Math.max(0, order.indexOf(symbol))
  return (row / (sheetOrder.length - 1)) * 100
}
