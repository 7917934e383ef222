import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'medium' | 'large' | 'small'

const looks: Readonly<Record<ButtonLook, string>> = {
  primary: 'bg-accent text-on-accent hover:brightness-110 active:brightness-95 aria-disabled:shadow-none shadow-glow',
  secondary: 'bg-raised text-fg border border-line hover:border-line-strong',
  quiet: 'hover:bg-raised',
  danger: 'border border-bad text-bad hover:bg-bad hover:text-bg',
}

const sizes: Readonly<Record<ButtonSize, string>> = {
  small: 'min-h-11 px-4 text-[0.95rem]',
  medium: 'min-h-12 px-5',
  large: 'min-h-14 px-7 text-[1.05rem]',
}

/** The same clothes for a link that leads somewhere (`<Link className={buttonClasses()}>`). */
export function buttonClasses(look: ButtonLook = 'primary', size: ButtonSize = 'medium', more?: string): string {
  return classNames(
    'relative inline-flex select-none items-center justify-center gap-2 rounded-md font-bold whitespace-nowrap',
    'transition-[filter,transform,border-color,background-color,color,opacity] duration-150 ease-out',
    'active:translate-y-px aria-disabled:translate-y-0',
    looks[look],
    sizes[size],
    more,
  )
}

type Props = Omit<ComponentProps<'button'>, 'disabled' | 'aria-disabled'> & {
  readonly look?: ButtonLook
  readonly size?: ButtonSize
  /** Work is on its way: presses are ignored, the focus stays, and the label says what is happening. */
  readonly busy?: boolean
  readonly busyLabel?: string | undefined
  /** Why it cannot be pressed now. A button that is off always says why. */
  readonly offBecause?: string | null | undefined
  /** Shows `offBecause` under the button; otherwise only a screen reader and the pointer learn it. */
  readonly showReason?: boolean
  readonly children: ReactNode
}

export function Button(props: Props) {
  const { look, size, busy = false, busyLabel, offBecause, showReason = false, className, onClick, ...rest } = props
  const { children, type = 'button', ...attributes } = rest
  const isOff = busy || Boolean(offBecause)
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isOff) return event.preventDefault()
    onClick?.(event)
  }
  const button = (
    <button
      {...attributes}
      type={type}
      // Not `disabled`: that would drop the keyboard focus and hide the button from screen readers.
      aria-disabled={isOff || undefined}
      aria-busy={busy || undefined}
      title={offBecause ?? attributes.title}
      className={buttonClasses(look, size, classNames(offBecause && !busy && 'opacity-55 saturate-50', className))}
      onClick={press}
    >
      {busy && <Spinner />}
      {busy && busyLabel ? busyLabel : children}
      {offBecause && !showReason && <span className="visually-hidden">({offBecause})</span>}
    </button>
  )
  if (!showReason) return button
  return (
    <span className="grid gap-1.5">
      {button}
      {offBecause && <span className="text-center text-sm text-muted">{offBecause}</span>}
    </span>
  )
}

export function Spinner({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      aria-hidden="true"
      className={classNames('animate-[turn_900ms_linear_infinite]', className ?? 'size-[1.15em]')}
    >
      <circle cx="12" cy="12" r="9" stroke="currentColor" strokeWidth="3" opacity="0.25" />
      <path d="M21 12a9 9 0 0 0-9-9" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
    </svg>
  )
}
