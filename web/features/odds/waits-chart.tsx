'use client'

import type { Language } from '#text/languages.ts'
import { useText } from '#text/text-provider.tsx'
import { ChartFrame } from './chart-frame.tsx'
import type { GachaOddsView } from './gacha-odds.model.ts'

const decades = [10, 100, 1_000, 10_000, 100_000, 1_000_000] as const

/** Tokens until the first one: half of all players by the dot, nine in ten by the end of the bar. Each line is ten times the last. */
export function WaitsChart({ waits }: { waits: GachaOddsView['waits'] }) {
  const { t, language } = useText()
  const known = waits.flatMap(({ target, half, ninety }) =>
    half && ninety ? [{ target, half: half.tokens, ninety: ninety.tokens }] : [],
  )
  const most = Math.max(10, ...known.map(({ ninety }) => ninety))
  const least = Math.min(most, ...known.map(({ half }) => half))
  const ends = decades.filter((decade) => decade * 10 > least && decade / 10 < most)
  const [from, to] = [Math.log10(ends[0] ?? 1), Math.log10(ends.at(-1) ?? 10)]
  const share = (tokens: number) => (Math.log10(tokens) - from) / (to - from)
  const heightOf = (place: number) => 1 - (place + 0.5) / known.length
  return (
    <ChartFrame
      caption={t('odds.gacha.waitAxis')}
      left={92}
      lines={known.map(({ target }, place) => ({ at: heightOf(place), word: t(`odds.gacha.${target}`) }))}
      feet={ends.map((decade, place) => ({
        at: share(decade),
        word: shortly(decade, language),
        anchor: place === ends.length - 1 ? ('end' as const) : ('middle' as const),
      }))}
    >
      {({ left, width, top, bottom, height }) => {
        const x = (tokens: number) => left + width * share(tokens)
        return (
          <>
            {ends.map((decade) => (
              <line key={decade} x1={x(decade)} x2={x(decade)} y1={top} y2={bottom} className="stroke-line" />
            ))}
            {known.map(({ target, half, ninety }, place) => {
              const y = bottom - height * heightOf(place)
              return (
                <g key={target}>
                  <line
                    x1={x(half)}
                    x2={x(ninety)}
                    y1={y}
                    y2={y}
                    strokeWidth="10"
                    strokeLinecap="round"
                    className="stroke-accent/45"
                  />
                  <circle cx={x(half)} cy={y} r="6" className="fill-accent" />
                </g>
              )
            })}
          </>
        )
      }}
    </ChartFrame>
  )
}

function shortly(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { notation: 'compact' }).format(value)
}
