'use client'

import { type ReactNode, useId, useState } from 'react'

/**
 * A word of explanation beside a term. It opens by pointer, by focus and by touch, stays while the pointer
 * is on it, and Escape closes it (WCAG 1.4.13). Never the only place where something important is said.
 */
export function Tooltip({ label, children }: { label: string; children: ReactNode }) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer is only watched; the button inside is the control
    <span
      className="relative inline-flex"
      onPointerEnter={(event) => event.pointerType === 'mouse' && setOpen(true)}
      onPointerLeave={(event) => event.pointerType === 'mouse' && setOpen(false)}
      onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
    >
      <button
        type="button"
        aria-describedby={id}
        className="inline-flex min-h-11 min-w-11 items-center gap-1.5 rounded-sm underline decoration-line-strong decoration-dotted underline-offset-4"
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(true)}
      >
        {children}
      </button>
      <span
        id={id}
        role="tooltip"
        className={`absolute bottom-full left-1/2 z-20 w-max max-w-64 -translate-x-1/2 rounded-sm border border-line bg-raised px-3 py-2 text-sm shadow-2 transition-opacity duration-150 ${isOpen ? 'opacity-100' : 'pointer-events-none invisible opacity-0'}`}
      >
        {label}
      </span>
    </span>
  )
}
