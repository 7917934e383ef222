// Which bets the control offers. Every step lies within the published limits; typing is not needed and so not asked for.

export type BetLimits = { readonly min: number; readonly max: number }

const ladder = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500]

/** Round amounts from the smallest to the largest allowed bet. */
export function betSteps({ min, max }: BetLimits): readonly number[] {
  const steps = new Set([min, max])
  for (let size = 1; size <= max; size *= 1_000) {
    for (const rung of ladder) {
      const bet = rung * size
      if (bet > min && bet < max) steps.add(bet)
    }
  }
  return [...steps].sort((a, b) => a - b)
}

/** The next offered bet above or below; the same one at either end. */
export function betBeside(bet: number, direction: -1 | 1, limits: BetLimits): number {
  const steps = betSteps(limits)
  return direction === 1
    ? (steps.find((step) => step > bet) ?? limits.max)
    : (steps.findLast((step) => step < bet) ?? limits.min)
}

/** Four places to jump to. */
export function betPresets(limits: BetLimits): readonly number[] {
  const wanted = [limits.min, limits.min * 5, limits.min * 10, limits.max]
  return [...new Set(wanted.filter((bet) => bet <= limits.max))]
}

/** What a first visit starts with: small, and no more than a fair share of what there is. */
export function openingBet(limits: BetLimits): number {
  return betSteps(limits).find((step) => step >= limits.min * 2) ?? limits.min
}
