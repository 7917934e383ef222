'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { formatSigned } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import type { StagedGame } from './stage-frame.tsx'

/**
 * What this sitting has cost or brought, how long it has lasted, and one figure of the game's own. Always in sight,
 * never dressed up.
 */
export function SittingFigures(props: {
  game: StagedGame
  net: number
  startedAt: number | null
  last: { readonly label: string; readonly value: ReactNode }
}) {
  const { game, net, startedAt, last } = props
  const { t, language } = useText()
  return (
    <section className="stage-sitting" aria-label={t(`${game}.session.label`)}>
      <dl>
        <Figure label={t(`${game}.session.net`)}>
          <span data-testid={`${game}-net`}>{formatSigned(net, language)}</span>
        </Figure>
        <Figure label={t(`${game}.session.time`)}>
          <Elapsed startedAt={startedAt} />
        </Figure>
        <Figure label={last.label}>{last.value}</Figure>
      </dl>
    </section>
  )
}

function Figure(props: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>
        <span className="numerals">{props.children}</span>
      </dd>
    </div>
  )
}

function Elapsed({ startedAt }: { startedAt: number | null }) {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    const tick = () => setNow(Date.now())
    tick()
    const timer = setInterval(tick, 1_000)
    return () => clearInterval(timer)
  }, [])
  if (startedAt === null || now === null) return '0:00'
  const seconds = Math.max(0, Math.floor((now - startedAt) / 1_000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
