'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useRouter, useSearchParams } from 'next/navigation'
import { type ReactNode, Suspense } from 'react'
import { LoadFailed } from '#features/shell/load-failed.tsx'
import { PageHead } from '#features/shell/page-head.tsx'
import type { PlaySession, Round } from '#server-link/api.types.ts'
import { isRefused } from '#server-link/failure.ts'
import { playSessionsQuery, roundQuery, roundsQuery } from '#server-link/queries.ts'
import { formatDuration, formatMoment, formatNumber, seoulDay } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { MoreButton } from '#ui/more-button.tsx'
import { Skeleton, SkeletonRows } from '#ui/skeleton.tsx'
import { Tabs } from '#ui/tabs.tsx'
import { useNow } from '#ui/use-now.ts'
import { reelsOf, roundIdIn, visitSeconds } from './history.model.ts'
import { Net } from './net.tsx'
import { askedOf, filterIn, isFiltering, queryOf, type RoundFilter } from './round-filter.model.ts'
import { allRounds, games, RoundFilters } from './round-filters.tsx'
import { RoundRow } from './round-row.tsx'
import { Symbols } from './symbols.tsx'

type View = 'rounds' | 'visits'

export function HistoryScreen() {
  const { t } = useText()
  return (
    <div className="mx-auto max-w-3xl">
      <PageHead title={t('history.title')} lead={t('history.lead')} />
      <Suspense
        fallback={
          <div className="grid gap-4">
            <Skeleton className="h-12" />
            <Card className="py-3 sm:py-4">
              <SkeletonRows rows={8} label={t('common.loading')} />
            </Card>
          </div>
        }
      >
        <HistoryViews />
      </Suspense>
    </div>
  )
}

/** What is looked at is in the address (`?view=visits`, `?result=won`, `?round=…`): it survives a reload and can be shared. */
function HistoryViews() {
  const { t, href } = useText()
  const router = useRouter()
  const query = useSearchParams()
  const view: View = query.get('view') === 'visits' ? 'visits' : 'rounds'
  const roundId = roundIdIn(query.get('round'))
  const filter = filterIn(query, games)
  const addressOf = (shown: View, asked: RoundFilter) => {
    const said = shown === 'visits' ? 'view=visits' : queryOf(asked)
    return said === '' ? href('/history') : `${href('/history')}?${said}`
  }
  const show = (shown: View, asked: RoundFilter) => router.replace(addressOf(shown, asked), { scroll: false })

  return (
    <>
      <Tabs<View>
        label={t('history.view')}
        value={view}
        onChange={(chosen) => show(chosen, filter)}
        tabs={[
          {
            value: 'rounds',
            label: t('history.byRound'),
            content: <RoundList filter={filter} onFilter={(asked) => show('rounds', asked)} />,
          },
          { value: 'visits', label: t('history.bySession'), content: <VisitList /> },
        ]}
      />
      <Dialog
        isOpen={roundId !== null}
        onClose={() => {
          if (roundId !== null) show(view, filter)
        }}
        title={t('history.detail.title')}
        closeLabel={t('common.close')}
      >
        {roundId && <RoundDetail roundId={roundId} />}
      </Dialog>
    </>
  )
}

function RoundList({ filter, onFilter }: { filter: RoundFilter; onFilter: (filter: RoundFilter) => void }) {
  const { t } = useText()
  const now = useNow()
  const rounds = useInfiniteQuery(roundsQuery(askedOf(filter, seoulDay(new Date(now).toISOString()))))
  const all = rounds.data?.pages.flatMap((page) => page.items)
  return (
    <Card className="py-4">
      <RoundFilters filter={filter} onChange={onFilter} />
      {all === undefined ? (
        rounds.error ? (
          <LoadFailed error={rounds.error} busy={rounds.isFetching} onRetry={() => void rounds.refetch()} />
        ) : (
          <SkeletonRows rows={8} label={t('common.loading')} />
        )
      ) : all.length > 0 ? (
        <ul>
          {all.map((round) => (
            <RoundRow key={round.round_id} round={round} now={now} keep={queryOf(filter)} />
          ))}
        </ul>
      ) : isFiltering(filter) ? (
        <div role="status">
          <Empty picture="rounds" title={t('history.filter.emptyTitle')} body={t('history.filter.emptyBody')}>
            <Button look="secondary" onClick={() => onFilter(allRounds)}>
              {t('history.filter.clear')}
            </Button>
          </Empty>
        </div>
      ) : (
        <Empty picture="rounds" title={t('history.roundsEmptyTitle')} body={t('history.roundsEmptyBody')} />
      )}
      {/* A long search comes in stretches, so a list without a round may have more to look through. */}
      {all && (all.length > 0 || rounds.hasNextPage) && <MoreButton pages={rounds} />}
    </Card>
  )
}

function VisitList() {
  const { t } = useText()
  const now = useNow()
  const visits = useInfiniteQuery(playSessionsQuery)
  const all = visits.data?.pages.flatMap((page) => page.items)
  return (
    <Card className="py-3 sm:py-4">
      {all === undefined ? (
        visits.error ? (
          <LoadFailed error={visits.error} busy={visits.isFetching} onRetry={() => void visits.refetch()} />
        ) : (
          <SkeletonRows rows={6} label={t('common.loading')} />
        )
      ) : all.length === 0 ? (
        <Empty picture="rounds" title={t('history.sessionsEmptyTitle')} body={t('history.sessionsEmptyBody')} />
      ) : (
        <>
          <ul>
            {all.map((visit) => (
              <VisitRow key={visit.session_number} visit={visit} now={now} />
            ))}
          </ul>
          <MoreButton pages={visits} />
        </>
      )}
    </Card>
  )
}

function VisitRow({ visit, now }: { visit: PlaySession; now: number }) {
  const { t, language } = useText()
  return (
    <li className="grid min-h-[4.25rem] grid-cols-[1fr_auto] items-center gap-x-4 border-t border-line py-2.5 first:border-t-0">
      <span className="flex flex-wrap items-center gap-x-2 font-semibold">
        {visit.game === 'slot' || visit.game === 'gacha' ? t(`history.game.${visit.game}`) : t('history.game.other')}
        {visit.ended_at === null && <Badge tone="accent">{t('history.ongoing')}</Badge>}
      </span>
      <Net amount={visit.net} className="text-right text-[1.05rem]" />
      <span className="text-sm text-muted">
        <time dateTime={visit.started_at}>{formatMoment(visit.started_at, language)}</time>
        {' · '}
        {t('history.sessionRounds', { n: visit.rounds })}
        {' · '}
        {formatDuration(visitSeconds(visit, now), language)}
      </span>
      <span className="tabular text-right text-sm text-muted">
        {formatNumber(visit.total_bet, language)} → {formatNumber(visit.total_win, language)}
      </span>
    </li>
  )
}

function RoundDetail({ roundId }: { roundId: number }) {
  const { t } = useText()
  const round = useQuery(roundQuery(roundId))
  if (round.data) return <RoundFacts round={round.data} />
  if (isRefused(round.error) && round.error.status === 404) return <p>{t('history.detail.notFound')}</p>
  if (round.error) {
    return <LoadFailed error={round.error} busy={round.isFetching} onRetry={() => void round.refetch()} />
  }
  return (
    <div className="grid gap-4">
      <Skeleton className="mx-auto h-16 w-52" />
      <Skeleton className="h-44" />
    </div>
  )
}

function RoundFacts({ round }: { round: Round }) {
  const { t, language } = useText()
  const row = (label: string, value: ReactNode) => (
    <div className="flex min-h-11 items-center justify-between gap-4 border-t border-line first:border-t-0">
      <dt className="text-muted">{label}</dt>
      <dd className="tabular text-right font-semibold">{value}</dd>
    </div>
  )
  return (
    <>
      <div className="grid justify-items-center rounded-md bg-raised/60 py-4">
        <Symbols reels={reelsOf(round)} large />
      </div>
      <dl>
        {row(t('history.bet'), formatNumber(round.bet_amount, language))}
        {row(t('history.win'), formatNumber(round.win_amount, language))}
        {row(t('history.net'), <Net amount={round.win_amount - round.bet_amount} />)}
        {row(t('history.detail.at'), formatMoment(round.played_at, language))}
      </dl>
      <div className="flex items-center gap-3 rounded-sm bg-raised/60 p-2 pl-4">
        <div className="min-w-0 flex-1">
          <p className="text-sm text-muted">{t('history.detail.id')}</p>
          <p className="tabular truncate font-semibold">{round.round_id}</p>
        </div>
        <CopyButton text={String(round.round_id)} />
      </div>
    </>
  )
}
