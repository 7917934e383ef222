import { RarityMark } from '#features/odds/rarity-name.tsx'
import type { Rarity } from './gacha-scene.model.ts'

/** The prizes that we have drawn; a test compares this with the drawings and with the shipped configuration. */
export const drawnPrizes: readonly string[] = [
  'aurora-crown',
  'koi-of-light',
  'first-dawn',
  'holo-wings',
  'prism-visor',
  'night-train',
  'crystal-moon',
  'neon-umbrella',
  'paper-crane',
  'rain-jacket',
  'city-lantern',
  'glass-marble',
  'arcade-ticket',
  'star-sticker',
  'soda-cap',
  'blue-ribbon',
]

/** For the eye only: the name stands beside it. A prize without a drawing of ours shows the mark of its rarity. */
export function PrizePicture(props: { item: string; rarity: Rarity; isLazy?: boolean }) {
  const { item, rarity, isLazy = false } = props
  if (!drawnPrizes.includes(item)) {
    return (
      <span className="prize-picture grid aspect-square w-full place-items-center" aria-hidden="true">
        <RarityMark rarity={rarity} className="size-1/2" />
      </span>
    )
  }
  return (
    // biome-ignore lint/performance/noImgElement: a drawing of ours; there is nothing to optimise
    <img
      className="prize-picture block aspect-square h-auto w-full"
      src={`/art/prize-${item}.svg`}
      alt=""
      width={96}
      height={96}
      loading={isLazy ? 'lazy' : 'eager'}
    />
  )
}
