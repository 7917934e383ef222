import type { SlotConfig } from '@casino-club/fairness/slot.config.ts'
import type { SlotOddsReport } from '@casino-club/fairness/slot.odds.ts'

/** The figures of the slot as people read them; everything exact stays in the report. */
export type SlotOddsView = {
  /** Of 1,000 tokens. */
  readonly backOfThousand: string
  readonly lostOfThousand: string
  readonly rtp: string
  readonly exactRtp: string
  readonly hitRate: string
  readonly hitOnceIn: string
  readonly jackpot: string
  readonly jackpotOnceIn: number
  readonly bands: readonly Band[]
  /** Nothing at all in so many rounds. */
  readonly losing: { readonly rounds: number; readonly chance: string }
  readonly streaks: readonly StreakStep[]
  readonly reel: readonly { readonly symbol: string; readonly weight: number; readonly chance: string }[]
  readonly combinations: readonly CombinationRow[]
  readonly sitting: { readonly rounds: number; readonly rtp: string }
  readonly rounding: { readonly bet: number; readonly lost: string }
}

/** Where the return of 95 of 100 people lies. Never below nothing, whatever the approximation says. */
export type Band = {
  readonly rounds: number
  readonly from: number
  readonly to: number
  readonly text: readonly [string, string]
}
export type StreakStep = {
  readonly streak: number
  readonly isLast: boolean
  readonly bonusPercent: number
  readonly share: number
  readonly rtp: string
}
export type CombinationRow = {
  readonly kind: 'triple' | 'adjacent_pair' | 'none'
  readonly symbol: string | null
  readonly pays: string | null
  readonly chance: string
  readonly onceIn: number
  readonly shareOfReturn: string
}

const losingRounds = 5

export function slotOddsView(config: SlotConfig, report: SlotOddsReport): SlotOddsView {
  const { longRun, hitRate } = report
  const share = Number(longRun.rtp.decimal)
  const jackpot = report.combinations.find((each) => each.kind === 'triple' && each.symbol === config.jackpotSymbol)
  const sitting = report.sittings.find((each) => each.spins === 100) ?? { spins: 0, rtp: longRun.rtp }
  const [rounded] = report.inTokens
  return {
    backOfThousand: (share * 1000).toFixed(0),
    lostOfThousand: (1000 - Math.round(share * 1000)).toFixed(0),
    rtp: percent(share),
    exactRtp: longRun.rtp.fraction,
    hitRate: percent(Number(hitRate.decimal)),
    hitOnceIn: (1 / Number(hitRate.decimal)).toFixed(1),
    jackpot: percent(Number(jackpot?.chance.decimal ?? 0)),
    jackpotOnceIn: Math.round(Number(jackpot?.onceInSpins ?? 0)),
    bands: report.bands
      .filter((band) => band.chance === '95 %' && band.spins <= 1_000_000)
      .map((band) => {
        const [from, to] = [Math.max(0, Number(band.from)), Number(band.to)]
        return { rounds: band.spins, from, to, text: [percent(from, 1), percent(to, 1)] as const }
      }),
    losing: { rounds: losingRounds, chance: percent((1 - Number(hitRate.decimal)) ** losingRounds, 1) },
    streaks: report.streakSteps.map((step, index) => ({
      streak: step.streak,
      isLast: index === report.streakSteps.length - 1,
      bonusPercent: step.bonusPercent,
      share: Number(step.rtp.decimal),
      rtp: percent(Number(step.rtp.decimal)),
    })),
    reel: config.reel.rows.map(({ id, weight }) => {
      return { symbol: id, weight, chance: percent(weight / config.reel.totalWeight) }
    }),
    combinations: report.combinations.map((each) => ({
      kind: each.kind,
      symbol: each.symbol,
      pays: each.payHundredths === 0 ? null : `×${(each.payHundredths / 100).toLocaleString('en')}`,
      chance: percent(Number(each.chance.decimal)),
      onceIn: Number(each.onceInSpins),
      shareOfReturn: percent(Number(each.shareOfReturn.decimal), 1),
    })),
    sitting: { rounds: sitting.spins, rtp: percent(Number(sitting.rtp.decimal)) },
    rounding: { bet: rounded?.betTokens ?? 0, lost: percent(Number(rounded?.lostToRounding.decimal ?? 0)) },
  }
}

/** Two figures behind the point; small chances keep two that say something, so 0.0008 % does not become 0 %. */
export function percent(share: number, places = 2): string {
  const value = share * 100
  const digits = value === 0 || value >= 1 ? places : Math.ceil(-Math.log10(value)) + 1
  const text = value.toFixed(Math.max(places, digits))
  return `${text.includes('.') ? text.replace(/\.?0+$/, '') : text}%`
}

/** Heights of the streak chart, 0 to 1, and the round share its axis starts at: from 0 the steps could not be seen. */
export function chartScale(shares: readonly number[]): { readonly floor: number; readonly heights: readonly number[] } {
  const floor = Math.floor(Math.min(...shares) * 20 - 1) / 20
  return { floor, heights: shares.map((share) => (share - floor) / (1 - floor)) }
}
