'use client'

import { useText } from '#text/text-provider.tsx'
import type { TextKey } from '#text/translate.ts'

const known = ['cherry', 'lemon', 'orange', 'grape', 'diamond', 'seven'] as const

/** The three symbols of a round, small. A symbol without a drawing of ours is written out. */
export function Symbols({ reels, large = false }: { reels: readonly string[]; large?: boolean }) {
  const { t } = useText()
  const nameOf = (id: string) => {
    const symbol = known.find((each) => each === id)
    return symbol ? t(`home.symbol.${symbol}` satisfies TextKey) : id
  }
  const size = large ? 'size-16' : 'size-8'
  return (
    <span className="inline-flex shrink-0 items-center gap-1">
      <span className="visually-hidden">{reels.map(nameOf).join(', ')}</span>
      {reels.map((id, reel) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a reel is its place
        <span key={reel} aria-hidden="true" className={`grid place-items-center rounded-sm bg-bg/70 p-0.5 ${size}`}>
          {known.some((each) => each === id) ? (
            // biome-ignore lint/performance/noImgElement: a small drawing; the export has no image optimizer
            <img src={`/art/symbol-${id}.svg`} alt="" width={64} height={64} loading="lazy" className="size-full" />
          ) : (
            <span className="truncate text-[0.6rem]">{id}</span>
          )}
        </span>
      ))}
    </span>
  )
}
