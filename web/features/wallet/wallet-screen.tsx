'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useRouter, useSearchParams } from 'next/navigation'
import { Suspense } from 'react'
import { LoadFailed } from '#features/shell/load-failed.tsx'
import { PageHead } from '#features/shell/page-head.tsx'
import type { Asset, WalletEntry } from '#server-link/api.types.ts'
import { entriesQuery, walletQuery } from '#server-link/queries.ts'
import { formatSigned, formatTime, formatWeekday } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Amount } from '#ui/amount.tsx'
import { Card } from '#ui/card.tsx'
import { classNames } from '#ui/class-names.ts'
import { Empty } from '#ui/empty.tsx'
import { Icon } from '#ui/icon.tsx'
import { Link } from '#ui/link.tsx'
import { MoreButton } from '#ui/more-button.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { Skeleton, SkeletonRows } from '#ui/skeleton.tsx'
import { byDay, reasonText, roundOf } from './wallet.model.ts'

export function WalletScreen() {
  const { t } = useText()
  return (
    <div className="mx-auto max-w-3xl">
      <PageHead title={t('wallet.title')} lead={t('wallet.lead')} />
      <Suspense fallback={<StatementSkeleton />}>
        <Statement />
      </Suspense>
      <p className="mt-5 text-center text-sm text-muted">{t('wallet.note')}</p>
    </div>
  )
}

/** As large as what comes: prerendered pages cannot know yet which asset the address asks for. */
function StatementSkeleton() {
  const { t } = useText()
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-3">
        <Skeleton className="h-[6.1rem] sm:h-[7.1rem]" />
        <Skeleton className="h-[6.1rem] sm:h-[7.1rem]" />
      </div>
      <Skeleton className="h-[3.4rem]" />
      <Card className="py-3 sm:py-4">
        <SkeletonRows rows={8} label={t('common.loading')} />
      </Card>
    </div>
  )
}

function Statement() {
  const { t, href } = useText()
  const router = useRouter()
  const asset: Asset = useSearchParams().get('asset') === 'gem' ? 'gem' : 'token'
  const wallet = useQuery(walletQuery)
  const entries = useInfiniteQuery(entriesQuery(asset))
  const all = entries.data?.pages.flatMap((page) => page.items)

  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-3">
        {(['token', 'gem'] as const).map((each) => (
          <div key={each} className="pane grid gap-1 p-4 sm:p-5">
            <span className="flex items-center gap-2 text-muted">
              <Icon name={each} className={classNames('size-5', each === 'token' ? 'text-gold' : 'text-accent-2')} />
              {t(`common.${each}`)}
            </span>
            {wallet.data ? (
              <Amount value={wallet.data.balances[each]} className="numerals text-2xl font-extrabold sm:text-3xl" />
            ) : (
              <Skeleton className="h-9 w-24" />
            )}
          </div>
        ))}
      </div>
      <Segmented
        label={t('wallet.asset')}
        hideLabel
        value={asset}
        options={[
          { value: 'token', label: t('common.token') },
          { value: 'gem', label: t('common.gem') },
        ]}
        onChange={(value) =>
          router.replace(`${href('/wallet')}${value === 'gem' ? '?asset=gem' : ''}`, { scroll: false })
        }
      />
      <Card className="py-3 sm:py-4">
        {all === undefined ? (
          entries.error ? (
            <LoadFailed error={entries.error} busy={entries.isFetching} onRetry={() => void entries.refetch()} />
          ) : (
            <SkeletonRows rows={8} label={t('common.loading')} />
          )
        ) : all.length === 0 ? (
          <Empty
            picture="inbox"
            title={t('wallet.emptyTitle')}
            body={t(asset === 'token' ? 'wallet.emptyToken' : 'wallet.emptyGem')}
          />
        ) : (
          <>
            {byDay(all).map(({ day, entries: ofDay }) => (
              <DayGroup key={day} entries={ofDay} />
            ))}
            <MoreButton pages={entries} />
          </>
        )}
      </Card>
    </div>
  )
}

function DayGroup({ entries }: { entries: readonly WalletEntry[] }) {
  const { language } = useText()
  const first = entries[0]
  if (!first) return null
  return (
    <section>
      <h2 className="pt-4 pb-1 text-sm font-semibold text-muted">{formatWeekday(first.occurred_at, language)}</h2>
      <ul>
        {entries.map((entry) => (
          <EntryRow key={entry.entry_id} entry={entry} />
        ))}
      </ul>
    </section>
  )
}

function EntryRow({ entry }: { entry: WalletEntry }) {
  const { t, href } = useText()
  const roundId = roundOf(entry)
  const row = 'flex min-h-16 items-center gap-4 py-1.5'
  return (
    <li className="border-t border-line first:border-t-0">
      {roundId === null ? (
        <div className={row}>
          <EntryFacts entry={entry} />
        </div>
      ) : (
        <Link
          href={`${href('/history')}?round=${roundId}`}
          className={classNames(row, '-mx-2 rounded-sm px-2 transition-colors duration-150 hover:bg-raised/60')}
        >
          <EntryFacts entry={entry} />
          <span className="visually-hidden">{t('wallet.toRound')}</span>
        </Link>
      )}
    </li>
  )
}

function EntryFacts({ entry }: { entry: WalletEntry }) {
  const { t, language } = useText()
  const { amount } = entry
  return (
    <>
      <span className="grid min-w-0 flex-1">
        <span className="truncate font-semibold">{t(reasonText(entry.reason))}</span>
        <time dateTime={entry.occurred_at} className="text-sm text-muted">
          {formatTime(entry.occurred_at, language)}
        </time>
      </span>
      <span className="grid justify-items-end">
        <span className={classNames('tabular text-[1.05rem] font-bold', amount > 0 ? 'text-good' : 'text-fg')}>
          {formatSigned(amount, language)}
        </span>
        <span className="tabular text-sm text-muted">{t('wallet.balanceAfter', { n: entry.balance_after })}</span>
      </span>
    </>
  )
}
