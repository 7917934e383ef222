'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { formatSigned } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { sheetPosition } from './reel-cells.ts'
import { type LatestRound, proportionOf, type Session } from './slot-scene.model.ts'
import { useSymbolName } from './use-symbol-name.ts'

/** What this sitting has cost or brought, and how long it has lasted. Always in sight, never dressed up. */
export function SittingFigures(props: { session: Session; startedAt: number | null }) {
  const { session, startedAt } = props
  const { t, language } = useText()
  return (
    <section className="slot-sitting" aria-label={t('slot.session.label')}>
      <dl>
        <Figure label={t('slot.session.net')}>
          <span className="numerals" data-testid="slot-net">
            {formatSigned(session.net, language)}
          </span>
        </Figure>
        <Figure label={t('slot.session.time')}>
          <span className="numerals">
            <Elapsed startedAt={startedAt} />
          </span>
        </Figure>
        <Figure label={t('slot.session.rounds')}>
          <span className="numerals">{t('slot.session.roundsOf', { n: session.rounds })}</span>
        </Figure>
      </dl>
    </section>
  )
}

function Figure(props: { label: string; children: ReactNode }) {
  return (
    <div className="slot-figure">
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
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

export function LatestResults(props: { rounds: readonly LatestRound[]; spinsLeft: number | null }) {
  const { rounds, spinsLeft } = props
  const { t, language } = useText()
  const nameOf = useSymbolName()
  return (
    <section className="slot-latest">
      <div className="slot-latest-head">
        <h2>{t('slot.latest.label')}</h2>
        {spinsLeft !== null && <p className="slot-caption">{t('slot.session.left', { n: spinsLeft })}</p>}
      </div>
      {rounds.length === 0 ? (
        <p className="slot-caption">{t('slot.latest.none')}</p>
      ) : (
        <ol>
          {rounds.map((round) => {
            const [first, second, third] = round.reels
            return (
              <li key={round.roundId} data-proportion={proportionOf(round)}>
                <span className="visually-hidden">
                  {t('slot.latest.row', {
                    first: nameOf(first),
                    second: nameOf(second),
                    third: nameOf(third),
                    bet: round.bet,
                    win: round.win,
                  })}
                </span>
                <span className="slot-mini" aria-hidden="true">
                  {round.reels.map((symbol, place) => (
                    <i
                      // biome-ignore lint/suspicious/noArrayIndexKey: a reel is its place
                      key={place}
                      style={{ backgroundPositionY: `${sheetPosition(symbol)}%` }}
                    />
                  ))}
                </span>
                <span className="numerals" aria-hidden="true">
                  {formatSigned(round.win - round.bet, language)}
                </span>
              </li>
            )
          })}
        </ol>
      )}
    </section>
  )
}
