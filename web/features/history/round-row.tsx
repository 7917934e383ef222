'use client'

import type { Round } from '#server-link/api.types.ts'
import { formatAgo, formatNumber } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Link } from '#ui/link.tsx'
import { pullsOf, reelsOf } from './history.model.ts'
import { Net } from './net.tsx'
import { PullMarks } from './pull-marks.tsx'
import { Symbols } from './symbols.tsx'

/** `keep` is what the address says already, so that a round opens over the list it stands in. */
export function RoundRow({ round, now, keep = '' }: { round: Round; now: number; keep?: string }) {
  const { t, language, href } = useText()
  const { bet_amount: bet, win_amount: win } = round
  const pulls = pullsOf(round)
  return (
    <li className="border-t border-line first:border-t-0">
      <Link
        href={`${href('/history')}?${keep && `${keep}&`}round=${round.round_id}`}
        scroll={false}
        className="-mx-2 flex min-h-[4.25rem] items-center gap-3 rounded-sm px-2 py-2 transition-colors duration-150 hover:bg-raised/60 sm:gap-4"
      >
        {pulls.length > 0 ? <PullMarks pulls={pulls} /> : <Symbols reels={reelsOf(round)} />}
        <span className="grid min-w-0 flex-1">
          <span className="text-[0.95rem] leading-snug">
            {pulls.length > 0 ? t('history.pulls', { n: pulls.length }) : t('home.rounds.bet', { n: bet })}
            {(pulls.length === 0 || win > 0) && (
              <span className="text-muted">
                {' · '}
                {pulls.length > 0
                  ? t('history.convertedShort', { n: win })
                  : win > 0
                    ? `${t('history.win')} ${formatNumber(win, language)}`
                    : t('history.noWin')}
              </span>
            )}
          </span>
          <time dateTime={round.played_at} className="text-sm text-muted">
            {formatAgo(round.played_at, language, now)}
          </time>
        </span>
        <Net amount={win - bet} />
      </Link>
    </li>
  )
}
