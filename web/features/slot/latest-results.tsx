'use client'

import { formatSigned } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { sheetPosition } from './reel-cells.ts'
import { type LatestRound, proportionOf } from './slot-scene.model.ts'
import { useSymbolName } from './use-symbol-name.ts'

/** What came up last, with what each round brought. */
export function LatestResults(props: { rounds: readonly LatestRound[]; spinsLeft: number | null }) {
  const { rounds, spinsLeft } = props
  const { t, language } = useText()
  const nameOf = useSymbolName()
  return (
    <section className="stage-panel slot-latest">
      <div className="slot-latest-head">
        <h2>{t('slot.latest.label')}</h2>
        {spinsLeft !== null && <p className="stage-caption">{t('slot.session.left', { n: spinsLeft })}</p>}
      </div>
      {rounds.length === 0 ? (
        <p className="stage-caption">{t('slot.latest.none')}</p>
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
