'use client'

import { type ComponentProps, type ReactNode, useId, useState } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'

export type FieldVerdict = { readonly tone: 'bad' | 'good' | 'quiet'; readonly text: string }

type Props = Omit<ComponentProps<'input'>, 'id' | 'size'> & {
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | null | undefined
  /** What is known about the value when it is not wrong: checking, or good. */
  readonly verdict?: FieldVerdict | null | undefined
  /** Stands inside the field at its end, such as a paste button. */
  readonly end?: ReactNode
  readonly large?: boolean
  /** For fields that never have anything to say: no line is kept free under them. */
  readonly lineless?: boolean
}

/** Label, input and one line under it. The line keeps its place, so nothing jumps when it changes. */
export function Field(props: Props) {
  const { label, hint, error, verdict, end, large = false, lineless = false, className, ...input } = props
  const id = useId()
  const tone = error ? 'bad' : (verdict?.tone ?? 'quiet')
  const line = error ?? verdict?.text ?? hint
  return (
    <div className={classNames('grid gap-1.5', className)}>
      <label htmlFor={id} className="text-[0.95rem] font-semibold">
        {label}
      </label>
      <div className="relative">
        <input
          {...input}
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={line ? `${id}-line` : undefined}
          className={classNames(
            'w-full rounded-sm border bg-bg px-4 text-fg transition-colors duration-150 placeholder:text-muted/70',
            'focus-visible:outline-offset-1',
            large
              ? 'min-h-16 text-xl font-bold tracking-[0.06em] sm:text-2xl sm:tracking-[0.12em]'
              : 'min-h-12 text-base',
            end ? 'pr-28' : null,
            tone === 'bad' ? 'border-bad' : tone === 'good' ? 'border-good' : 'border-line-strong',
          )}
        />
        {end && <div className="absolute inset-y-0 right-1.5 flex items-center">{end}</div>}
      </div>
      <p
        id={`${id}-line`}
        hidden={lineless && !line}
        className={classNames(
          'flex min-h-6 items-start gap-1.5 text-sm leading-6',
          tone === 'bad' ? 'text-bad' : tone === 'good' ? 'text-good' : 'text-muted',
        )}
      >
        {tone !== 'quiet' && <Icon name={tone === 'bad' ? 'alert' : 'check'} className="mt-1 size-4" />}
        <span>{line}</span>
      </p>
    </div>
  )
}

export function PasswordField(props: Omit<Props, 'type' | 'end'> & { showLabel: string; hideLabel: string }) {
  const { showLabel, hideLabel, ...field } = props
  const [isShown, setShown] = useState(false)
  return (
    <Field
      {...field}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="off"
      spellCheck={false}
      end={
        <button
          type="button"
          aria-label={isShown ? hideLabel : showLabel}
          aria-pressed={isShown}
          className="grid size-11 place-items-center rounded-sm text-muted hover:text-fg"
          onClick={() => setShown(!isShown)}
        >
          <Icon name={isShown ? 'eye-off' : 'eye'} />
        </button>
      }
    />
  )
}

type CheckboxProps = Omit<ComponentProps<'input'>, 'id' | 'type'> & {
  readonly label: string
  readonly hint?: string
  readonly error?: string | null
}

export function Checkbox({ label, hint, error, ...input }: CheckboxProps) {
  const id = useId()
  return (
    <div className="grid gap-1">
      <label className="flex min-h-11 cursor-pointer items-start gap-3 py-1.5">
        <span className="relative mt-0.5 grid size-6 shrink-0 place-items-center">
          <input
            {...input}
            type="checkbox"
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
            className={classNames(
              'peer size-6 cursor-pointer appearance-none rounded-[7px] border bg-bg transition-colors duration-150',
              'checked:border-accent checked:bg-accent',
              error ? 'border-bad' : 'border-line-strong',
            )}
          />
          <Icon
            name="check"
            className="pointer-events-none absolute size-5 stroke-[2.6] text-on-accent opacity-0 peer-checked:opacity-100"
          />
        </span>
        <span className="grid gap-0.5">
          <span className="font-semibold">{label}</span>
          {hint && <span className="text-sm text-muted">{hint}</span>}
        </span>
      </label>
      {error && (
        <p id={`${id}-error`} className="flex items-center gap-1.5 text-sm text-bad">
          <Icon name="alert" className="size-4" />
          {error}
        </p>
      )}
    </div>
  )
}
