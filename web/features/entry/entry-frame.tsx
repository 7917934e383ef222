'use client'

import type { ReactNode } from 'react'
import { LanguageLink } from '#features/shell/language-link.tsx'
import { useText } from '#text/text-provider.tsx'
import { Logo } from '#ui/logo.tsx'

/** The doorstep: everything before the first page of a player. */
export function EntryFrame({ children }: { children: ReactNode }) {
  const { t, language } = useText()
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-6xl flex-col px-5 sm:px-8">
      <header className="flex min-h-16 items-center justify-between">
        <a href={`/${language}`} className="flex min-h-11 items-center">
          <Logo />
        </a>
        <LanguageLink className="flex min-h-11 items-center px-2 font-semibold text-muted hover:text-fg" />
      </header>
      <main id="content" className="grid flex-1 content-start justify-items-center py-4 sm:content-center sm:py-10">
        {children}
      </main>
      <footer className="py-6 text-center text-sm text-muted">
        <p className="mx-auto max-w-[70ch]">{t('common.legalLong')}</p>
      </footer>
    </div>
  )
}

/** One question at a time: a pane with a heading. */
export function EntryPane(props: { title: string; lead: string; mascot?: string; children: ReactNode }) {
  const { title, lead, mascot, children } = props
  return (
    <div className="w-full max-w-[27rem]">
      {mascot && (
        // biome-ignore lint/performance/noImgElement: a small drawing; the export has no image optimizer
        <img
          src={`/art/mascot-${mascot}.svg`}
          alt=""
          width={112}
          height={112}
          className="mx-auto -mb-3 size-24 sm:size-28"
        />
      )}
      <div className="pane pane-lit p-6 sm:p-8">
        <h1 className="text-2xl font-extrabold">{title}</h1>
        <p className="mt-1.5 text-muted">{lead}</p>
        <div className="mt-6">{children}</div>
      </div>
    </div>
  )
}

/** A line of news over a form: why you are here, or what went wrong with all of it. */
export function Notice({ tone, children }: { tone: 'bad' | 'good' | 'plain'; children: ReactNode }) {
  const edge = { bad: 'border-bad', good: 'border-good', plain: 'border-accent' }[tone]
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={`rounded-sm border-l-[3px] bg-raised px-4 py-3 text-[0.95rem] ${edge}`}
    >
      {children}
    </div>
  )
}
