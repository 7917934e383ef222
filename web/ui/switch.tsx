'use client'

import { useId } from 'react'
import { classNames } from './class-names.ts'

type Props = {
  readonly label: string
  readonly hint?: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

export function Switch({ label, hint, checked, onChange }: Props) {
  const id = useId()
  return (
    <div className="flex min-h-12 items-center justify-between gap-6">
      <span className="grid">
        <span id={id} className="font-semibold">
          {label}
        </span>
        {hint && (
          <span id={`${id}-hint`} className="text-sm text-muted">
            {hint}
          </span>
        )}
      </span>
      <button
        type="button"
        role="switch"
        aria-checked={checked}
        aria-labelledby={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="grid h-11 shrink-0 place-items-center rounded-full"
        onClick={() => onChange(!checked)}
      >
        <span
          className={classNames(
            'relative block h-8 w-14 rounded-full border transition-colors duration-150',
            checked ? 'border-accent bg-accent' : 'border-line-strong bg-bg',
          )}
        >
          <span
            className={classNames(
              'absolute top-1/2 left-1 size-5.5 -translate-y-1/2 rounded-full transition-transform duration-200 ease-out',
              checked ? 'translate-x-6 bg-on-accent' : 'bg-line-strong',
            )}
          />
        </span>
      </button>
    </div>
  )
}
