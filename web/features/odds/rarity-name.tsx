'use client'

import type { Rarity } from '@casino-club/fairness/gacha.config.ts'
import { useText } from '#text/text-provider.tsx'
import { classNames } from '#ui/class-names.ts'

/** A rarity is told apart by its shape and its word; the colour only helps. */
const marks: Readonly<Record<Rarity, { readonly shape: string; readonly look: string }>> = {
  legendary: {
    shape: 'm12 2 2.9 6.3 6.9.8-5.1 4.7 1.4 6.8L12 17.2 5.9 20.6l1.4-6.8L2.2 9.1l6.9-.8z',
    look: 'text-gold',
  },
  epic: { shape: 'm12 2.5 9.5 9.5-9.5 9.5L2.5 12z', look: 'text-accent-2' },
  rare: { shape: 'M12 3.5 21.5 20h-19z', look: 'text-accent' },
  common: { shape: 'M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z', look: 'text-muted' },
}

/** The shape alone, in the colour of its surroundings unless `className` says another; the word stands beside it. */
export function RarityMark({ rarity, className }: { rarity: Rarity; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={classNames('shrink-0 fill-current', className ?? 'size-4')}>
      <path d={marks[rarity].shape} />
    </svg>
  )
}

export function RarityName({ rarity }: { rarity: Rarity }) {
  const { t } = useText()
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <RarityMark rarity={rarity} className={classNames('size-4', marks[rarity].look)} />
      {t(`odds.gacha.${rarity}`)}
    </span>
  )
}
