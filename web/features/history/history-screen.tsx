'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useRouter, useSearchParams } from 'next/navigation'
import { lazy, Suspense } from 'react'
import { LoadFailed } from '#features/shell/load-failed.tsx'
import { PageHead } from '#features/shell/page-head.tsx'
import { type PlayedGame, roundsQuery } from '#server-link/queries.ts'
import { seoulDay } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Button, buttonClasses } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Link } from '#ui/link.tsx'
import { MoreButton } from '#ui/more-button.tsx'
import { Skeleton, SkeletonRows } from '#ui/skeleton.tsx'
import { Tabs } from '#ui/tabs.tsx'
import { useNow } from '#ui/use-now.ts'
import { roundIdIn } from './history.model.ts'
import { askedOf, filterIn, isFiltering, queryOf, type RoundFilter } from './round-filter.model.ts'
import { allRounds, games, RoundFilters } from './round-filters.tsx'
import { RoundRow } from './round-row.tsx'

// What the second tab and the dialog show comes when they are opened.
const Visits = lazy(() => import('./visit-list.tsx').then(({ Visits }) => ({ default: Visits })))
const RoundDetail = lazy(() => import('./round-detail.tsx').then(({ RoundDetail }) => ({ default: RoundDetail })))

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
  const visited: PlayedGame = filter.game === 'gacha' ? 'gacha' : 'slot'
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
          {
            value: 'visits',
            label: t('history.bySession'),
            content: (
              <Suspense fallback={<Skeleton className="h-96" />}>
                <Visits
                  game={visited}
                  onGame={(chosen) =>
                    router.replace(`${href('/history')}?view=visits&game=${chosen}`, { scroll: false })
                  }
                />
              </Suspense>
            ),
          },
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
        {roundId && (
          <Suspense fallback={<Skeleton className="h-64" />}>
            <RoundDetail roundId={roundId} />
          </Suspense>
        )}
      </Dialog>
    </>
  )
}

function RoundList({ filter, onFilter }: { filter: RoundFilter; onFilter: (filter: RoundFilter) => void }) {
  const { t, href } = useText()
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
        <Empty picture="rounds" title={t('history.roundsEmptyTitle')} body={t('history.roundsEmptyBody')}>
          <Link href={href('/games/slot')} className={buttonClasses()}>
            {t('home.next.firstAction')}
          </Link>
        </Empty>
      )}
      {/* A long search comes in stretches, so a list without a round may have more to look through. */}
      {all && (all.length > 0 || rounds.hasNextPage) && <MoreButton pages={rounds} />}
    </Card>
  )
}
