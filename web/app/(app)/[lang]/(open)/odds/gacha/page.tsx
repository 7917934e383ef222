import { GachaOddsScreen } from '#features/odds/gacha-odds-screen.tsx'
import { pageMetadata } from '#features/shell/page-title.ts'

export const generateMetadata = pageMetadata('/odds/gacha', 'odds.gacha.title')

export default function GachaOddsPage() {
  return <GachaOddsScreen />
}
