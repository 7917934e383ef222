import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

type Props = {
  readonly children: ReactNode
  readonly className?: string
  /** The neon edge; at most one on a screen. */
  readonly lit?: boolean
  readonly as?: 'section' | 'div' | 'article'
  readonly label?: string
}

export function Card({ children, className, lit = false, as: Element = 'section', label }: Props) {
  return (
    <Element aria-label={label} className={classNames('pane p-5 sm:p-6', lit && 'pane-lit', className)}>
      {children}
    </Element>
  )
}

/** A card's heading with something at its end, usually a link to all of it. */
export function CardHead({ title, end }: { title: string; end?: ReactNode }) {
  return (
    <div className="-mt-2 mb-1 flex min-h-11 flex-wrap items-center justify-between gap-x-4">
      <h2 className="text-lg font-bold">{title}</h2>
      {end}
    </div>
  )
}

export function StatTile(props: { label: string; value: ReactNode; tone?: 'good' | 'bad' | 'plain'; hint?: string }) {
  const { label, value, tone = 'plain', hint } = props
  return (
    <div className="grid content-start gap-0.5 rounded-sm bg-raised/60 px-4 py-3">
      <dt className="text-sm text-muted">{label}</dt>
      <dd
        className={classNames(
          'tabular text-xl font-bold',
          tone === 'good' ? 'text-good' : tone === 'bad' ? 'text-bad' : 'text-fg',
        )}
      >
        {value}
      </dd>
      {hint && <dd className="text-sm text-muted">{hint}</dd>}
    </div>
  )
}
