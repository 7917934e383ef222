// The figures of the landing, computed from the shipped table when the page is built. Nothing is typed in by hand, so
// nothing can be out of date.

import { decimalOf, type Rational, rational } from '@casino-club/fairness/rational.ts'
import { defaultSlot } from '@casino-club/fairness/slot.default.ts'
import { slotCombinations, slotHitRate, slotReturn, slotWays, streakAtCap } from '@casino-club/fairness/slot.odds.ts'

const toNumber = (share: Rational) => Number(decimalOf(share, 9))

export type HundredRounds = { readonly symbol: string | null; readonly rounds: number }

/**
 * An average hundred rounds by the symbol that won; the last entry is those without a win. Whole rounds by largest
 * remainder, so that they add up to a hundred. A symbol too rare for one round in a hundred has none.
 */
export function hundredRounds(): readonly HundredRounds[] {
  const ways = slotWays(defaultSlot)
  const combinations = slotCombinations(defaultSlot)
  const symbols = [...defaultSlot.reel.rows.map((row) => row.id), null]
  const shares = symbols.map((symbol) => {
    const winning = combinations.filter((each) => each.symbol === symbol)
    const total = winning.reduce((sum, each) => sum + each.ways, 0n)
    return { symbol, exact: toNumber(rational(total * 100n, ways)) }
  })
  const missing = 100 - shares.reduce((sum, { exact }) => sum + Math.floor(exact), 0)
  const roundedUp = shares
    .toSorted((a, b) => (b.exact % 1) - (a.exact % 1))
    .slice(0, missing)
    .map(({ symbol }) => symbol)
  return shares.map(({ symbol, exact }) => ({
    symbol,
    rounds: Math.floor(exact) + (roundedUp.includes(symbol) ? 1 : 0),
  }))
}

export function landingOdds() {
  const combinations = slotCombinations(defaultSlot)
  const jackpot = combinations.find(({ kind, symbol }) => kind === 'triple' && symbol === defaultSlot.jackpotSymbol)
  return {
    /** Per cent, one decimal: what a player who keeps playing gets back. */
    returnPercent: (toNumber(slotReturn(defaultSlot, streakAtCap(defaultSlot)).mean) * 100).toFixed(1),
    hitPercent: (toNumber(slotHitRate(defaultSlot)) * 100).toFixed(1),
    jackpotOnceIn: jackpot ? Number(slotWays(defaultSlot) / jackpot.ways) : 0,
    tickets: defaultSlot.reel.rows.map(({ id, weight }) => ({ id, weight })),
  }
}
