'use client'

import { useId } from 'react'
import { classNames } from './class-names.ts'

type Props<Value extends string> = {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
  readonly hideLabel?: boolean
}

/** One of a few. Real radio buttons underneath, so arrow keys and screen readers work without our help. */
export function Segmented<Value extends string>(props: Props<Value>) {
  const { label, value, options, onChange, hideLabel = false } = props
  const name = useId()
  return (
    <fieldset className="grid gap-2">
      <legend className={hideLabel ? 'visually-hidden' : 'mb-2 font-semibold'}>{label}</legend>
      <div className="flex flex-wrap gap-1 rounded-md border border-line bg-bg p-1">
        {options.map((option) => (
          <label
            key={option.value}
            className={classNames(
              'grid min-h-11 flex-1 basis-20 cursor-pointer place-items-center rounded-sm px-2 text-center leading-tight text-[0.95rem] font-semibold transition-colors duration-150',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
              option.value === value ? 'bg-raised text-fg inset-ring-2 inset-ring-accent' : 'text-muted hover:text-fg',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="visually-hidden"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
