import { defaultSlot } from '@casino-club/fairness/slot.default.ts'
import { readReels, streakBonusAt, winOf } from '@casino-club/fairness/slot.rules.ts'
import type { SlotShown } from '#modules/slot/slot.rules.ts'
import { type Cell, gTest, type Verdict } from './g-test.ts'
import type { KeptRound } from './read-rounds.ts'

/** Spins as they were kept, beside what the published slot says. */
export class SlotCount {
  spins = 0
  readonly #reels = new Map<string, number>()
  readonly #variations = new Map<number, number>()
  /** Wins and losses after a loss, and after a win. */
  readonly #after = [0, 1].map(() => ({ win: 0, loss: 0 }))
  readonly #lastOf = new Map<bigint, { readonly streak: number; readonly isWin: boolean }>()
  readonly #fault: (what: string) => void

  /** @param fault is told what no chance can explain. */
  constructor(fault: (what: string) => void) {
    this.#fault = fault
  }

  add({ playerId, stake, payout, outcome }: KeptRound): void {
    const shown = outcome as SlotShown
    this.spins += 1
    const reels = shown.reels.join(' ')
    this.#reels.set(reels, (this.#reels.get(reels) ?? 0) + 1)
    this.#variations.set(shown.variation_permille, (this.#variations.get(shown.variation_permille) ?? 0) + 1)
    const last = this.#lastOf.get(playerId)
    const isWin = shown.pay_hundredths > 0
    const after = last && this.#after[Number(last.isWin)]
    if (after) after[isWin ? 'win' : 'loss'] += 1
    this.#lastOf.set(playerId, { streak: shown.streak, isWin })

    if (last && shown.streak !== last.streak + 1 && shown.streak !== 1)
      this.#fault(`player ${playerId}: streak ${shown.streak} follows ${last.streak}`)
    const [first, second, third] = shown.reels.map((id) => defaultSlot.reel.rows.find((row) => row.id === id))
    if (!first || !second || !third) throw new Error(`no such reels: ${reels}`)
    const pay = readReels(first, second, third).payHundredths
    const bonus = streakBonusAt(defaultSlot, shown.streak - 1)
    const win = winOf(stake, pay, bonus, shown.variation_permille)
    if (payout !== win)
      this.#fault(`${reels} at a bet of ${stake} and a bonus of ${bonus} % paid ${payout}, not ${win}`)
  }

  verdicts(): Verdict[] {
    if (this.spins === 0) return []
    return [
      gTest('slot: three reels', [this.#reelCells()]),
      gTest('slot: variation', [this.#variationCells()]),
      gTest('slot: a win after a loss, and after a win', this.#afterCells()),
    ]
  }

  #reelCells(): Cell[] {
    return reelChances().map(({ reels, chance }) => ({
      seen: this.#reels.get(reels) ?? 0,
      expected: this.spins * chance,
    }))
  }

  #variationCells(): Cell[] {
    const { fromPermille, toPermille } = defaultSlot.variation
    const count = toPermille - fromPermille + 1
    return Array.from({ length: count }, (_, at) => ({
      seen: this.#variations.get(fromPermille + at) ?? 0,
      expected: this.spins / count,
    }))
  }

  #afterCells(): Cell[][] {
    const chance = reelChances().reduce((sum, each) => sum + (each.pays ? each.chance : 0), 0)
    return this.#after.map(({ win, loss }) => [
      { seen: win, expected: (win + loss) * chance },
      { seen: loss, expected: (win + loss) * (1 - chance) },
    ])
  }
}

function reelChances() {
  const { rows, totalWeight } = defaultSlot.reel
  return rows.flatMap((first) =>
    rows.flatMap((second) =>
      rows.map((third) => ({
        reels: `${first.id} ${second.id} ${third.id}`,
        pays: readReels(first, second, third).payHundredths > 0,
        chance: (first.weight * second.weight * third.weight) / totalWeight ** 3,
      })),
    ),
  )
}
