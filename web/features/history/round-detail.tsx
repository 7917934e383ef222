'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { PrizePicture } from '#features/gacha/prize-picture.tsx'
import { RarityName } from '#features/odds/rarity-name.tsx'
import { LoadFailed } from '#features/shell/load-failed.tsx'
import type { Round } from '#server-link/api.types.ts'
import { isRefused } from '#server-link/failure.ts'
import { inventoryQuery, roundQuery } from '#server-link/queries.ts'
import { formatMoment, formatNumber } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { buttonClasses } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { Link } from '#ui/link.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { type KeptPull, pullsOf, reelsOf } from './history.model.ts'
import { Net } from './net.tsx'
import { Symbols } from './symbols.tsx'

/** One round with everything about it, and the way to check it. */
export function RoundDetail({ roundId }: { roundId: number }) {
  const { t } = useText()
  const round = useQuery(roundQuery(roundId))
  if (round.data) return <RoundFacts round={round.data} />
  if (isRefused(round.error) && round.error.status === 404) return <p>{t('history.detail.notFound')}</p>
  if (round.error) {
    return <LoadFailed error={round.error} busy={round.isFetching} onRetry={() => void round.refetch()} />
  }
  return <DetailSkeleton />
}

function DetailSkeleton() {
  return (
    <div className="grid gap-4">
      <Skeleton className="mx-auto h-16 w-52" />
      <Skeleton className="h-44" />
    </div>
  )
}

function RoundFacts({ round }: { round: Round }) {
  const { t, language, href } = useText()
  const pulls = pullsOf(round)
  const isPulls = pulls.length > 0
  const row = (label: string, value: ReactNode) => (
    <div className="flex min-h-11 items-center justify-between gap-4 border-t border-line first:border-t-0">
      <dt className="text-muted">{label}</dt>
      <dd className="tabular text-right font-semibold">{value}</dd>
    </div>
  )
  return (
    <>
      {isPulls ? (
        <PulledPrizes pulls={pulls} />
      ) : (
        <div className="grid justify-items-center rounded-md bg-raised/60 py-4">
          <Symbols reels={reelsOf(round)} large />
        </div>
      )}
      <dl>
        {row(t(isPulls ? 'history.price' : 'history.bet'), formatNumber(round.bet_amount, language))}
        {row(t(isPulls ? 'history.converted' : 'history.win'), formatNumber(round.win_amount, language))}
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
      <Link href={href('/fairness')} className={buttonClasses('secondary')}>
        {t('history.detail.verify')}
      </Link>
    </>
  )
}

/** In the order in which they were drawn. Names come from what the player owns: whatever was pulled is owned. */
function PulledPrizes({ pulls }: { pulls: readonly KeptPull[] }) {
  const { t, language } = useText()
  const inventory = useQuery(inventoryQuery)
  const names = new Map(inventory.data?.items.map((each) => [each.item_id, each.name[language]]))
  return (
    <ol className="grid gap-1">
      {pulls.map((pull, place) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a pull is its place
          key={place}
          className="grid min-h-13 grid-cols-[2.75rem_minmax(0,1fr)_auto] items-center gap-3 rounded-sm bg-raised/60 py-1 pr-3 pl-1"
        >
          <PrizePicture item={pull.item} rarity={pull.granted} isLazy />
          <span className="grid leading-snug">
            <b className="truncate">{names.get(pull.item) ?? pull.item}</b>
            <span className="text-sm text-muted">
              {pull.duplicateTokens === null
                ? t('gacha.prize.new')
                : t('gacha.prize.duplicate', { n: pull.duplicateTokens })}
            </span>
          </span>
          <span className="text-sm">
            <RarityName rarity={pull.granted} />
          </span>
        </li>
      ))}
    </ol>
  )
}
