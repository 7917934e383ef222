'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { type Door, doorIn } from './door.model.ts'

/**
 * Which door stands open. The address says so (`#login`), so Back closes it, Forward opens it again, and a reload
 * keeps it.
 */
export function useDoor() {
  const [door, setDoor] = useState<Door | null>(null)
  const isOurEntry = useRef(false)

  useEffect(() => {
    const read = () => {
      setDoor(doorIn(location.hash))
      if (doorIn(location.hash) === null) isOurEntry.current = false
    }
    read()
    addEventListener('popstate', read)
    return () => removeEventListener('popstate', read)
  }, [])

  const open = useCallback((next: Door) => {
    if (doorIn(location.hash) === null) {
      history.pushState(null, '', `#${next}`)
      isOurEntry.current = true
    } else {
      history.replaceState(null, '', `#${next}`)
    }
    setDoor(next)
  }, [])

  const close = useCallback(() => {
    setDoor(null)
    if (doorIn(location.hash) === null) return
    // An entry that we made is taken back; one that somebody came with (a link, a reload) only loses its fragment.
    if (isOurEntry.current) history.back()
    else history.replaceState(null, '', location.pathname + location.search)
  }, [])

  return { door, open, close }
}
