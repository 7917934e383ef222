import { classNames } from './class-names.ts'

/** The mark of `art/emblem.mjs` without its glow, in the colours of the theme: for small sizes. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="4 3 56 58" fill="none" aria-hidden="true" className={className} strokeWidth="4.6">
      <path
        d="M32 40C32 49 29 54 24 57H40C35 54 32 49 32 40z"
        stroke="var(--gold)"
        fill="var(--gold)"
        strokeLinejoin="round"
      />
      <circle cx="19" cy="36" r="10" stroke="var(--accent)" />
      <circle cx="45" cy="36" r="10" stroke="var(--accent-2)" />
      <circle cx="32" cy="17" r="10" stroke="var(--gold)" />
    </svg>
  )
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={classNames('inline-flex items-center gap-2.5', className)}>
      <LogoMark className="size-8 shrink-0" />
      <span
        className="font-display text-[0.92rem] leading-none font-bold tracking-[0.08em] whitespace-nowrap"
        lang="en"
      >
        CASINO CLUB
      </span>
    </span>
  )
}
