import { type KeyboardEvent as KeyPress, useEffect, useRef } from 'react'

/** Keys of a stage, wherever the focus is: `onKey` hears each one that is nobody else's. None while `isOff`. */
export function useStageKeys(isOff: boolean, onKey: (event: KeyboardEvent) => void): void {
  const latest = useRef({ isOff, onKey })
  useEffect(() => {
    latest.current = { isOff, onKey }
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (latest.current.isOff || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
      latest.current.onKey(event)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}

/** A key that is held down would act again and again by itself. Each act is a decision, so it needs its own press. */
export function refuseHeldKey(event: KeyPress): void {
  if (event.repeat && (event.key === ' ' || event.key === 'Enter')) event.preventDefault()
}
