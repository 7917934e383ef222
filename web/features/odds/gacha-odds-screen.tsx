'use client'

import type { DrawnKind } from '@casino-club/fairness/gacha.config.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { LoadFailed } from '#features/shell/load-failed.tsx'
import { PageHead } from '#features/shell/page-head.tsx'
import type { GachaConfig as PublishedGacha } from '#server-link/api.types.ts'
import { gachaConfigQuery } from '#server-link/queries.ts'
import { formatMoment, formatNumber } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { type GachaOddsView, gachaOddsView, rarities, readPublishedGacha } from './gacha-odds.model.ts'
import { Agrees, Line, Table } from './odds-parts.tsx'
import { RarityName } from './rarity-name.tsx'
import { percent } from './slot-odds.model.ts'

// Below what one actually gets; it asks the server something of its own and comes after the page.
const ObservedCard = lazy(() => import('./observed-card.tsx').then(({ ObservedCard }) => ({ default: ObservedCard })))
const MissesChart = lazy(() => import('./misses-chart.tsx').then(({ MissesChart }) => ({ default: MissesChart })))
const WaitsChart = lazy(() => import('./waits-chart.tsx').then(({ WaitsChart }) => ({ default: WaitsChart })))

type Read = NonNullable<ReturnType<typeof readPublishedGacha>>

export function GachaOddsScreen() {
  const { t } = useText()
  return (
    <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4">
      <PageHead title={t('odds.gacha.title')} lead={t('odds.gacha.lead')} />
      <LiveOdds />
    </div>
  )
}

function LiveOdds() {
  const { t } = useText()
  const published = useQuery(gachaConfigQuery)
  if (published.data) {
    const read = readPublishedGacha(published.data)
    return read ? <Odds published={published.data} read={read} /> : <p role="alert">{t('odds.gacha.unreadable')}</p>
  }
  if (published.error) {
    return <LoadFailed error={published.error} busy={published.isFetching} onRetry={() => void published.refetch()} />
  }
  return (
    <div role="status" className="grid gap-4">
      <span className="visually-hidden">{t('odds.gacha.loading')}</span>
      <Skeleton className="h-80" />
      <Skeleton className="h-96" />
    </div>
  )
}

function Odds({ published, read }: { published: PublishedGacha; read: Read }) {
  const { t } = useText()
  const view = gachaOddsView(read.report, published.stock)
  return (
    <>
      <WhatYouGet view={view} config={read.config} />
      <Waits view={view} config={read.config} />
      <ByMisses view={view} config={read.config} />
      <HowItComes view={view} config={read.config} />
      <Suspense fallback={<Skeleton className="h-64" />}>
        <ObservedCard game="gacha" nameOf={(kind) => t(`odds.gacha.${kind as DrawnKind}`)} />
      </Suspense>
      <Source published={published} version={read.config.version} />
    </>
  )
}

type Part = { readonly view: GachaOddsView; readonly config: Read['config'] }

function WhatYouGet({ view, config }: Part) {
  const { t } = useText()
  const heads = [t('odds.gacha.rarity'), t('odds.gacha.longRun'), t('odds.gacha.atRest')]
  return (
    <Card lit>
      <h2 className="text-xl font-bold">{t('odds.gacha.getTitle')}</h2>
      <p className="mt-1 max-w-[62ch] text-muted">{t('odds.gacha.getLead')}</p>
      <Table
        caption={t('odds.gacha.getTitle')}
        heads={heads}
        rows={view.rarities.map(({ rarity, longRun, atRest }) => [
          <RarityName key="rarity" rarity={rarity} />,
          <strong key="long" className="numerals text-lg">
            {longRun}
          </strong>,
          <span key="rest" className="text-muted">
            {atRest}
          </span>,
        ])}
      />
      <ul className="mt-3 grid list-disc gap-1.5 pl-5">
        <li>{t('odds.gacha.pityShare', { share: view.pityShare })}</li>
        <li>{t('odds.gacha.duplicates', config.duplicateTokens)}</li>
      </ul>
    </Card>
  )
}

function Waits({ view, config: { priceTokens } }: Part) {
  const { t, language } = useText()
  const cell = (key: string, needed: GachaOddsView['waits'][number]['half']) =>
    needed ? (
      <span key={key} className="inline-grid py-1.5">
        <span className="font-semibold">{t('odds.gacha.waitTokens', { n: needed.tokens })}</span>
        <span className="text-sm text-muted">{t('odds.gacha.waitPulls', { n: needed.pulls })}</span>
      </span>
    ) : (
      t('odds.gacha.never')
    )
  const prices = { one: formatNumber(priceTokens.one, language), ten: formatNumber(priceTokens.ten, language) }
  return (
    <Card>
      <h2 className="text-xl font-bold">{t('odds.gacha.waitTitle')}</h2>
      <p className="mt-1 max-w-[62ch] text-muted">{t('odds.gacha.waitLead', prices)}</p>
      <Suspense fallback={<ChartPlace />}>
        <WaitsChart waits={view.waits} />
      </Suspense>
      <Table
        caption={t('odds.gacha.waitTitle')}
        heads={[t('odds.gacha.until'), t('odds.gacha.half'), t('odds.gacha.ninety'), t('odds.gacha.average')]}
        rows={view.waits.map(({ target, half, ninety, average }) => [
          t(`odds.gacha.${target}`),
          cell('half', half),
          cell('ninety', ninety),
          formatNumber(average, language),
        ])}
      />
      <p className="mt-3 text-[0.95rem]">{t('odds.gacha.waitNote')}</p>
    </Card>
  )
}

/** As high as a chart, so that nothing jumps when it comes. */
function ChartPlace() {
  return <div className="mt-4 aspect-[360/214] max-w-xl" />
}

function ByMisses({ view, config }: Part) {
  const { t } = useText()
  return (
    <Card>
      <h2 className="text-xl font-bold">{t('odds.gacha.pityTitle')}</h2>
      <p className="mt-1 max-w-[62ch] text-muted">{t('odds.gacha.pityLead', { n: config.pity.afterMisses })}</p>
      <Suspense fallback={<ChartPlace />}>
        <MissesChart chances={view.byMisses} />
      </Suspense>
      <Table
        caption={t('odds.gacha.pityTitle')}
        heads={[t('odds.gacha.misses'), t('odds.gacha.epicOrBetter')]}
        rows={view.stretches.map(({ from, to, chance }) => [
          t(from === to ? 'odds.gacha.missesOne' : 'odds.gacha.missesFrom', { from, to }),
          chance,
        ])}
      />
    </Card>
  )
}

function HowItComes({ view, config }: Part) {
  const { t, language } = useText()
  const { damping, nearMiss, pity } = config
  const nameOf = new Map(
    rarities.flatMap((rarity) => config.prizes[rarity].rows.map(({ id, name }) => [id, name[language]] as const)),
  )
  return (
    <Card>
      <h2 className="text-xl font-bold">{t('odds.gacha.howTitle')}</h2>
      <h3 className="mt-4 font-bold">{t('odds.gacha.kindsTitle')}</h3>
      <p className="text-[0.95rem] text-muted">{t('odds.gacha.kindsLead')}</p>
      <Table
        caption={t('odds.gacha.kindsTitle')}
        heads={[t('odds.gacha.drawn'), t('odds.gacha.granted'), t('odds.gacha.chance')]}
        rows={view.kinds.map(({ kind, grantedAs, chance }) => [
          t(`odds.gacha.${kind}`),
          t(`odds.gacha.${grantedAs}`),
          chance,
        ])}
      />
      <ul className="mt-3 grid list-disc gap-1.5 pl-5">
        <li>{t('odds.gacha.dampingRule', { n: damping.withinPulls, keep: percent(damping.keepPermille / 1000) })}</li>
        {nearMiss.raises.map(({ aboveMisses, addPpm }) => (
          <li key={aboveMisses}>
            {t('odds.gacha.raiseRule', { misses: aboveMisses, add: percent(addPpm / 1_000_000) })}
          </li>
        ))}
        <li>{t('odds.gacha.pityRule', { n: pity.afterMisses })}</li>
      </ul>
      <h3 className="mt-6 font-bold">{t('odds.gacha.itemsTitle')}</h3>
      <p className="text-[0.95rem] text-muted">{t('odds.gacha.itemsLead')}</p>
      <Table
        caption={t('odds.gacha.itemsTitle')}
        heads={[t('odds.gacha.item'), t('odds.gacha.longRun'), t('odds.gacha.atRest'), t('odds.gacha.stock')]}
        rows={view.items.map(({ id, rarity, longRun, atRest, stock }) => [
          <span key="item" className="inline-grid">
            {nameOf.get(id) ?? id}
            <span className="text-sm font-normal text-muted">
              <RarityName rarity={rarity} />
            </span>
          </span>,
          longRun,
          atRest,
          stock ? t('odds.gacha.stockOf', stock) : t('odds.gacha.unlimited'),
        ])}
      />
    </Card>
  )
}

function Source({ published, version }: { published: PublishedGacha; version: string }) {
  const { t, language } = useText()
  const again = useMutation({
    mutationFn: async () => (await import('./recompute-gacha.ts')).gachaAgrees(published),
  })
  return (
    <Card>
      <h2 className="text-xl font-bold">{t('odds.gacha.sourceTitle')}</h2>
      <dl className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-3 text-[0.95rem]">
        <Line label={t('odds.gacha.version')}>{version}</Line>
        <Line label={t('odds.gacha.published')}>{formatMoment(published.published_at, language)}</Line>
        <Line label={t('odds.gacha.hash')}>
          <code className="font-mono text-[0.82rem] break-all">{published.config_hash}</code>
        </Line>
      </dl>
      <div className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          look="secondary"
          busy={again.isPending}
          busyLabel={t('odds.gacha.againBusy')}
          onClick={() => again.mutate()}
        >
          {t('odds.gacha.again')}
        </Button>
        <p className="flex-1 basis-56 text-sm text-muted">{t('odds.gacha.againWhy')}</p>
      </div>
      <div role="status" className="mt-2">
        {again.data !== undefined && (
          <Agrees isSame={again.data}>{t(again.data ? 'odds.gacha.same' : 'odds.gacha.other')}</Agrees>
        )}
        {again.error && <p className="text-sm text-bad">{t('odds.gacha.againFailed')}</p>}
      </div>
    </Card>
  )
}
