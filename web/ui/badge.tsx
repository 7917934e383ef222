import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

const tones = {
  plain: 'border-line text-muted',
  accent: 'border-accent/50 text-accent',
  pink: 'border-accent-2/50 text-accent-2',
  gold: 'border-gold/50 text-gold',
  good: 'border-good/50 text-good',
  bad: 'border-bad/50 text-bad',
} as const

export type BadgeTone = keyof typeof tones

export function Badge({ tone = 'plain', children }: { tone?: BadgeTone; children: ReactNode }) {
  return (
    <span
      className={classNames(
        'inline-flex min-h-7 items-center gap-1.5 rounded-full border px-2.5 text-[0.82rem] leading-none font-semibold whitespace-nowrap',
        tones[tone],
      )}
    >
      {children}
    </span>
  )
}
