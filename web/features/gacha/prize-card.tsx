'use client'

import { RarityMark } from '#features/odds/rarity-name.tsx'
import { useText } from '#text/text-provider.tsx'
import type { Prize } from './gacha-scene.model.ts'
import { PrizePicture } from './prize-picture.tsx'

/** A prize as received: mark and word of its rarity, picture, name, and whether it is new or was converted. */
export function PrizeCard({ prize, isLarge = false }: { prize: Prize; isLarge?: boolean }) {
  const { t } = useText()
  const { rarity, duplicateTokens } = prize
  return (
    <div className="gacha-card" data-rarity={rarity} data-large={isLarge || undefined}>
      <p className="gacha-card-rarity">
        <RarityMark rarity={rarity} className="size-[1.1em]" />
        {t(`odds.gacha.${rarity}`)}
      </p>
      <PrizePicture item={prize.itemId} rarity={rarity} />
      <p className="gacha-card-name">{prize.name}</p>
      {duplicateTokens === null ? (
        <p className="gacha-card-fate" data-new="">
          {t('gacha.prize.new')}
        </p>
      ) : (
        <p className="gacha-card-fate">
          {t(isLarge ? 'gacha.prize.duplicate' : 'gacha.prize.duplicateShort', { n: duplicateTokens })}
        </p>
      )}
      {isLarge && (prize.byPity || prize.looksLike) && (
        <p className="gacha-card-how">
          {prize.byPity ? t('gacha.prize.byPity') : t(`gacha.prize.looksLike_${prize.looksLike ?? 'epic'}`)}
        </p>
      )}
    </div>
  )
}
