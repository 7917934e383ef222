'use client'

import { useEffect, useState } from 'react'

/** Whole seconds left until `until` (milliseconds of `Date.now()`); 0 when it is over or not set. */
export function useCountdown(until: number | null): number {
  const [now, setNow] = useState(() => Date.now())
  const left = until === null ? 0 : Math.max(0, Math.ceil((until - now) / 1000))
  const isRunning = left > 0
  useEffect(() => {
    setNow(Date.now())
    if (until === null || !isRunning) return
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [until, isRunning])
  return left
}
