import { GachaScene } from '#features/gacha/gacha-scene.tsx'
import { pageMetadata } from '#features/shell/page-title.ts'

export const generateMetadata = pageMetadata('/games/gacha', 'common.nav.gacha')

export default function GachaPage() {
  return <GachaScene />
}
