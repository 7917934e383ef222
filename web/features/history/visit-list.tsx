'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { LoadFailed } from '#features/shell/load-failed.tsx'
import type { PlaySession } from '#server-link/api.types.ts'
import { type PlayedGame, playSessionsQuery } from '#server-link/queries.ts'
import { formatDuration, formatMoment, formatNumber } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Badge } from '#ui/badge.tsx'
import { Card } from '#ui/card.tsx'
import { Empty } from '#ui/empty.tsx'
import { MoreButton } from '#ui/more-button.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { SkeletonRows } from '#ui/skeleton.tsx'
import { useNow } from '#ui/use-now.ts'
import { visitSeconds } from './history.model.ts'
import { Net } from './net.tsx'

const games = ['slot', 'gacha'] as const satisfies readonly PlayedGame[]

/** Visits, one game at a time. */
export function Visits({ game, onGame }: { game: PlayedGame; onGame: (game: PlayedGame) => void }) {
  const { t } = useText()
  return (
    <div className="grid gap-3">
      <Segmented<PlayedGame>
        label={t('history.gameLabel')}
        hideLabel
        value={game}
        options={games.map((each) => ({ value: each, label: t(`history.game.${each}`) }))}
        onChange={onGame}
      />
      <VisitList key={game} game={game} />
    </div>
  )
}

function VisitList({ game }: { game: PlayedGame }) {
  const { t } = useText()
  const now = useNow()
  const visits = useInfiniteQuery(playSessionsQuery(game))
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
        {t(`history.game.${games.find((each) => each === visit.game) ?? 'other'}`)}
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
