'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useRequirePlayer } from '#features/shell/use-session.ts'
import { meQuery, walletQuery } from '#server-link/queries.ts'
import { useText } from '#text/text-provider.tsx'
import { Button, buttonClasses } from '#ui/button.tsx'
import { Link } from '#ui/link.tsx'
import { Steps } from '#ui/progress.tsx'
import { Skeleton } from '#ui/skeleton.tsx'

const steps = [
  { name: 'welcome', picture: '/art/mascot-happy.svg' },
  { name: 'fair', picture: '/art/mascot-thinking.svg' },
  { name: 'calm', picture: '/art/mascot-idle.svg' },
  { name: 'spin', picture: '/art/symbol-seven.svg' },
] as const

/** Four short screens between the sign-up and the first page. Each can be left at once. */
export function TutorialScreen() {
  const { t, href } = useText()
  useRequirePlayer()
  const me = useQuery(meQuery)
  const wallet = useQuery(walletQuery)
  const [at, setAt] = useState(0)
  const heading = useRef<HTMLHeadingElement>(null)
  const hasMoved = useRef(false)
  const step = steps[at] ?? steps[0]
  const isLast = at === steps.length - 1

  useEffect(() => {
    // A new step is a new page to somebody who listens: the focus goes to its heading.
    if (hasMoved.current && at >= 0) heading.current?.focus()
  }, [at])

  const move = (by: number) => {
    hasMoved.current = true
    setAt((before) => Math.min(steps.length - 1, Math.max(0, before + by)))
  }

  const isReady = me.data !== undefined && wallet.data !== undefined
  const values = { nickname: me.data?.nickname ?? '', n: wallet.data?.balances.token ?? 0 }
  const counted = { n: at + 1, total: steps.length }

  return (
    <section aria-label={t('entry.tutorial.label')} className="w-full max-w-[27rem]">
      <div className="pane pane-lit flex min-h-[33rem] flex-col p-6 sm:p-8">
        <div className="flex items-center gap-4">
          <div className="flex-1">
            <Steps
              label={t('entry.tutorial.label')}
              value={at + 1}
              max={steps.length}
              valueText={t('entry.tutorial.step', counted)}
            />
          </div>
          <Link href={href('/home')} className={buttonClasses('quiet', 'small', '-mr-2 px-3 text-muted')}>
            {t('entry.tutorial.skip')}
          </Link>
        </div>
        <div key={step.name} className="rise flex flex-1 flex-col items-center justify-center py-4 text-center">
          {/* biome-ignore lint/performance/noImgElement: a small drawing; the export has no image optimizer */}
          <img src={step.picture} alt="" width={168} height={168} className="size-42" />
          {isReady ? (
            <>
              <h1 ref={heading} tabIndex={-1} className="mt-5 text-2xl font-extrabold outline-none">
                {t(`entry.tutorial.${step.name}Title`, values)}
              </h1>
              <p className="mt-2 max-w-[34ch] text-balance text-muted">
                {t(`entry.tutorial.${step.name}Body`, values)}
              </p>
            </>
          ) : (
            <div className="mt-6 grid w-full justify-items-center gap-3">
              <Skeleton className="h-7 w-48" />
              <Skeleton className="h-4 w-72" />
              <Skeleton className="h-4 w-56" />
            </div>
          )}
        </div>
        {isLast ? (
          <div className="grid gap-2.5">
            <Link href={href('/games/slot')} className={buttonClasses('primary', 'large')}>
              {t('entry.tutorial.toSlot')}
            </Link>
            <Link href={href('/games/gacha')} className={buttonClasses('secondary', 'large')}>
              {t('entry.tutorial.toGacha')}
            </Link>
            <Link href={href('/home')} className={buttonClasses('quiet', 'medium')}>
              {t('entry.tutorial.toHome')}
            </Link>
          </div>
        ) : (
          <div className="flex gap-2.5">
            {at > 0 && (
              <Button look="secondary" size="large" onClick={() => move(-1)}>
                {t('common.back')}
              </Button>
            )}
            <Button size="large" className="flex-1" onClick={() => move(1)}>
              {t('entry.tutorial.next')}
            </Button>
          </div>
        )}
      </div>
    </section>
  )
}
