import { pageMetadata } from '#features/shell/page-title.ts'
import { SlotScene } from '#features/slot/slot-scene.tsx'

export const generateMetadata = pageMetadata('/games/slot', 'common.nav.slot')

export default function SlotPage() {
  return <SlotScene />
}
