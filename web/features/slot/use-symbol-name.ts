'use client'

import { useText } from '#text/text-provider.tsx'
import { sheetOrder } from './reel-cells.ts'

/** A symbol in the player's language. One that we have no word for keeps its id: better odd than missing. */
export function useSymbolName(): (symbol: string) => string {
  const { t } = useText()
  return (symbol) => {
    const known = sheetOrder.find((id) => id === symbol)
    return known ? t(`slot.symbols.${known}`) : symbol
  }
}
