'use client'

import { useText } from '#text/text-provider.tsx'
import { ChartFrame } from './chart-frame.tsx'
import { percent } from './slot-odds.model.ts'

/** Chance of epic or better by misses in a row, as steps. The table below it has the same figures. */
export function MissesChart({ chances }: { chances: readonly number[] }) {
  const { t } = useText()
  const last = chances.length - 1
  const feet = [0, 30, 60, last].map((misses) => ({
    at: (misses + 0.5) / chances.length,
    word: String(misses),
    anchor: misses === last ? ('end' as const) : ('middle' as const),
  }))
  return (
    <ChartFrame
      caption={t('odds.gacha.pityAxis')}
      left={42}
      lines={[0, 0.5, 1].map((at) => ({ at, word: percent(at, 0) }))}
      feet={feet}
    >
      {({ left, bottom, width, height }) => {
        const x = (misses: number) => left + (width * misses) / chances.length
        const y = (share: number) => bottom - height * share
        const steps = chances.map((share, misses) => `H${x(misses)}V${y(share)}H${x(misses + 1)}`).join('')
        return (
          <>
            <path d={`M${left} ${y(0)}${steps}V${y(0)}Z`} className="fill-accent/35" />
            <path d={`M${left} ${y(chances[0] ?? 0)}${steps}`} className="fill-none stroke-accent" strokeWidth="2" />
          </>
        )
      }}
    </ChartFrame>
  )
}
