'use client'

import type { SlotSymbol } from '@casino-club/fairness/slot.config.ts'
import { formatNumber } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { sheetOrder, sheetPosition } from './reel-cells.ts'
import { type Reels, winningReels } from './slot-scene.model.ts'
import { useSymbolName } from './use-symbol-name.ts'

type Row = Pick<SlotSymbol, 'id' | 'triplePaysHundredths' | 'pairPaysHundredths'>

// Before the table has come: its rows without a figure, so that nothing moves when they get one.
const unknownRows: readonly Row[] = sheetOrder.map((id) => ({ id, triplePaysHundredths: 0, pairPaysHundredths: 0 }))

/** What three and what two of a kind pay, best first; what has just paid is lit. `won` are the reels of a round that did. */
export function Paytable({ rows = unknownRows, won }: { rows?: readonly Row[] | undefined; won: Reels | null }) {
  const { t, language } = useText()
  const nameOf = useSymbolName()
  const winners = won ? winningReels(won) : []
  const paid = won?.[winners[0] ?? 0]
  const pay = (hundredths: number, isPaid: boolean) => (
    <td className="tabular" data-won={isPaid || undefined}>
      {hundredths === 0 ? '—' : t('slot.times', { n: formatNumber(hundredths / 100, language) })}
    </td>
  )
  return (
    <section className="stage-panel" aria-label={t('slot.pays.label')}>
      <table className="slot-pays">
        <thead className="slot-pays-head">
          <tr>
            <th scope="col">{t('slot.pays.label')}</th>
            <th scope="col">{t('slot.odds.triple')}</th>
            <th scope="col">{t('slot.odds.pair')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ id, triplePaysHundredths, pairPaysHundredths }) => (
            <tr key={id}>
              <th scope="row">
                <span>
                  <i aria-hidden="true" style={{ backgroundPositionY: `${sheetPosition(id)}%` }} />
                  {nameOf(id)}
                </span>
              </th>
              {pay(triplePaysHundredths, id === paid && winners.length === 3)}
              {pay(pairPaysHundredths, id === paid && winners.length === 2)}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
