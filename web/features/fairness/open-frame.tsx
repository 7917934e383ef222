'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { LanguageLink } from '#features/shell/language-link.tsx'
import { useText } from '#text/text-provider.tsx'
import { classNames } from '#ui/class-names.ts'
import { Icon } from '#ui/icon.tsx'
import { Link } from '#ui/link.tsx'
import { Logo } from '#ui/logo.tsx'
import { useWasSignedIn } from './use-was-signed-in.ts'

const places = [
  { path: '/fairness', name: 'fairness.nav.fairness' },
  { path: '/odds/slot', name: 'fairness.nav.slotOdds' },
  { path: '/odds/gacha', name: 'fairness.nav.gachaOdds' },
] as const

/** The frame of pages that anybody may read: how chance works here, with or without an account. */
export function OpenFrame({ children }: { children: ReactNode }) {
  const { t, language, href } = useText()
  const path = usePathname()
  const isPlayer = useWasSignedIn() === true
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-5xl flex-col px-4 sm:px-8">
      <a href="#content" className="skip-link">
        {t('common.skipToContent')}
      </a>
      <header className="flex min-h-16 items-center justify-between gap-3">
        <a href={isPlayer ? href('/home') : `/${language}`} className="flex min-h-11 items-center">
          <Logo />
        </a>
        <span className="flex items-center gap-1">
          <LanguageLink className="flex min-h-11 items-center px-2.5 font-semibold text-muted hover:text-fg" />
          {isPlayer && (
            <Link href={href('/home')} className="flex min-h-11 items-center gap-1.5 px-2 font-semibold text-accent">
              {t('fairness.nav.club')}
              <Icon name="arrow" className="size-4.5" />
            </Link>
          )}
        </span>
      </header>
      <nav aria-label={t('fairness.nav.label')} className="mb-6 border-b border-line">
        <ul className="flex gap-1">
          {places.map((place) => {
            const isHere = path === href(place.path)
            return (
              <li key={place.path}>
                <Link
                  href={href(place.path)}
                  aria-current={isHere ? 'page' : undefined}
                  className={classNames(
                    '-mb-px flex min-h-12 items-center border-b-2 px-4 font-semibold transition-colors duration-150',
                    isHere ? 'border-accent text-fg' : 'border-transparent text-muted hover:text-fg',
                  )}
                >
                  {t(place.name)}
                </Link>
              </li>
            )
          })}
        </ul>
      </nav>
      <main id="content" tabIndex={-1} className="flex-1 outline-none">
        {children}
      </main>
      <footer className="py-8 text-center text-sm text-muted">
        <p className="mx-auto max-w-[70ch]">{t('common.legalLong')}</p>
      </footer>
    </div>
  )
}
