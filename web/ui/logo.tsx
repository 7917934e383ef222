import { classNames } from './class-names.ts'

/** A club in one neon line, open at the top right like a tube whose ends do not meet. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={className}>
      <defs>
        <linearGradient id="logo-tube" x1="4" y1="4" x2="28" y2="28" gradientUnits="userSpaceOnUse">
          <stop stopColor="var(--accent)" />
          <stop offset="1" stopColor="var(--accent-2)" />
        </linearGradient>
      </defs>
      <path
        d="M18.6 4.4A5.4 5.4 0 0 0 11.9 13a5.4 5.4 0 1 0 2.4 8.9c.5-.5.9-1 1.2-1.6.1 3.2-.9 5.400-2.700 7.300h6.400c-1.800-1.900-2.800-4.100-2.700-7.300.3.6.7 1.100 1.200 1.600a5.400 5.400 0 1 0 2.400-8.900 5.400 5.400 0 0 0 1.300-3.900"
        stroke="url(#logo-tube)"
        strokeWidth="2.1"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={classNames('inline-flex items-center gap-2.5', className)}>
      <LogoMark className="size-7 shrink-0" />
      <span className="font-display text-[0.95rem] font-bold tracking-[0.06em]" lang="en">
        CASINO CLUB
      </span>
    </span>
  )
}
