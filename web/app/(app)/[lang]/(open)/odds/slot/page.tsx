import { SlotOddsScreen } from '#features/odds/slot-odds-screen.tsx'
import { pageMetadata } from '#features/shell/page-title.ts'

export const generateMetadata = pageMetadata('/odds/slot', 'odds.slot.title')

export default function SlotOddsPage() {
  return <SlotOddsScreen />
}
