'use client'

import { useEffect, useState } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { useToasts } from './toast.store.ts'

/** Long enough to read: two seconds and a half, and a twentieth of a second for each character. */
const readingMs = (text: string) => 2500 + text.length * 50

export function Toaster({ label, dismissLabel }: { label: string; dismissLabel: string }) {
  const shown = useToasts(({ toasts }) => toasts[0])
  const dismiss = useToasts((queue) => queue.dismiss)
  const [isHeld, setHeld] = useState(false)

  useEffect(() => {
    if (!shown || isHeld) return
    const timer = setTimeout(dismiss, readingMs(shown.text))
    return () => clearTimeout(timer)
  }, [shown, isHeld, dismiss])

  return (
    <section
      aria-label={label}
      className="pointer-events-none fixed inset-x-4 bottom-[calc(var(--nav-height,0px)+1rem+env(safe-area-inset-bottom))] z-40 grid justify-items-center"
    >
      <div aria-live="polite" aria-atomic="true">
        {shown && (
          // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it longer
          <div
            key={shown.id}
            role={shown.tone === 'bad' ? 'alert' : undefined}
            className={classNames(
              'rise pointer-events-auto flex max-w-md items-center gap-3 rounded-md border bg-raised py-1 pr-1 pl-4 shadow-2',
              shown.tone === 'bad' ? 'border-bad' : shown.tone === 'good' ? 'border-good' : 'border-line-strong',
            )}
            onPointerEnter={() => setHeld(true)}
            onPointerLeave={() => setHeld(false)}
            onFocus={() => setHeld(true)}
            onBlur={() => setHeld(false)}
          >
            <Icon
              name={shown.tone === 'bad' ? 'alert' : shown.tone === 'good' ? 'check' : 'info'}
              className={classNames('size-5', shown.tone === 'bad' && 'text-bad', shown.tone === 'good' && 'text-good')}
            />
            <p className="py-2 text-[0.95rem] leading-snug font-medium">{shown.text}</p>
            <button
              type="button"
              aria-label={dismissLabel}
              className="grid size-11 shrink-0 place-items-center rounded-sm text-muted hover:text-fg"
              onClick={() => {
                setHeld(false)
                dismiss()
              }}
            >
              <Icon name="close" className="size-4" />
            </button>
          </div>
        )}
      </div>
    </section>
  )
}
