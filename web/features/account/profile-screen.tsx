'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { bestStreak } from '#features/history/history.model.ts'
import { failureWords } from '#features/shell/failure-words.ts'
import { LoadFailed } from '#features/shell/load-failed.tsx'
import { useLeave } from '#features/shell/use-session.ts'
import type { Stats, User } from '#server-link/api.types.ts'
import { answer, link } from '#server-link/link.ts'
import { meQuery, statsQuery } from '#server-link/queries.ts'
import { formatDay, formatDuration, formatNumber, formatPpm, formatSigned } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { Card, CardHead, StatTile } from '#ui/card.tsx'
import { Icon, type IconName } from '#ui/icon.tsx'
import { Link } from '#ui/link.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { toast } from '#ui/toast.store.ts'

export function ProfileScreen() {
  const { t } = useText()
  const me = useQuery(meQuery)
  const stats = useQuery(statsQuery)
  return (
    <div className="mx-auto grid max-w-3xl gap-4">
      <h1 className="visually-hidden">{t('account.profile.title')}</h1>
      <Who user={me.data} />
      <Card>
        <CardHead title={t('account.profile.statsTitle')} />
        {stats.data ? (
          <Figures stats={stats.data} />
        ) : stats.error ? (
          <LoadFailed error={stats.error} busy={stats.isFetching} onRetry={() => void stats.refetch()} />
        ) : (
          <div className="grid gap-3">
            <Skeleton className="h-44 sm:h-34" />
            <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
              {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
                <Skeleton key={key} className="h-[4.9rem]" />
              ))}
            </div>
          </div>
        )}
      </Card>
      <Ways />
      <Logout />
    </div>
  )
}

function Who({ user }: { user: User | undefined }) {
  const { t, href, language } = useText()
  if (!user) {
    return (
      <Card className="flex min-h-[11.1rem] items-center gap-5 sm:min-h-33">
        <Skeleton className="size-18 rounded-full" />
        <div className="grid flex-1 gap-2.5">
          <Skeleton className="h-7 w-40" />
          <Skeleton className="h-4 w-56" />
        </div>
      </Card>
    )
  }
  const { rank } = user
  return (
    <Card lit className="flex min-h-[11.1rem] flex-wrap items-center gap-x-5 gap-y-3 sm:min-h-33">
      <span
        aria-hidden="true"
        className="grid size-18 shrink-0 place-items-center rounded-full border-2 border-accent bg-raised text-3xl font-extrabold"
      >
        {[...user.nickname][0]}
      </span>
      <div className="grid min-w-0 flex-1 basis-48 gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <p className="text-2xl font-extrabold">{user.nickname}</p>
          <Badge tone={rank === 'VIP' ? 'gold' : rank === 'PREMIUM' ? 'accent' : 'plain'}>
            {t(`account.profile.rank.${rank}`)}
          </Badge>
        </div>
        <p className="text-muted">
          {user.site_id}
          <span className="hidden sm:inline"> · </span>
          <span className="block sm:inline">
            {t('account.profile.since', { when: formatDay(user.created_at, language) })}
          </span>
        </p>
      </div>
      {user.age_verified ? (
        <Badge tone="good">
          <Icon name="shield" className="size-4" />
          {t('account.profile.ageVerified')}
        </Badge>
      ) : (
        <Link
          href={`${href('/age')}?next=${encodeURIComponent(href('/profile'))}`}
          className="inline-flex min-h-11 items-center gap-2 rounded-full border border-line px-4 text-sm font-semibold hover:border-line-strong"
        >
          <Icon name="shield" className="size-4 text-gold" />
          {t('account.profile.ageOpen')}
          <span className="text-accent">{t('account.profile.ageAction')}</span>
        </Link>
      )}
    </Card>
  )
}

function Figures({ stats }: { stats: Stats }) {
  const { t, language } = useText()
  const { totals } = stats
  if (totals.rounds === 0) return <p className="text-muted">{t('account.profile.noRounds')}</p>
  const number = (value: number) => formatNumber(value, language)
  return (
    <div className="grid gap-3">
      <BetAndWin bet={totals.total_bet} win={totals.total_win} returnPpm={totals.return_rate_ppm} />
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        <StatTile
          label={t('account.profile.net')}
          value={formatSigned(totals.net, language)}
          tone={totals.net > 0 ? 'good' : 'plain'}
        />
        <StatTile label={t('account.profile.rounds')} value={number(totals.rounds)} />
        <StatTile label={t('account.profile.playTime')} value={formatDuration(stats.play_seconds, language)} />
        <StatTile label={t('account.profile.winRate')} value={formatPpm(totals.win_rate_ppm ?? 0, language)} />
        <StatTile label={t('account.profile.biggestWin')} value={number(totals.biggest_win)} />
        <StatTile label={t('account.profile.bestStreak')} value={number(bestStreak(stats.games))} />
      </dl>
    </div>
  )
}

/** Two bars on one scale: what was put in, and what came back of it. */
function BetAndWin({ bet, win, returnPpm }: { bet: number; win: number; returnPpm: number | null }) {
  const { t, language } = useText()
  const most = Math.max(bet, win, 1)
  const bar = (label: string, amount: number, tone: string) => (
    <div className="grid grid-cols-[5.5rem_1fr_auto] items-center gap-3">
      <dt className="text-sm text-muted">{label}</dt>
      <dd aria-hidden="true" className="h-3 overflow-hidden rounded-full bg-bg">
        <div className={`h-full rounded-full ${tone}`} style={{ width: `${(amount / most) * 100}%` }} />
      </dd>
      <dd className="tabular min-w-16 text-right font-bold">{formatNumber(amount, language)}</dd>
    </div>
  )
  return (
    <div className="grid gap-3 rounded-sm bg-raised/60 p-4">
      <dl className="grid gap-2">
        {bar(t('account.profile.totalBet'), bet, 'bg-accent-2')}
        {bar(t('account.profile.totalWin'), win, 'bg-accent')}
      </dl>
      {returnPpm !== null && (
        <p className="text-sm text-muted">
          <b className="text-fg">
            {t('account.profile.returnRate')} {formatPpm(returnPpm, language)}
          </b>{' '}
          {t('account.profile.returnExplain')}
        </p>
      )}
    </div>
  )
}

const ways = [
  { path: '/album', icon: 'album', name: 'toAlbum', hint: 'toAlbumHint' },
  { path: '/history', icon: 'history', name: 'toHistory', hint: 'toHistoryHint' },
  { path: '/wallet', icon: 'wallet', name: 'toWallet', hint: 'toWalletHint' },
  { path: '/sessions', icon: 'devices', name: 'toSessions', hint: 'toSessionsHint' },
  { path: '/settings', icon: 'settings', name: 'toSettings', hint: 'toSettingsHint' },
] as const satisfies readonly { path: `/${string}`; icon: IconName; name: string; hint: string }[]

function Ways() {
  const { t, href } = useText()
  return (
    <nav aria-label={t('account.profile.linksTitle')} className="pane overflow-hidden">
      <ul className="grid sm:grid-cols-2">
        {ways.map((way) => (
          <li
            key={way.path}
            className="border-t border-line first:border-t-0 sm:odd:border-r sm:[&:nth-child(2)]:border-t-0 sm:last:odd:col-span-2 sm:last:odd:border-r-0"
          >
            <Link
              href={href(way.path)}
              className="flex min-h-[4.25rem] items-center gap-4 px-5 py-3 transition-colors duration-150 hover:bg-raised/60"
            >
              <Icon name={way.icon} className="size-6 text-accent" />
              <span className="grid flex-1">
                <span className="font-semibold">{t(`account.profile.${way.name}`)}</span>
                <span className="text-sm text-muted">{t(`account.profile.${way.hint}`)}</span>
              </span>
              <Icon name="chevron" className="size-5 text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Logout() {
  const { t } = useText()
  const leave = useLeave()
  const logout = useMutation({
    mutationFn: () => answer(link.POST('/api/auth/logout')),
    onSuccess: () => leave('signed-out'),
    onError: (error) => toast({ tone: 'bad', text: failureWords(error, t) }),
  })
  return (
    <Button
      look="quiet"
      className="justify-self-center text-muted"
      busy={logout.isPending}
      busyLabel={t('account.profile.logoutBusy')}
      onClick={() => logout.mutate()}
    >
      <Icon name="logout" />
      {t('account.profile.logout')}
    </Button>
  )
}
