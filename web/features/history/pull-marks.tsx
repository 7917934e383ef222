'use client'

import { RarityMark } from '#features/odds/rarity-name.tsx'
import { useText } from '#text/text-provider.tsx'
import { type KeptPull, pullRarities } from './history.model.ts'

const looks = { legendary: 'text-gold', epic: 'text-accent-2', rare: 'text-accent', common: 'text-muted' } as const

/** A round of pulls, small: how many of each rarity, best first. */
export function PullMarks({ pulls }: { pulls: readonly KeptPull[] }) {
  const { t } = useText()
  return (
    <span className="grid w-26 shrink-0 grid-cols-2 gap-x-1.5 rounded-sm bg-bg/70 px-2 py-1">
      {pullRarities.map((rarity) => {
        const count = pulls.filter((pull) => pull.granted === rarity).length
        if (count === 0) return null
        return (
          <span key={rarity} className="tabular inline-flex items-center gap-1.5 text-sm font-semibold">
            <RarityMark rarity={rarity} className={`size-3.5 ${looks[rarity]}`} />
            <span className="visually-hidden">{t(`odds.gacha.${rarity}`)} </span>
            {count}
          </span>
        )
      })}
    </span>
  )
}
