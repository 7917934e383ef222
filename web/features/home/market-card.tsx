'use client'

import { useQuery } from '@tanstack/react-query'
import { gachaStatsQuery, inventoryQuery } from '#server-link/queries.ts'
import { useText } from '#text/text-provider.tsx'
import { buttonClasses } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Link } from '#ui/link.tsx'
import { Progress } from '#ui/progress.tsx'
import { Skeleton } from '#ui/skeleton.tsx'

/** The second game: where one stood, and the way back to it. */
export function MarketCard() {
  const { t, href } = useText()
  const stats = useQuery(gachaStatsQuery).data
  const owned = useQuery(inventoryQuery).data?.items.length
  return (
    <Card className="mt-4 flex min-h-[14rem] flex-wrap items-center gap-x-5 gap-y-3 sm:min-h-[8.5rem] sm:flex-nowrap">
      {/* biome-ignore lint/performance/noImgElement: a small drawing; the export has no image optimizer */}
      <img src="/art/gacha-machine.svg" alt="" width={320} height={260} className="w-24 shrink-0 sm:w-30" />
      <div className="min-w-0 flex-1 basis-40">
        <h2 className="font-bold">{t('home.market.title')}</h2>
        {stats ? (
          <>
            <p className="text-[0.95rem] text-muted">
              {stats.pulls === 0
                ? t('home.market.first')
                : t('home.market.stood', { owned: owned ?? 0, left: stats.pulls_left_today })}
            </p>
            <div className="mt-2.5 flex items-center gap-3">
              <Progress
                className="flex-1"
                label={t('gacha.pity.label')}
                value={stats.misses}
                max={stats.pity_after_misses}
                valueText={t('gacha.pity.now', { n: stats.misses, after: stats.pity_after_misses })}
                tone="pink"
              />
              <span aria-hidden="true" className="tabular text-sm text-muted">
                {t('gacha.pity.label')} {stats.misses} / {stats.pity_after_misses}
              </span>
            </div>
          </>
        ) : (
          <div className="mt-2 grid gap-3">
            <Skeleton className="h-4 w-4/5" />
            <Skeleton className="h-2" />
          </div>
        )}
      </div>
      <div className="flex w-full gap-2 sm:w-auto sm:flex-col">
        <Link href={href('/games/gacha')} className={buttonClasses('secondary', 'medium', 'flex-1')}>
          {t('home.market.open')}
        </Link>
        <Link href={href('/album')} className={buttonClasses('quiet', 'small', 'flex-1 text-accent')}>
          {t('home.market.album')}
        </Link>
      </div>
    </Card>
  )
}
