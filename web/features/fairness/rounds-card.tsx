'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Symbols } from '#features/history/symbols.tsx'
import { failureWords } from '#features/shell/failure-words.ts'
import { LoadFailed } from '#features/shell/load-failed.tsx'
import { formatAgo, formatNumber } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Button, buttonClasses } from '#ui/button.tsx'
import { Card, CardHead } from '#ui/card.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Icon } from '#ui/icon.tsx'
import { Link } from '#ui/link.tsx'
import { MoreButton } from '#ui/more-button.tsx'
import { SkeletonRows } from '#ui/skeleton.tsx'
import { toast } from '#ui/toast.store.ts'
import { useNow } from '#ui/use-now.ts'
import { receiptsQuery } from './fairness.queries.ts'
import { completed, summaryOf } from './receipt.model.ts'
import { Verification } from './verification.tsx'

type Row = { readonly id: number; readonly at: string; readonly receipt: Record<string, unknown> }

/** One's own rounds, each to be checked on the spot. */
export function RoundsCard({ onRotate }: { onRotate: () => void }) {
  const { t, href } = useText()
  const now = useNow()
  const receipts = useInfiniteQuery(receiptsQuery)
  const [openId, setOpenId] = useState<number | null>(null)
  const rows = receipts.data?.pages.flatMap(({ items, configs }) =>
    items.map((item): Row => {
      return { id: item.round_id, at: item.played_at, receipt: completed(item.receipt, configs) }
    }),
  )
  const open = rows?.find((row) => row.id === openId)
  const rotateInstead = () => {
    setOpenId(null)
    onRotate()
  }
  return (
    <Card>
      <CardHead title={t('fairness.rounds.title')} />
      {rows === undefined ? (
        receipts.error ? (
          <LoadFailed error={receipts.error} busy={receipts.isFetching} onRetry={() => void receipts.refetch()} />
        ) : (
          <SkeletonRows rows={5} label={t('common.loading')} />
        )
      ) : rows.length === 0 ? (
        <Empty picture="rounds" title={t('fairness.rounds.emptyTitle')} body={t('fairness.rounds.emptyBody')}>
          <Link href={href('/games/slot')} className={buttonClasses('secondary')}>
            {t('fairness.rounds.play')}
          </Link>
        </Empty>
      ) : (
        <>
          <ul>
            {rows.map((row) => (
              <RoundRow key={row.id} row={row} now={now} onOpen={() => setOpenId(row.id)} />
            ))}
          </ul>
          <MoreButton pages={receipts} />
          <KeepAll />
        </>
      )}
      <Dialog
        isOpen={open !== undefined}
        onClose={() => setOpenId(null)}
        title={t('fairness.check.titleOf', { id: String(open?.id ?? '') })}
        closeLabel={t('common.close')}
      >
        {open && <Verification receipt={open.receipt} onRotate={rotateInstead} />}
      </Dialog>
    </Card>
  )
}

/** All receipts in one file, to be checked by somebody else or without a network. */
function KeepAll() {
  const { t } = useText()
  const [rounds, setRounds] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const leaving = useRef<AbortController | null>(null)
  useEffect(() => () => leaving.current?.abort(), [])

  const keep = async () => {
    const here = new AbortController()
    leaving.current = here
    setError(null)
    setRounds(0)
    try {
      const { keepAllReceipts } = await import('./keep-receipts.ts')
      const name = await keepAllReceipts(setRounds, here.signal)
      toast({ tone: 'good', text: t('fairness.all.done', { name }) })
    } catch (failure) {
      if (!here.signal.aborted) setError(failure)
    }
    setRounds(null)
  }
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line pt-4">
      <Button
        look="secondary"
        busy={rounds !== null}
        busyLabel={t('fairness.all.busy', { n: rounds ?? 0 })}
        onClick={() => void keep()}
      >
        {t('fairness.all.download')}
      </Button>
      <p className="flex-1 basis-56 text-sm text-muted">{t('fairness.all.why')}</p>
      {error !== null && (
        <p role="alert" className="basis-full text-sm text-bad">
          {t('fairness.all.failed')} {failureWords(error, t)}
        </p>
      )}
    </div>
  )
}

function RoundRow({ row, now, onOpen }: { row: Row; now: number; onOpen: () => void }) {
  const { t, language } = useText()
  const { reels, pulls, stake, win, nonce, isRevealed } = summaryOf(row.receipt)
  return (
    <li className="flex min-h-[4.5rem] items-center gap-x-3 border-t border-line py-2.5 first:border-t-0 sm:gap-x-4">
      {reels.length > 0 ? (
        <Symbols reels={reels} />
      ) : (
        <span className="font-semibold">{t('fairness.rounds.pulls', { n: pulls })}</span>
      )}
      <span className="grid min-w-0 flex-1">
        <span className="tabular text-[0.95rem]">
          {formatNumber(stake, language)} → {formatNumber(win, language)}
          <span className="text-muted"> · {t('fairness.rounds.nonce', { n: nonce })}</span>
        </span>
        <span className="flex flex-wrap items-center gap-x-1.5 text-sm text-muted">
          <time dateTime={row.at}>{formatAgo(row.at, language, now)}</time>
          <span>·</span>
          <span className={isRevealed ? 'text-accent' : undefined}>
            {t(isRevealed ? 'fairness.rounds.revealed' : 'fairness.rounds.sealed')}
          </span>
        </span>
      </span>
      <Button
        look="secondary"
        size="small"
        onClick={onOpen}
        aria-label={t('fairness.rounds.checkOf', { id: String(row.id) })}
      >
        <Icon name="shield" className="hidden size-5 sm:block" />
        {t('fairness.rounds.check')}
      </Button>
    </li>
  )
}
