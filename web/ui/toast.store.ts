import { create } from 'zustand'

export type ToastTone = 'plain' | 'good' | 'bad'
export type Toast = { readonly id: number; readonly tone: ToastTone; readonly text: string }

const weights: Readonly<Record<ToastTone, number>> = { plain: 0, good: 1, bad: 2 }
/** At most these many wait behind the one that is shown; an older, lighter one gives way. */
const mostWaiting = 2

/**
 * Toasts never pile up: one is shown, a few wait, the heavier first. The same words are not said twice, and
 * news that came too late (three lighter notices ago) is dropped, because screens show the state anyway.
 */
export function enqueue(queue: readonly Toast[], toast: Toast): readonly Toast[] {
  if (queue.some(({ text, tone }) => text === toast.text && tone === toast.tone)) return queue
  const [shown, ...waiting] = queue
  if (!shown) return [toast]
  // Something went wrong: that is said now, and what was shown has been seen for a moment already.
  if (weights[toast.tone] > weights[shown.tone] && toast.tone === 'bad')
    return [toast, ...waiting.slice(0, mostWaiting)]
  const line = [...waiting, toast].sort((a, b) => weights[b.tone] - weights[a.tone] || b.id - a.id)
  return [shown, ...line.slice(0, mostWaiting)]
}

type Queue = { readonly toasts: readonly Toast[]; readonly dismiss: () => void }

export const useToasts = create<Queue>((set) => ({
  toasts: [],
  dismiss: () => set(({ toasts }) => ({ toasts: toasts.slice(1) })),
}))

let latestId = 0

export function toast(notice: { tone: ToastTone; text: string }): void {
  useToasts.setState(({ toasts }) => ({ toasts: enqueue(toasts, { id: ++latestId, ...notice }) }))
}
