'use client'

import { useQuery } from '@tanstack/react-query'
import { RarityMark } from '#features/odds/rarity-name.tsx'
import type { GachaWinner } from '#server-link/api.types.ts'
import { gachaWinnersQuery } from '#server-link/queries.ts'
import { formatAgo, formatSigned } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Link } from '#ui/link.tsx'
import { useNow } from '#ui/use-now.ts'
import { countOf, type LatestRound, rarities } from './gacha-scene.model.ts'
import { PrizePicture } from './prize-picture.tsx'

/** One's own last pulls: how many of each rarity, and what it cost in tokens after duplicates. */
export function LatestPulls({ rounds }: { rounds: readonly LatestRound[] }) {
  const { t, language, href } = useText()
  return (
    <section className="stage-panel gacha-panel">
      <div className="stage-panel-head">
        <h2>{t('gacha.latest.label')}</h2>
        <Link href={href('/album')} className="gacha-link">
          {t('gacha.latest.album')}
        </Link>
      </div>
      {rounds.length === 0 ? (
        <p className="stage-caption">{t('gacha.latest.none')}</p>
      ) : (
        <ol className="gacha-latest">
          {rounds.map((round) => (
            <li key={round.roundId}>
              <span className="gacha-latest-marks">
                <span className="visually-hidden">{t('gacha.latest.pulls', { n: round.prizes.length })}: </span>
                {rarities.map((rarity) => {
                  const count = countOf(round.prizes, rarity)
                  if (count === 0) return null
                  return (
                    <span key={rarity} data-rarity={rarity}>
                      <RarityMark rarity={rarity} className="size-4" />
                      <span className="visually-hidden">{t(`odds.gacha.${rarity}`)} </span>
                      <b className="numerals">{count}</b>
                    </span>
                  )
                })}
              </span>
              <span className="numerals">{formatSigned(round.duplicateTokens - round.price, language)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

const winnersShown = 6

/** Who really received an epic or a legendary lately. Facts from the server; nobody is invented, nothing is urged. */
export function RecentWinners() {
  const { t } = useText()
  const now = useNow()
  const winners = useQuery(gachaWinnersQuery)
  const items = winners.data?.items
  return (
    <section className="stage-panel gacha-panel" data-testid="gacha-winners">
      <h2>{t('gacha.winners.label')}</h2>
      {items === undefined ? (
        <p className="stage-caption">{t(winners.isError ? 'gacha.winners.failed' : 'common.loading')}</p>
      ) : items.length === 0 ? (
        <p className="stage-caption">{t('gacha.winners.none')}</p>
      ) : (
        <>
          <ol className="gacha-winners">
            {shownWinners(items).map((winner) => (
              <Winner key={`${winner.nickname} ${winner.won_at} ${winner.item_id}`} winner={winner} now={now} />
            ))}
          </ol>
          <p className="stage-caption">{t('gacha.winners.note')}</p>
        </>
      )}
    </section>
  )
}

/** The latest, but always with the latest legendaries among them: they are rare enough to be news for longer. */
export function shownWinners(items: readonly GachaWinner[]): readonly GachaWinner[] {
  const legendary = items.filter((each) => each.rarity === 'legendary').slice(0, 2)
  const others = items.filter((each) => !legendary.includes(each)).slice(0, winnersShown - legendary.length)
  return [...legendary, ...others].toSorted((a, b) => Date.parse(b.won_at) - Date.parse(a.won_at))
}

function Winner({ winner, now }: { winner: GachaWinner; now: number }) {
  const { t, language } = useText()
  return (
    <li data-rarity={winner.rarity}>
      <span className="gacha-winner-picture">
        <PrizePicture item={winner.item_id} rarity={winner.rarity} isLazy />
      </span>
      <span className="gacha-winner-what">
        <b>{winner.name}</b>
        <span>
          {winner.is_you ? t('gacha.winners.you') : winner.nickname}
          {' · '}
          <time dateTime={winner.won_at}>{formatAgo(winner.won_at, language, now)}</time>
        </span>
      </span>
      <span className="gacha-winner-rarity">
        <RarityMark rarity={winner.rarity} className="size-4" />
        {t(`odds.gacha.${winner.rarity}`)}
      </span>
    </li>
  )
}
