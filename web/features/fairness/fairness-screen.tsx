'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { LoadFailed } from '#features/shell/load-failed.tsx'
import { PageHead } from '#features/shell/page-head.tsx'
import { isRefused } from '#server-link/failure.ts'
import { useText } from '#text/text-provider.tsx'
import { buttonClasses } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Icon } from '#ui/icon.tsx'
import { Link } from '#ui/link.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { CheckCard } from './check-card.tsx'
import { seedQuery } from './fairness.queries.ts'
import { RotateDialog } from './rotate-dialog.tsx'
import { RoundsCard } from './rounds-card.tsx'
import { SeedsCard } from './seeds-card.tsx'
import { useWasSignedIn } from './use-was-signed-in.ts'

export function FairnessScreen() {
  const { t } = useText()
  const isPlayer = useWasSignedIn()
  return (
    <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4">
      <PageHead title={t('fairness.title')} lead={t('fairness.lead')} />
      <HowItWorks />
      {isPlayer === null ? <Skeleton className="h-80" /> : isPlayer ? <OwnSeeds /> : <StrangerCard />}
      <CheckCard />
    </div>
  )
}

function HowItWorks() {
  const { t } = useText()
  return (
    <ol className="grid gap-3 sm:grid-cols-3">
      {(['sealed', 'yours', 'opened'] as const).map((step, index) => (
        <li key={step} className="pane grid grid-cols-[auto_1fr] content-start gap-x-3 gap-y-1 p-4 sm:grid-cols-1">
          <span
            aria-hidden="true"
            className="numerals row-span-2 grid size-9 place-items-center rounded-full border border-accent/50 text-accent sm:row-span-1 sm:mb-1"
          >
            {index + 1}
          </span>
          <h2 className="font-bold">{t(`fairness.how.${step}`)}</h2>
          <p className="text-[0.95rem] text-muted">{t(`fairness.how.${step}Why`)}</p>
        </li>
      ))}
    </ol>
  )
}

function OwnSeeds() {
  const seeds = useQuery(seedQuery)
  const [isRotating, setRotating] = useState(false)
  if (seeds.data) {
    return (
      <>
        <SeedsCard seeds={seeds.data} onRotate={() => setRotating(true)} />
        <RoundsCard onRotate={() => setRotating(true)} />
        <RotateDialog current={seeds.data.current} isOpen={isRotating} onClose={() => setRotating(false)} />
      </>
    )
  }
  if (isRefused(seeds.error) && seeds.error.status === 401) return <StrangerCard />
  if (!seeds.error) return <Skeleton className="h-80" />
  return (
    <Card>
      <LoadFailed error={seeds.error} busy={seeds.isFetching} onRetry={() => void seeds.refetch()} />
    </Card>
  )
}

function StrangerCard() {
  const { t, href } = useText()
  return (
    <Card lit className="flex flex-wrap items-center justify-between gap-4">
      <p className="max-w-[46ch] flex-1 basis-64">{t('fairness.stranger.body')}</p>
      <Link
        href={`${href('/login')}?next=${encodeURIComponent(href('/fairness'))}`}
        className={buttonClasses('secondary')}
      >
        {t('fairness.stranger.login')}
        <Icon name="arrow" />
      </Link>
    </Card>
  )
}
