'use client'

import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Icon } from './icon.tsx'

type Props = {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  readonly closeLabel: string
  readonly children: ReactNode
}

/**
 * The browser's own modal dialog: it keeps the focus, makes the page behind inert, closes on Escape and
 * gives the focus back, all without code of ours (radix-ui's costs 13 KB and does the same by hand).
 * A sheet from below on phones, a window in the middle elsewhere.
 */
export function Dialog({ isOpen, onClose, title, closeLabel, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()

  useEffect(() => {
    const element = dialog.current
    if (!element) return
    if (isOpen && !element.open) element.showModal()
    if (!isOpen && element.open) element.close()
    return isOpen ? keepFocus(element) : undefined
  }, [isOpen])

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way out, and the browser handles it
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className="dialog"
      onClose={() => {
        // The browser tells of a closing some frames later: by then it may be open again, and stays so.
        if (isOpen && !dialog.current?.open) onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      {/* Stays while the rest scrolls: the way out of a long one is always in sight. */}
      <div className="sticky -top-5 z-1 -mx-6 -mt-5 flex items-start justify-between gap-4 bg-surface px-6 pt-5 pb-1">
        <h2 id={id} className="pt-1.5 text-xl font-bold">
          {title}
        </h2>
        <button
          type="button"
          aria-label={closeLabel}
          className="-mt-1 -mr-2 grid size-11 shrink-0 place-items-center rounded-sm text-muted hover:text-fg"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      {isOpen && <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-5">{children}</div>}
    </dialog>
  )
}

/**
 * Opened again at the very moment in which its fading out ends, a dialog is not there yet for the browser (Chromium), and
 * nothing in it takes the focus. Some frames later it does.
 */
function keepFocus(dialog: HTMLDialogElement): () => void {
  let framesLeft = 6
  const look = () => {
    if (!dialog.contains(document.activeElement))
      (dialog.querySelector('input') ?? dialog.querySelector('button'))?.focus()
    if (--framesLeft > 0) frame = requestAnimationFrame(look)
  }
  let frame = requestAnimationFrame(look)
  return () => cancelAnimationFrame(frame)
}
