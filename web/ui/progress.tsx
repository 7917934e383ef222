import { classNames } from './class-names.ts'

type Props = {
  readonly label: string
  readonly value: number
  readonly max: number
  /** What a screen reader says instead of the bare number. */
  readonly valueText?: string
  readonly tone?: 'accent' | 'pink' | 'gold' | 'good'
  readonly className?: string
}

const tones = { accent: 'bg-accent', pink: 'bg-accent-2', gold: 'bg-gold', good: 'bg-good' } as const

export function Progress({ label, value, max, valueText, tone = 'accent', className }: Props) {
  const share = max <= 0 ? 0 : Math.min(1, Math.max(0, value / max))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      aria-valuetext={valueText}
      className={classNames('h-2 overflow-hidden rounded-full bg-raised inset-ring-1 inset-ring-line', className)}
    >
      <div
        className={classNames(
          'h-full origin-left rounded-full transition-transform duration-500 ease-out',
          tones[tone],
        )}
        style={{ transform: `scaleX(${share})` }}
      />
    </div>
  )
}

/** Steps rather than an amount, such as a streak of ten. */
export function Steps(props: { label: string; value: number; max: number; valueText: string }) {
  const { label, value, max, valueText } = props
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      aria-valuetext={valueText}
      className="flex gap-1.5"
    >
      {Array.from({ length: max }, (_, step) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are their own numbers
          key={step}
          className={classNames(
            'h-2 flex-1 rounded-full',
            step < value ? 'bg-accent-2' : 'bg-raised inset-ring-1 inset-ring-line',
          )}
        />
      ))}
    </div>
  )
}
