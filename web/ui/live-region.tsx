'use client'

import { create } from 'zustand'

type Voice = { readonly text: string; readonly turn: number; readonly say: (text: string) => void }

const useVoice = create<Voice>((set) => ({
  text: '',
  turn: 0,
  say: (text) => set((before) => ({ text, turn: before.turn + 1 })),
}))

/** Says something to those who listen instead of looking. The latest word wins. */
export function say(text: string): void {
  useVoice.getState().say(text)
}

/** Stands once in the shell, from the start: regions that appear together with their text are not read. */
export function LiveRegion() {
  const { text, turn } = useVoice()
  return (
    <div role="status" aria-live="polite" className="visually-hidden">
      {/* The same words twice in a row are only read twice when the element is a new one. */}
      <span key={turn}>{text}</span>
    </div>
  )
}
