'use client'

import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { LoadFailed } from '#features/shell/load-failed.tsx'
import { PageHead } from '#features/shell/page-head.tsx'
import { useSymbolName } from '#features/slot/use-symbol-name.ts'
import type { SlotConfig as PublishedSlot } from '#server-link/api.types.ts'
import { slotConfigQuery } from '#server-link/queries.ts'
import { formatMoment, formatNumber } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { buttonClasses } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Icon } from '#ui/icon.tsx'
import { Link } from '#ui/link.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import type { computeSlotOdds } from './compute-slot-odds.ts'
import { BandsChart, StreakChart } from './odds-charts.tsx'
import { Agrees, Fact, Line, Table } from './odds-parts.tsx'
import type { CombinationRow, SlotOddsView } from './slot-odds.model.ts'

// Below what one actually gets; it asks the server something of its own and comes after the page.
const ObservedCard = lazy(() => import('./observed-card.tsx').then(({ ObservedCard }) => ({ default: ObservedCard })))

type Computed = NonNullable<ReturnType<typeof computeSlotOdds>>

export function SlotOddsScreen() {
  const { t } = useText()
  return (
    <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4">
      <PageHead title={t('odds.slot.title')} lead={t('odds.slot.lead')} />
      <LiveOdds />
    </div>
  )
}

function LiveOdds() {
  const { t } = useText()
  const published = useQuery(slotConfigQuery)
  const computed = useQuery({
    queryKey: ['slot', 'odds', published.data?.config_hash],
    // The arithmetic is fetched apart, and only by those who read this page.
    queryFn: async () =>
      published.data ? (await import('./compute-slot-odds.ts')).computeSlotOdds(published.data) : null,
    enabled: published.data !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    networkMode: 'always',
  })
  const failed = published.error ? published : computed.error ? computed : null
  if (published.data && computed.data) return <Odds published={published.data} computed={computed.data} />
  if (failed) return <LoadFailed error={failed.error} busy={failed.isFetching} onRetry={() => void failed.refetch()} />
  if (computed.data === null) return <p role="alert">{t('odds.slot.unreadable')}</p>
  return (
    <div role="status" className="grid gap-4">
      <span className="visually-hidden">{t('odds.slot.loading')}</span>
      <Skeleton className="h-72" />
      <Skeleton className="h-96" />
    </div>
  )
}

function Odds({ published, computed }: { published: PublishedSlot; computed: Computed }) {
  const { view } = computed
  const nameOf = useCombinationName()
  const nameOfKind = (name: string) => {
    const row = view.combinations.find(({ kind, symbol }) => name === (symbol === null ? kind : `${kind}:${symbol}`))
    return row ? nameOf(row) : name
  }
  return (
    <>
      <WhatYouGet view={view} highest={computed.report.highestWin} />
      <Luck view={view} />
      <Streaks view={view} streak={computed.config.streak} />
      <HowItComes view={view} config={computed.config} />
      <Suspense fallback={<Skeleton className="h-64" />}>
        <ObservedCard game="slot" nameOf={nameOfKind} />
      </Suspense>
      <Source published={published} computed={computed} />
    </>
  )
}

function WhatYouGet({ view, highest }: { view: SlotOddsView; highest: Computed['report']['highestWin'] }) {
  const { t, language } = useText()
  return (
    <Card lit>
      <h2 className="text-xl font-bold">{t('odds.slot.getTitle')}</h2>
      <div className="mt-4 grid gap-x-8 gap-y-1 sm:grid-cols-[auto_1fr] sm:items-end">
        <p>
          <span className="block text-muted">{t('odds.slot.back')}</span>
          <span className="numerals text-5xl leading-none font-extrabold text-accent sm:text-6xl">
            {view.backOfThousand}
          </span>
        </p>
        <p className="max-w-[40ch] text-[0.95rem] text-muted sm:pb-1">
          {t('odds.slot.backNote', { n: view.backOfThousand, lost: view.lostOfThousand })}{' '}
          <span className="tabular font-semibold text-fg">{view.rtp}</span>
        </p>
      </div>
      <Bar share={Number(view.backOfThousand) / 1000} />
      <dl className="mt-5 grid gap-3 sm:grid-cols-3">
        <Fact label={t('odds.slot.hit')} value={view.hitRate} note={t('odds.slot.hitNote', { n: view.hitOnceIn })} />
        <Fact
          label={t('odds.slot.jackpot')}
          value={view.jackpot}
          note={t('odds.slot.jackpotNote', { n: formatNumber(view.jackpotOnceIn, language) })}
        />
        <Fact
          label={t('odds.slot.highest')}
          value={formatNumber(Number(highest.winTokens), language)}
          note={t('odds.slot.highestNote', { bet: formatNumber(highest.betTokens, language) })}
        />
      </dl>
    </Card>
  )
}

/** What comes back of what goes in, as lengths. */
function Bar({ share }: { share: number }) {
  return (
    <div aria-hidden="true" className="mt-4 flex h-3 overflow-hidden rounded-full bg-raised">
      <span className="rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
    </div>
  )
}

function Luck({ view }: { view: SlotOddsView }) {
  const { t } = useText()
  return (
    <Card>
      <h2 className="text-xl font-bold">{t('odds.slot.luckTitle')}</h2>
      <p className="mt-1 max-w-[62ch] text-muted">{t('odds.slot.luckLead')}</p>
      <BandsChart view={view} />
      <ul className="mt-4 grid list-disc gap-1.5 pl-5">
        <li>{t('odds.slot.luckLosing', { n: view.losing.rounds, chance: view.losing.chance })}</li>
        <li>{t('odds.slot.luckEnd', { rtp: view.rtp })}</li>
      </ul>
    </Card>
  )
}

function Streaks({ view, streak }: { view: SlotOddsView; streak: Computed['config']['streak'] }) {
  const { t } = useText()
  const values = { step: streak.bonusPerStepPercent, cap: streak.capPercent, hours: streak.endsAfterHours }
  return (
    <Card>
      <h2 className="text-xl font-bold">{t('odds.slot.streakTitle')}</h2>
      <p className="mt-1 max-w-[62ch] text-muted">{t('odds.slot.streakLead', values)}</p>
      <StreakChart steps={view.streaks} />
      <p className="mt-3 text-[0.95rem]">{t('odds.slot.sitting', { n: view.sitting.rounds, rtp: view.sitting.rtp })}</p>
    </Card>
  )
}

function HowItComes({ view, config }: { view: SlotOddsView; config: Computed['config'] }) {
  const { t, language } = useText()
  const nameOfRow = useCombinationName()
  const { fromPermille, toPermille } = config.variation
  return (
    <Card>
      <h2 className="text-xl font-bold">{t('odds.slot.howTitle')}</h2>

      <h3 className="mt-4 font-bold">{t('odds.slot.reelTitle')}</h3>
      <p className="text-[0.95rem] text-muted">{t('odds.slot.reelLead')}</p>
      <Table
        caption={t('odds.slot.reelTitle')}
        heads={[
          t('odds.slot.symbol'),
          t('odds.slot.weight', { total: config.reel.totalWeight }),
          t('odds.slot.chance'),
        ]}
        rows={view.reel.map((row) => [<NamedSymbol key="symbol" id={row.symbol} />, row.weight, row.chance])}
      />

      <h3 className="mt-6 font-bold">{t('odds.slot.combosTitle')}</h3>
      <p className="text-[0.95rem] text-muted">{t('odds.slot.combosLead')}</p>
      <Table
        caption={t('odds.slot.combosTitle')}
        heads={[t('odds.slot.combo'), t('odds.slot.pays'), t('odds.slot.chance'), t('odds.slot.share')]}
        rows={view.combinations.map((row) => [
          nameOfRow(row),
          row.pays ?? '–',
          <span key="chance" className="inline-grid">
            {row.chance}
            <span className="text-sm text-muted">
              {t('odds.slot.onceIn', {
                n: formatNumber(
                  row.onceIn >= 100 ? Math.round(row.onceIn) : Math.round(row.onceIn * 10) / 10,
                  language,
                ),
              })}
            </span>
          </span>,
          row.shareOfReturn,
        ])}
      />

      <h3 className="mt-6 font-bold">{t('odds.slot.formulaTitle')}</h3>
      <ul className="mt-1.5 grid list-disc gap-1.5 pl-5">
        <li>{t('odds.slot.formula', { from: fromPermille / 10, to: toPermille / 10 })}</li>
        <li>{t('odds.slot.rounding', { bet: view.rounding.bet, lost: view.rounding.lost })}</li>
        <li>{t('odds.slot.same')}</li>
      </ul>
    </Card>
  )
}

function useCombinationName() {
  const { t } = useText()
  const nameOf = useSymbolName()
  return ({ kind, symbol }: CombinationRow) =>
    kind === 'none' || symbol === null
      ? t('odds.slot.none')
      : t(kind === 'triple' ? 'odds.slot.triple' : 'odds.slot.pair', { symbol: nameOf(symbol) })
}

function NamedSymbol({ id }: { id: string }) {
  const nameOf = useSymbolName()
  return (
    <span className="inline-flex items-center gap-2.5">
      {/* biome-ignore lint/performance/noImgElement: a small drawing; the export has no image optimizer */}
      <img src={`/art/symbol-${id}.svg`} alt="" width={28} height={28} loading="lazy" className="size-7" />
      {nameOf(id)}
    </span>
  )
}

function Source({ published, computed }: { published: PublishedSlot; computed: Computed }) {
  const { t, language, href } = useText()
  const { config, view, isSameHash, isSameOdds } = computed
  return (
    <Card>
      <h2 className="text-xl font-bold">{t('odds.slot.sourceTitle')}</h2>
      <dl className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-3 text-[0.95rem]">
        <Line label={t('odds.slot.version')}>{config.version}</Line>
        <Line label={t('odds.slot.published')}>{formatMoment(published.published_at, language)}</Line>
        <Line label={t('odds.slot.hash')}>
          <code className="font-mono text-[0.82rem] break-all">{published.config_hash}</code>
          <Agrees isSame={isSameHash}>{t(isSameHash ? 'odds.slot.same_hash' : 'odds.slot.other_hash')}</Agrees>
        </Line>
        <Line label={t('odds.slot.exact')}>
          <code className="font-mono text-[0.82rem] break-all">{view.exactRtp}</code>
          <Agrees isSame={isSameOdds}>{t(isSameOdds ? 'odds.slot.same_odds' : 'odds.slot.other_odds')}</Agrees>
        </Line>
      </dl>
      <Link href={href('/fairness')} className={buttonClasses('secondary', 'medium', 'mt-5')}>
        <Icon name="shield" />
        {t('odds.slot.verify')}
      </Link>
    </Card>
  )
}
