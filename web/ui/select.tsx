'use client'

import { useId } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'

type Props<Value extends string> = {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
}

/** One of several. The browser's own list: every phone has a good one, and arrows, letters and readers work in it. */
export function Select<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  const id = useId()
  const isChosen = value !== options[0]?.value
  return (
    <div className="grid min-w-0 gap-1">
      <label htmlFor={id} className="text-sm text-muted">
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value)
            if (chosen) onChange(chosen.value)
          }}
          className={classNames(
            'min-h-11 w-full appearance-none truncate rounded-sm border bg-bg pr-9 pl-3 font-semibold text-fg',
            isChosen ? 'border-accent' : 'border-line-strong',
          )}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon
          name="chevron"
          className="pointer-events-none absolute top-1/2 right-2.5 size-4.5 -translate-y-1/2 rotate-90 text-muted"
        />
      </div>
    </div>
  )
}
