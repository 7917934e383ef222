'use client'

import { useText } from '#text/text-provider.tsx'
import { classNames } from '#ui/class-names.ts'
import { ChartFrame } from './chart-frame.tsx'
import { chartScale, percent, type SlotOddsView, type StreakStep } from './slot-odds.model.ts'

/* Drawn by hand: a few rectangles need no library. Each picture has a table with the same figures. */

/** Return by streak. The dashed line is 100 %: what was put in. */
export function StreakChart({ steps }: { steps: readonly StreakStep[] }) {
  const { t } = useText()
  const { floor, heights } = chartScale(steps.map((step) => step.share))
  const feet = steps.map((step, index) => ({
    at: (index + 0.5) / steps.length,
    word: step.isLast ? `${step.streak}+` : String(step.streak),
  }))
  return (
    <>
      <ChartFrame
        caption={t('odds.slot.chartAxis', { from: percent(floor, 0) })}
        left={4}
        lines={[{ at: 1, word: '100%', isDashed: true }]}
        feet={feet}
      >
        {(room) => {
          const wide = room.width / steps.length
          return steps.map((step, index) => {
            const tip = room.bottom - room.height * (heights[index] ?? 0)
            const x = room.left + wide * index
            return (
              <g key={step.streak}>
                <rect
                  x={x + wide * 0.14}
                  width={wide * 0.72}
                  y={tip}
                  height={room.bottom - tip}
                  rx="3"
                  className={step.isLast ? 'fill-accent' : 'fill-accent/45'}
                />
                {(index === 0 || step.isLast) && (
                  <text
                    x={x + wide / 2}
                    y={tip - 6}
                    textAnchor="middle"
                    className={classNames('text-[12px] font-bold', step.isLast ? 'fill-accent' : 'fill-fg')}
                  >
                    {percent(step.share, 0)}
                  </text>
                )}
              </g>
            )
          })
        }}
      </ChartFrame>
      <details className="mt-1">
        <summary className="flex min-h-11 items-center text-[0.95rem] font-semibold text-accent">
          {t('odds.slot.asTable')}
        </summary>
        <table className="tabular w-full max-w-md text-[0.95rem]">
          <caption className="visually-hidden">{t('odds.slot.streakTitle')}</caption>
          <thead>
            <tr className="text-left text-sm text-muted">
              <th scope="col" className="py-1 font-normal">
                {t('odds.slot.streakColumn')}
              </th>
              <th scope="col" className="py-1 text-right font-normal">
                {t('odds.slot.bonusColumn')}
              </th>
              <th scope="col" className="py-1 text-right font-normal">
                {t('odds.slot.rtpColumn')}
              </th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <tr key={step.streak} className="border-t border-line">
                <th scope="row" className="py-1.5 text-left font-semibold">
                  {step.isLast ? t('odds.slot.streakLast', { n: step.streak }) : step.streak}
                </th>
                <td className="text-right">+{step.bonusPercent}%</td>
                <td className="text-right font-semibold">{step.rtp}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}

/** How wide luck is by number of rounds: a table whose last column is also drawn. */
export function BandsChart({ view }: { view: SlotOddsView }) {
  const { t } = useText()
  const end = Math.max(...view.bands.map((band) => band.to))
  const at = (share: number) => `${(share / end) * 100}%`
  return (
    <table className="tabular mt-4 w-full">
      <caption className="visually-hidden">{t('odds.slot.luckTitle')}</caption>
      <thead>
        <tr className="text-left text-sm text-muted">
          <th scope="col" className="pb-1 font-normal">
            {t('odds.slot.luckColumn')}
          </th>
          <th scope="col" className="pb-1 text-right font-normal whitespace-normal sm:text-left">
            {t('odds.slot.luckRange')}
          </th>
        </tr>
      </thead>
      <tbody>
        {view.bands.map((band) => (
          <tr key={band.rounds} className="border-t border-line">
            <th scope="row" className="w-32 py-2.5 pr-3 text-left font-semibold whitespace-nowrap">
              {t('odds.slot.spins', { n: band.rounds })}
            </th>
            <td className="py-2.5">
              <span className="flex flex-wrap items-center justify-end gap-x-4 gap-y-1.5">
                <span aria-hidden="true" className="relative h-2.5 min-w-28 flex-1 rounded-full bg-raised">
                  <span
                    className="absolute inset-y-0 min-w-2.5 rounded-full bg-accent"
                    style={{ left: at(band.from), right: `${100 - (band.to / end) * 100}%` }}
                  />
                </span>
                <span className="w-32 text-right font-semibold sm:w-36">
                  {t('odds.slot.range', { from: band.text[0], to: band.text[1] })}
                </span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
