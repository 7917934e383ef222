'use client'

import { useText } from '#text/text-provider.tsx'
import { percent } from './slot-odds.model.ts'

const width = 360
const height = 180
const foot = 26
const head = 16
const left = 42
const right = 6

/** Chance of epic or better by misses in a row, as steps. The table below it has the same figures. */
export function MissesChart({ chances }: { chances: readonly number[] }) {
  const { t } = useText()
  const room = (width - left - right) / chances.length
  const tall = height - foot - head
  const y = (share: number) => head + tall * (1 - share)
  const steps = chances.map((share, misses) => `H${left + misses * room}V${y(share)}H${left + (misses + 1) * room}`)
  const last = chances.length - 1
  return (
    <figure className="mt-4">
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className="block w-full max-w-xl">
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line x1={left} x2={width - right} y1={y(share)} y2={y(share)} className="stroke-line" strokeWidth="1.5" />
            <text x={left - 8} y={y(share) + 4} textAnchor="end" className="fill-muted text-[12px]">
              {percent(share, 0)}
            </text>
          </g>
        ))}
        <path d={`M${left} ${y(0)}${steps.join('')}V${y(0)}Z`} className="fill-accent/35" />
        <path
          d={`M${left} ${y(chances[0] ?? 0)}${steps.join('')}`}
          className="fill-none stroke-accent"
          strokeWidth="2"
        />
        {[0, 30, 60, last].map((misses) => (
          <text
            key={misses}
            x={left + (misses + 0.5) * room}
            y={height - 8}
            textAnchor={misses === last ? 'end' : 'middle'}
            className="fill-muted text-[12px]"
          >
            {misses}
          </text>
        ))}
      </svg>
      <figcaption className="mt-1 text-sm text-muted">{t('odds.gacha.pityAxis')}</figcaption>
    </figure>
  )
}
