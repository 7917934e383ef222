'use client'

import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { visitSeconds } from '#features/history/history.model.ts'
import { Net } from '#features/history/net.tsx'
import { RoundRow } from '#features/history/round-row.tsx'
import { LoadFailed } from '#features/shell/load-failed.tsx'
import type { PlaySession, SlotState, Wallet } from '#server-link/api.types.ts'
import {
  latestPlayQuery,
  latestRoundsQuery,
  meQuery,
  slotConfigQuery,
  slotStateQuery,
  walletQuery,
} from '#server-link/queries.ts'
import { formatAgo, formatDuration, formatMoment, formatNumber } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Amount } from '#ui/amount.tsx'
import { Badge } from '#ui/badge.tsx'
import { buttonClasses } from '#ui/button.tsx'
import { Card, CardHead } from '#ui/card.tsx'
import { Empty } from '#ui/empty.tsx'
import { Icon } from '#ui/icon.tsx'
import { Link } from '#ui/link.tsx'
import { Progress, Steps } from '#ui/progress.tsx'
import { Skeleton, SkeletonRows } from '#ui/skeleton.tsx'
import { useNow } from '#ui/use-now.ts'
import { latestFirst, type NextThing, nextThing, streakSteps, usualSteps } from './home.model.ts'

const smallestBet = 10

// Below the first cards; what it needs comes after them.
const MarketCard = lazy(() => import('./market-card.tsx').then(({ MarketCard }) => ({ default: MarketCard })))

export function HomeScreen() {
  const { t, href } = useText()
  const now = useNow()
  const me = useQuery(meQuery)
  const wallet = useQuery(walletQuery)
  const slot = useQuery(slotStateQuery)
  const rounds = useQuery(latestRoundsQuery)
  const spins = useQuery(latestPlayQuery('slot'))
  const pulls = useQuery(latestPlayQuery('gacha'))

  const user = me.data
  const next =
    wallet.data && slot.data && rounds.data
      ? nextThing({
          tokens: wallet.data.balances.token,
          spinsLeftToday: slot.data.spins_left_today,
          hasPlayed: rounds.data.items.length > 0,
          smallestBet,
        })
      : null

  return (
    <>
      <div className="mb-4 flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="text-2xl font-extrabold sm:text-[1.75rem]">
          {user ? t('home.greeting', { nickname: user.nickname }) : <Skeleton className="h-8 w-56" />}
        </h1>
        {user && user.rank !== 'STANDARD' && (
          <Badge tone={user.rank === 'VIP' ? 'gold' : 'accent'}>{t(`account.profile.rank.${user.rank}`)}</Badge>
        )}
      </div>

      <div className="grid gap-4 lg:grid-cols-[1.15fr_1fr]">
        <Balance wallet={wallet.data} />
        <NextCard next={next} slot={slot.data} />
        <Today slot={slot.data} />
        <LatestPlay
          sessions={spins.data && pulls.data && latestFirst([...spins.data.items, ...pulls.data.items])}
          now={now}
        />
      </div>

      <Suspense fallback={<Skeleton className="mt-4 h-[14rem] sm:h-[8.5rem]" />}>
        <MarketCard />
      </Suspense>

      {/* From here on the page waits for who is playing: an open age check would push down what stood below it. */}
      {user && !user.age_verified && (
        <Link
          href={`${href('/age')}?next=${encodeURIComponent(href('/home'))}`}
          className="pane mt-4 flex min-h-16 items-center gap-4 px-5 py-3 transition-colors hover:border-line-strong"
        >
          <Icon name="shield" className="size-6 text-accent" />
          <span className="grid flex-1">
            <span className="font-semibold">{t('home.next.ageTitle')}</span>
            <span className="text-sm text-muted">{t('home.next.ageBody')}</span>
          </span>
          <Icon name="chevron" className="size-5 text-muted" />
        </Link>
      )}

      {(user || me.error) && (
        <Card className="mt-4">
          <CardHead
            title={t('home.rounds.title')}
            end={
              <Link href={href('/history')} className={buttonClasses('quiet', 'small', '-mr-3 px-3 text-accent')}>
                {t('home.rounds.all')}
                <Icon name="chevron" className="size-4" />
              </Link>
            }
          />
          {rounds.data ? (
            rounds.data.items.length === 0 ? (
              <Empty picture="rounds" title={t('home.rounds.emptyTitle')} body={t('home.rounds.emptyBody')} />
            ) : (
              <ul>
                {rounds.data.items.slice(0, 5).map((round) => (
                  <RoundRow key={round.round_id} round={round} now={now} />
                ))}
              </ul>
            )
          ) : rounds.error ? (
            <LoadFailed error={rounds.error} busy={rounds.isFetching} onRetry={() => void rounds.refetch()} />
          ) : (
            <SkeletonRows rows={5} label={t('common.loading')} />
          )}
        </Card>
      )}
    </>
  )
}

function Balance({ wallet }: { wallet: Wallet | undefined }) {
  const { t, href, language } = useText()
  return (
    <Card lit className="flex min-h-[11.5rem] flex-col overflow-hidden">
      {/* The largest thing in the first view, and one that waits for no answer. */}
      {/* biome-ignore lint/performance/noImgElement: a small drawing; the export has no image optimizer */}
      <img
        src="/art/chip.svg"
        alt=""
        width={240}
        height={240}
        fetchPriority="high"
        className="in-data-[theme=contrast]:hidden pointer-events-none absolute -top-14 -right-12 size-60 max-w-none mask-b-from-45% mask-b-to-85% sm:-right-4"
      />
      <h2 className="relative text-muted">{t('home.balanceLabel')}</h2>
      <p className="relative mt-1 flex min-h-14 items-center gap-3">
        <Icon name="token" className="size-9 text-gold" />
        {wallet ? (
          <Amount
            value={wallet.balances.token}
            className="numerals text-[2.6rem] leading-none font-extrabold sm:text-5xl"
          />
        ) : (
          <Skeleton className="h-11 w-40" />
        )}
      </p>
      <div className="relative mt-auto flex items-center justify-between gap-3 pt-4">
        <span className="flex min-h-6 items-center gap-2 text-muted">
          <Icon name="gem" className="size-5 text-accent-2" />
          {wallet ? t('common.gems', { n: wallet.balances.gem }) : <Skeleton className="h-4 w-12" />}
          <span className="visually-hidden">{wallet && formatNumber(wallet.balances.gem, language)}</span>
        </span>
        <Link href={href('/wallet')} className={buttonClasses('secondary', 'small')}>
          {t('home.statement')}
        </Link>
      </div>
    </Card>
  )
}

const ways: Readonly<Record<NextThing, { path: `/${string}`; primary: boolean; picture: string }>> = {
  first: { path: '/games/slot', primary: true, picture: '/art/mascot-happy.svg' },
  play: { path: '/games/slot', primary: true, picture: '/art/mascot-idle.svg' },
  empty: { path: '/history', primary: false, picture: '/art/mascot-thinking.svg' },
  rest: { path: '/history', primary: false, picture: '/art/mascot-thinking.svg' },
}

function NextCard({ next, slot }: { next: NextThing | null; slot: SlotState | undefined }) {
  const { t, href } = useText()
  if (!next) {
    return (
      <Card className="grid min-h-[12.75rem] content-between gap-3">
        <div className="grid gap-2.5">
          <Skeleton className="h-6 w-3/5" />
          <Skeleton className="h-4 w-4/5" />
          <Skeleton className="h-4 w-2/5" />
        </div>
        <Skeleton className="h-12" />
      </Card>
    )
  }
  const way = ways[next]
  return (
    <Card className="relative flex min-h-[12.75rem] flex-col overflow-hidden" label={t('home.next.title')}>
      {/* biome-ignore lint/performance/noImgElement: a small drawing; the export has no image optimizer */}
      <img src={way.picture} alt="" width={104} height={104} className="absolute top-3 right-3 size-20 sm:size-26" />
      <div className="pr-20 pb-4 sm:pr-28">
        <h2 className="text-lg font-bold">{t(`home.next.${next}Title`)}</h2>
        <p className="mt-1 text-[0.95rem] text-muted">
          {t(`home.next.${next}Body`, { n: slot?.spins_left_today ?? 0 })}
        </p>
      </div>
      <Link href={href(way.path)} className={buttonClasses(way.primary ? 'primary' : 'secondary', 'medium', 'mt-auto')}>
        {t(`home.next.${next}Action`)}
        <Icon name="arrow" />
      </Link>
    </Card>
  )
}

function Today({ slot }: { slot: SlotState | undefined }) {
  const { t, language } = useText()
  const bonus = slot?.streak_bonus_percent ?? 0
  const config = useQuery(slotConfigQuery).data?.config
  const steps = config ? streakSteps(config) : null
  return (
    <Card className="grid min-h-[10.5rem] content-start gap-5">
      <div>
        <div className="mb-2.5 flex min-h-7 items-center justify-between gap-3">
          <h2 className="flex items-center gap-2 font-bold">
            <Icon name="flame" className={`size-5 ${bonus > 0 ? 'text-accent-2' : 'text-muted'}`} />
            {t('home.streak.title')}
          </h2>
          {slot ? (
            slot.streak > 0 ? (
              <Badge tone="pink">{t('home.streak.bonus', { percent: bonus })}</Badge>
            ) : (
              <span className="text-sm text-muted">{t('home.streak.none')}</span>
            )
          ) : (
            <Skeleton className="h-5 w-20" />
          )}
        </div>
        <Steps
          label={t('home.streak.title')}
          value={slot?.streak ?? 0}
          max={steps?.count ?? usualSteps}
          valueText={t('home.streak.steps', { n: slot?.streak ?? 0 })}
        />
        {/* Two lines, whichever of the two sentences it will be. */}
        <p className="mt-2 min-h-[2lh] text-sm text-muted">
          {slot?.streak_ends_at
            ? t('home.streak.until', { when: formatMoment(slot.streak_ends_at, language) })
            : slot && steps && t('home.streak.explain', { percent: steps.percentEach, most: steps.percentMost })}
        </p>
      </div>
      <div>
        <div className="mb-2 flex items-baseline justify-between gap-3">
          <h2 className="font-bold">
            {t('home.today.title')} <span className="font-normal text-muted">{t('home.today.spins')}</span>
          </h2>
          {slot ? (
            <span className="tabular text-sm text-muted">
              <b className="text-base text-fg">{formatNumber(slot.spins_today, language)}</b>
              {' / '}
              {formatNumber(slot.spins_today + slot.spins_left_today, language)}
            </span>
          ) : (
            <Skeleton className="h-5 w-16" />
          )}
        </div>
        <Progress
          label={t('home.today.spins')}
          value={slot?.spins_today ?? 0}
          max={slot ? slot.spins_today + slot.spins_left_today : 1}
          valueText={t('home.today.left', { n: slot?.spins_left_today ?? 0 })}
        />
      </div>
    </Card>
  )
}

function LatestPlay({ sessions, now }: { sessions: readonly PlaySession[] | undefined; now: number }) {
  const { t, language } = useText()
  const latest = sessions?.[0]
  const row = (label: string, value: ReactNode) => (
    <div className="flex min-h-9 items-baseline justify-between gap-4 border-t border-line pt-2 first:border-t-0">
      <dt className="text-muted">{label}</dt>
      <dd className="tabular text-right font-semibold">{value}</dd>
    </div>
  )
  return (
    <Card className="min-h-[12.5rem]">
      <div className="mb-2.5 flex min-h-7 items-center justify-between gap-3">
        <h2 className="font-bold">
          {t('home.lastVisit.title')}
          {latest && (
            <span className="font-normal text-muted">
              {' · '}
              {t(latest.game === 'gacha' ? 'history.game.gacha' : 'history.game.slot')}
            </span>
          )}
        </h2>
        <span className="text-sm text-muted">{latest && formatAgo(latest.started_at, language, now)}</span>
      </div>
      {sessions === undefined ? (
        <div className="grid gap-4 pt-2">
          <Skeleton className="h-5" />
          <Skeleton className="h-5" />
          <Skeleton className="h-5" />
        </div>
      ) : latest ? (
        <dl className="grid gap-1.5">
          {row(t('account.profile.rounds'), t('home.lastVisit.rounds', { n: latest.rounds }))}
          {row(t('account.profile.playTime'), formatDuration(visitSeconds(latest, now), language))}
          {row(t('home.lastVisit.net'), <Net amount={latest.net} />)}
        </dl>
      ) : (
        <p className="text-muted">{t('home.lastVisit.none')}</p>
      )}
    </Card>
  )
}
