'use client'

import { useEffect, useRef, useState } from 'react'
import { prefersCalm, usePrefs } from '#stores/prefs.ts'
import { formatNumber } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'

const lengthMs = 700

/**
 * A whole amount that counts to its new value. The digits are equally wide, so nothing beside it moves;
 * screen readers get the value at once.
 */
export function Amount({ value, className }: { value: number; className?: string }) {
  const { language } = useText()
  const motion = usePrefs((prefs) => prefs.motion)
  const [shown, setShown] = useState(value)
  const from = useRef(value)

  useEffect(() => {
    const start = from.current
    from.current = value
    if (start === value) return
    if (prefersCalm(motion)) {
      setShown(value)
      return
    }
    const startedAt = performance.now()
    let frame = requestAnimationFrame(function step(now) {
      const share = Math.min(1, (now - startedAt) / lengthMs)
      setShown(Math.round(start + (value - start) * (1 - (1 - share) ** 3)))
      if (share < 1) frame = requestAnimationFrame(step)
    })
    return () => cancelAnimationFrame(frame)
  }, [value, motion])

  return (
    <span className={className}>
      <span aria-hidden="true" className="tabular">
        {formatNumber(shown, language)}
      </span>
      <span className="visually-hidden">{formatNumber(value, language)}</span>
    </span>
  )
}
