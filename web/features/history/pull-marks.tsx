'use client'

import { PrizePicture } from '#features/gacha/prize-picture.tsx'
import { RarityMark } from '#features/odds/rarity-name.tsx'
import { useText } from '#text/text-provider.tsx'
import { type KeptPull, pullRarities } from './history.model.ts'

const looks = { legendary: 'text-gold', epic: 'text-accent-2', rare: 'text-accent', common: 'text-muted' } as const

/** A round of pulls, small, as wide as three symbols: the best prize, and how many of each rarity, best first. */
export function PullMarks({ pulls }: { pulls: readonly KeptPull[] }) {
  const { t } = useText()
  const best = pullRarities.map((rarity) => pulls.find((pull) => pull.granted === rarity)).find(Boolean)
  return (
    <span className="flex w-26 shrink-0 items-center gap-2">
      {best && (
        <span className={`size-8 shrink-0 rounded-sm bg-bg/70 p-0.5 ${looks[best.granted]}`}>
          <PrizePicture item={best.item} rarity={best.granted} isLazy />
        </span>
      )}
      <span className="grid grid-cols-2 gap-x-2 leading-tight">
        {pullRarities.map((rarity) => {
          const count = pulls.filter((pull) => pull.granted === rarity).length
          if (count === 0) return null
          return (
            <span key={rarity} className="tabular inline-flex items-center gap-1 text-sm font-semibold">
              <RarityMark rarity={rarity} className={`size-3.5 ${looks[rarity]}`} />
              <span className="visually-hidden">{t(`odds.gacha.${rarity}`)} </span>
              {count}
            </span>
          )
        })}
      </span>
    </span>
  )
}
