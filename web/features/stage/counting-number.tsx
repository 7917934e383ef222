'use client'

import { useEffect, useRef } from 'react'
import { useText } from '#text/text-provider.tsx'
import { countedTo } from './counted-to.ts'

/**
 * A number that counts to its new value. It is written straight into the page, frame by frame, because rendering React
 * sixty times a second would cost more than the number is worth. Screen readers get the value, not the counting.
 */
export function CountingNumber(props: { value: number; lengthMs: number; from?: number }) {
  const { value, lengthMs, from } = props
  const { language } = useText()
  const element = useRef<HTMLSpanElement>(null)
  const last = useRef(from ?? value)

  useEffect(() => {
    const format = new Intl.NumberFormat(language)
    const start = last.current
    const startedAt = performance.now()
    let frame = 0
    const draw = (at: number) => {
      const shown = countedTo(start, value, Math.max(0, at - startedAt), lengthMs)
      last.current = shown
      if (element.current) element.current.textContent = format.format(shown)
      if (shown !== value) frame = requestAnimationFrame(draw)
    }
    draw(startedAt)
    return () => cancelAnimationFrame(frame)
  }, [value, lengthMs, language])

  // The text is this component's own business after the first render.
  return <span ref={element} suppressHydrationWarning />
}
