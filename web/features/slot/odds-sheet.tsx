'use client'

import { configHash } from '@casino-club/fairness/canonical.ts'
import { decimalOf, type Rational, rational } from '@casino-club/fairness/rational.ts'
import type { SlotConfig } from '@casino-club/fairness/slot.config.ts'
import { slotCombinations, slotHitRate, slotReturn, slotWays, streakAtCap } from '@casino-club/fairness/slot.odds.ts'
import { streakBonusAt } from '@casino-club/fairness/slot.rules.ts'
import { useEffect, useMemo, useRef } from 'react'
import type { Language } from '#text/languages.ts'
import { useText } from '#text/text-provider.tsx'
import { Link } from '#ui/link.tsx'
import { sheetPosition } from './reel-cells.ts'
import { useSymbolName } from './use-symbol-name.ts'

/** Paytable and odds, calculated here and now from the table that the server published. */
export function OddsSheet(props: {
  config: SlotConfig
  publishedHash: string | null
  isOpen: boolean
  onClose: () => void
}) {
  const { config, publishedHash, isOpen, onClose } = props
  const { t, language, href } = useText()
  const nameOf = useSymbolName()
  const dialog = useRef<HTMLDialogElement>(null)
  const odds = useMemo(() => oddsOf(config, language), [config, language])

  useEffect(() => {
    if (isOpen && !dialog.current?.open) dialog.current?.showModal()
    if (!isOpen) dialog.current?.close()
  }, [isOpen])

  return (
    // The backdrop closes it for the pointer; the keyboard has Escape and the button.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <dialog
      ref={dialog}
      className="slot-odds"
      aria-labelledby="slot-odds-title"
      data-testid="slot-odds-sheet"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div className="slot-odds-body">
        <header>
          <h2 id="slot-odds-title">{t('slot.odds.title')}</h2>
          <button
            type="button"
            className="stage-tool stage-tool-round"
            aria-label={t('slot.odds.close')}
            onClick={onClose}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M6 6l12 12M18 6L6 18" />
            </svg>
          </button>
        </header>
        <p className="slot-odds-intro">{t('slot.odds.intro')}</p>

        <dl className="slot-odds-figures">
          <div>
            <dt>{t('slot.odds.rtp')}</dt>
            <dd className="numerals">{odds.longRun}</dd>
            <dd>{t('slot.odds.rtpNote')}</dd>
          </div>
          <div>
            <dt>{t('slot.odds.hitRate')}</dt>
            <dd className="numerals">{odds.hitRate}</dd>
            <dd>{t('slot.odds.hitRateNote', { n: odds.hitOnceIn })}</dd>
          </div>
          <div>
            <dt>{t('slot.odds.jackpot')}</dt>
            <dd className="numerals">{odds.jackpot}</dd>
            <dd>{t('slot.odds.jackpotNote', { n: odds.jackpotOnceIn })}</dd>
          </div>
        </dl>

        <table className="slot-odds-table">
          <caption>{t('slot.odds.table')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('slot.odds.symbol')}</th>
              <th scope="col">{t('slot.odds.onReel')}</th>
              <th scope="col">{t('slot.odds.triple')}</th>
              <th scope="col">{t('slot.odds.pair')}</th>
            </tr>
          </thead>
          <tbody>
            {odds.symbols.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <span className="slot-odds-symbol">
                    <i aria-hidden="true" style={{ backgroundPositionY: `${sheetPosition(row.id)}%` }} />
                    {nameOf(row.id)}
                  </span>
                </th>
                <td className="tabular">{row.onReel}</td>
                <Pay {...row.triple} />
                <Pay {...row.pair} />
              </tr>
            ))}
          </tbody>
        </table>

        <section>
          <h3>{t('slot.odds.rulesTitle')}</h3>
          <ul className="slot-odds-rules">
            <li>{t('slot.odds.rulePair')}</li>
            <li>
              {t('slot.odds.ruleStreak', {
                step: config.streak.bonusPerStepPercent,
                cap: config.streak.capPercent,
                hours: config.streak.endsAfterHours,
              })}
            </li>
            <li>
              {t('slot.odds.ruleVariation', {
                from: config.variation.fromPermille / 10,
                to: config.variation.toPermille / 10,
              })}
            </li>
            <li>{t('slot.odds.ruleSame')}</li>
          </ul>
        </section>

        <table className="slot-odds-table slot-odds-streaks">
          <caption>{t('slot.odds.streakTable')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('slot.odds.streakColumn')}</th>
              <th scope="col">{t('slot.odds.bonusColumn')}</th>
              <th scope="col">{t('slot.odds.rtpColumn')}</th>
            </tr>
          </thead>
          <tbody>
            {odds.streaks.map((row) => (
              <tr key={row.streak}>
                <th scope="row" className="tabular">
                  {t(row.isLast ? 'slot.odds.streakRowFrom' : 'slot.odds.streakRow', { n: row.streak })}
                </th>
                <td className="tabular">+{row.bonusPercent}%</td>
                <td className="tabular">{row.rtp}</td>
              </tr>
            ))}
          </tbody>
        </table>

        <footer>
          <Link href={href('/odds/slot')} className="flex min-h-11 items-center font-semibold underline">
            {t('odds.slot.all')}
          </Link>
          <p>{t('slot.odds.version', { version: config.version })}</p>
          <p>
            {t('slot.odds.hash')} <code>{odds.hash}</code>
            {publishedHash !== null && (
              <strong data-same={publishedHash === odds.hash}>
                {t(publishedHash === odds.hash ? 'slot.odds.hashSame' : 'slot.odds.hashOther')}
              </strong>
            )}
          </p>
        </footer>
      </div>
    </dialog>
  )
}

function Pay({ pays, chance }: { pays: string; chance: string }) {
  return (
    <td>
      <span className="tabular slot-odds-pays">{pays}</span>
      <span className="tabular slot-odds-chance">{chance}</span>
    </td>
  )
}

type PayOdds = { readonly pays: string; readonly chance: string }
const never: PayOdds = { pays: '—', chance: '' }

/** The exact figures, rounded only to be printed. */
function oddsOf(config: SlotConfig, language: Language) {
  const ways = slotWays(config)
  const combinations = slotCombinations(config)
  const number = (digits: number) => new Intl.NumberFormat(language, { maximumFractionDigits: digits })
  const times = (hundredths: number) => `×${number(2).format(hundredths / 100)}`
  const payOf = (kind: 'triple' | 'adjacent_pair', symbol: string): PayOdds => {
    const found = combinations.find((each) => each.kind === kind && each.symbol === symbol)
    if (!found || found.payHundredths === 0) return never
    return { pays: times(found.payHundredths), chance: percent(rational(found.ways, ways)) }
  }
  const jackpotWays =
    combinations.find((each) => each.kind === 'triple' && each.symbol === config.jackpotSymbol)?.ways ?? 0n
  const hitRate = slotHitRate(config)
  const cap = streakAtCap(config)
  return {
    hash: configHash(config),
    longRun: percent(slotReturn(config, cap).mean),
    hitRate: percent(hitRate),
    hitOnceIn: decimalOf({ numerator: hitRate.denominator, denominator: hitRate.numerator }, 1),
    jackpot: percent(rational(jackpotWays, ways)),
    jackpotOnceIn: jackpotWays === 0n ? '—' : number(0).format(ways / jackpotWays),
    symbols: config.reel.rows.map((row) => ({
      id: row.id,
      onReel: percent(rational(row.weight, config.reel.totalWeight)),
      triple: payOf('triple', row.id),
      pair: payOf('adjacent_pair', row.id),
    })),
    streaks: Array.from({ length: cap + 1 }, (_, streak) => ({
      streak,
      bonusPercent: streakBonusAt(config, streak),
      rtp: percent(slotReturn(config, streak).mean),
      isLast: streak === cap,
    })),
  }
}

/** Small chances keep two figures that say something: 0.0008 % must not become 0 %. */
function percent(share: Rational): string {
  const value = Number(decimalOf({ numerator: share.numerator * 100n, denominator: share.denominator }, 9))
  const digits = value >= 1 || value === 0 ? 2 : Math.ceil(-Math.log10(value)) + 1
  return `${value.toFixed(digits).replace(/\.?0+$/, '')}%`
}
