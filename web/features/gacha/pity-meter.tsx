'use client'

import { useText } from '#text/text-provider.tsx'
import { Progress } from '#ui/progress.tsx'

/** How many pulls in a row were below epic, of how many it takes, and the rule in words. */
export function PityMeter({ misses, after }: { misses: number | null; after: number }) {
  const { t } = useText()
  const so = Math.min(misses ?? 0, after)
  const isDue = misses !== null && misses >= after
  return (
    <section className="stage-panel gacha-pity" aria-label={t('gacha.pity.label')}>
      <div className="gacha-pity-head">
        <h2>{t('gacha.pity.label')}</h2>
        <p className="numerals" data-testid="gacha-pity">
          {misses === null ? '—' : so}
          <span> / {after}</span>
        </p>
      </div>
      <Progress
        label={t('gacha.pity.label')}
        value={so}
        max={after}
        valueText={t('gacha.pity.now', { n: so, after })}
        tone="pink"
      />
      <p className="stage-caption">{isDue ? t('gacha.pity.due') : t('gacha.pity.rule', { after })}</p>
    </section>
  )
}
