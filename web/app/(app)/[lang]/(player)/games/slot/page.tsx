import { preload } from 'react-dom'
import { pageMetadata } from '#features/shell/page-title.ts'
import { SlotScene } from '#features/slot/slot-scene.tsx'

export const generateMetadata = pageMetadata('/games/slot', 'common.nav.slot')

export default function SlotPage() {
  // The reels are the first thing to see; without this they would wait for the style sheet that names the picture.
  preload('/art/symbols.svg', { as: 'image', fetchPriority: 'high' })
  return <SlotScene />
}
