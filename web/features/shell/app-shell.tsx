'use client'

import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { Unreachable } from '#server-link/failure.ts'
import { walletQuery } from '#server-link/queries.ts'
import { useText } from '#text/text-provider.tsx'
import { Amount } from '#ui/amount.tsx'
import { classNames } from '#ui/class-names.ts'
import { Icon, type IconName } from '#ui/icon.tsx'
import { Link } from '#ui/link.tsx'
import { Logo, LogoMark } from '#ui/logo.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { LoadFailed } from './load-failed.tsx'
import { useGuard } from './use-session.ts'

type Place = { readonly path: `/${string}`; readonly icon: IconName; readonly name: PlaceName }
type PlaceName = 'home' | 'slot' | 'gacha' | 'album' | 'wallet' | 'history' | 'profile' | 'settings' | 'sessions'

/** The five places of the phone's bar. The rail on desktops has room for the rest. */
const places: readonly Place[] = [
  { path: '/home', icon: 'home', name: 'home' },
  { path: '/games/slot', icon: 'slot', name: 'slot' },
  { path: '/games/gacha', icon: 'gacha', name: 'gacha' },
  { path: '/wallet', icon: 'wallet', name: 'wallet' },
  { path: '/profile', icon: 'profile', name: 'profile' },
]
const railExtras: readonly Place[] = [
  { path: '/history', icon: 'history', name: 'history' },
  { path: '/album', icon: 'album', name: 'album' },
  { path: '/sessions', icon: 'devices', name: 'sessions' },
  { path: '/settings', icon: 'settings', name: 'settings' },
]

/** Readable without an account, so they stand outside this frame. */
const openPages = [
  { path: '/fairness', name: 'fairness.nav.fairness' },
  { path: '/odds/slot', name: 'fairness.nav.slotOdds' },
  { path: '/odds/gacha', name: 'fairness.nav.gachaOdds' },
] as const

/** The frame of every player's page: rail or bar, balance, and nobody inside without a session. */
export function AppShell({ children }: { children: ReactNode }) {
  const { t, href } = useText()
  const me = useGuard()
  const isLost = me.error instanceof Unreachable && me.data === undefined

  return (
    <div className="app-shell">
      <a href="#content" className="skip-link">
        {t('common.skipToContent')}
      </a>
      <Rail />
      <div className="flex min-w-0 flex-col">
        <TopBar />
        <main id="content" tabIndex={-1} className="app-content outline-none lg:pt-6">
          {isLost ? <LoadFailed error={me.error} busy={me.isFetching} onRetry={() => void me.refetch()} /> : children}
        </main>
        <footer className="mt-auto px-5 pt-6 pb-6 text-center text-sm text-muted">
          <p>{t('common.legal')}</p>
          <ul className="flex justify-center gap-1">
            {openPages.map((page) => (
              <li key={page.path}>
                <Link
                  href={href(page.path)}
                  className="flex min-h-11 items-center px-3 underline decoration-line-strong underline-offset-4 hover:text-fg"
                >
                  {t(page.name)}
                </Link>
              </li>
            ))}
          </ul>
        </footer>
      </div>
      <BottomBar />
    </div>
  )
}

/** Pages with the balance in large: a second one over it would only be noise. */
const pagesWithBalance = ['/home', '/wallet', '/games/slot', '/games/gacha'] as const

function TopBar() {
  const { t, href } = useText()
  const path = usePathname()
  const showsBalance = pagesWithBalance.some((page) => path === href(page))
  return (
    <header className={classNames('app-topbar', showsBalance && 'lg:hidden')}>
      <Link href={href('/home')} aria-label={t('common.siteName')} className="flex size-11 items-center lg:hidden">
        <LogoMark className="size-8" />
      </Link>
      <span className="flex-1" />
      {!showsBalance && <BalanceChip />}
      <Link
        href={href('/settings')}
        aria-label={t('common.nav.settings')}
        className="-mr-1.5 ml-1 grid size-11 place-items-center rounded-full text-muted hover:text-fg lg:hidden"
      >
        <Icon name="settings" className="size-6" />
      </Link>
    </header>
  )
}

function BalanceChip() {
  const { t, href } = useText()
  const wallet = useQuery(walletQuery)
  const balance = wallet.data?.balances.token
  return (
    <Link
      href={href('/wallet')}
      className="flex min-h-11 items-center gap-2 rounded-full border border-line bg-surface pr-4 pl-3 hover:border-line-strong"
    >
      <Icon name="token" className="size-5 text-gold" />
      <span className="visually-hidden">{t('common.token')}</span>
      {balance === undefined ? (
        <Skeleton className="h-5 w-14" />
      ) : (
        <Amount value={balance} className="numerals min-w-8 text-right text-[0.95rem] font-bold" />
      )}
    </Link>
  )
}

function useIsHere() {
  const path = usePathname()
  const { href } = useText()
  return (place: Place) => path === href(place.path) || path.startsWith(`${href(place.path)}/`)
}

function Rail() {
  const { t, href } = useText()
  return (
    <nav aria-label={t('common.nav.label')} className="app-rail">
      <Link href={href('/home')} className="flex min-h-12 items-center px-3">
        <Logo />
      </Link>
      <ul className="mt-6 grid gap-1">
        {places.map((place) => (
          <RailItem key={place.path} place={place} />
        ))}
      </ul>
      <ul className="mt-auto grid gap-1 border-t border-line pt-4">
        {railExtras.map((place) => (
          <RailItem key={place.path} place={place} />
        ))}
      </ul>
    </nav>
  )
}

function RailItem({ place }: { place: Place }) {
  const { t, href } = useText()
  const isHere = useIsHere()(place)
  return (
    <li>
      <Link
        href={href(place.path)}
        aria-current={isHere ? 'page' : undefined}
        className={classNames(
          'relative flex min-h-12 items-center gap-3 rounded-sm px-3 font-semibold transition-colors duration-150',
          isHere
            ? 'bg-raised text-fg before:absolute before:inset-y-2.5 before:left-0 before:w-[3px] before:rounded-full before:bg-accent'
            : 'text-muted hover:bg-raised/60 hover:text-fg',
        )}
      >
        <Icon name={place.icon} className={classNames('size-5.5', isHere && 'text-accent')} />
        {t(`common.nav.${place.name}`)}
      </Link>
    </li>
  )
}

function BottomBar() {
  const { t, href } = useText()
  const isHere = useIsHere()
  return (
    <nav aria-label={t('common.nav.label')} className="app-bottombar">
      <ul className="mx-auto flex max-w-lg">
        {places.map((place) => (
          <li key={place.path} className="flex-1">
            <Link
              href={href(place.path)}
              aria-current={isHere(place) ? 'page' : undefined}
              className={classNames(
                'relative grid h-16 place-content-center justify-items-center gap-0.5 text-[0.75rem] font-semibold',
                isHere(place)
                  ? 'text-fg before:absolute before:inset-x-[28%] before:top-0 before:h-[3px] before:rounded-b-full before:bg-accent'
                  : 'text-muted',
              )}
            >
              <Icon name={place.icon} className={classNames('size-6', isHere(place) && 'text-accent')} />
              {t(`common.nav.${place.name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
