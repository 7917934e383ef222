import { type DailyLimits, dailyLimitsShape } from './daily-limits.ts'
import { complaints, exactly, idText, listOf, nameText, object, whole } from './shape.ts'
import { checkWeights, type WeightedTable } from './weighted-table.ts'

/** One symbol of a reel, with its row of the paytable. Pays are hundredths of the bet; 0 pays nothing. */
export type SlotSymbol = {
  readonly id: string
  readonly glyph: string
  readonly weight: number
  readonly triplePaysHundredths: number
  /** For exactly two alike that touch: reels 1 and 2, or reels 2 and 3. */
  readonly pairPaysHundredths: number
}

/**
 * Everything that decides a spin, and nothing else does. The object is published as it stands; the engine
 * draws from it, the odds page is computed from it and receipts quote its hash.
 */
export type SlotConfig = {
  readonly game: 'slot'
  readonly version: string
  /** Each of the three reels draws from this one table, independently. */
  readonly reel: WeightedTable<SlotSymbol>
  /** The symbol whose triple is the jackpot. */
  readonly jackpotSymbol: string
  readonly streak: {
    readonly bonusPerStepPercent: number
    readonly capPercent: number
    readonly endsAfterHours: number
  }
  /** Both ends belong to the range; every whole per-mille in it is equally likely. */
  readonly variation: { readonly fromPermille: number; readonly toPermille: number }
  /** In tokens; both ends are allowed. */
  readonly bet: { readonly min: number; readonly max: number }
  readonly dailySpins: DailyLimits
  readonly minMillisecondsBetweenStakes: number
}

// The bounds below keep the largest conceivable win at 2 × 10^15, which a JSON number holds exactly.
const payShape = whole(0, 10_000_000)

const slotShape = object({
  game: exactly('slot'),
  version: idText,
  reel: object({
    totalWeight: whole(1, 1_000_000),
    rows: listOf(
      object({
        id: idText,
        glyph: nameText,
        weight: whole(1, 1_000_000),
        triplePaysHundredths: payShape,
        pairPaysHundredths: payShape,
      }),
      2,
      20,
    ),
  }),
  jackpotSymbol: idText,
  streak: object({
    bonusPerStepPercent: whole(0, 100),
    capPercent: whole(0, 100),
    endsAfterHours: whole(1, 24 * 30),
  }),
  variation: object({ fromPermille: whole(1, 10_000), toPermille: whole(1, 10_000) }),
  bet: object({ min: whole(1, 1_000_000_000), max: whole(1, 1_000_000_000) }),
  dailySpins: dailyLimitsShape,
  minMillisecondsBetweenStakes: whole(0, 60_000),
})

/** Whether `config` is a slot that can be drawn from: `checkSlotConfig` finds nothing against it. */
export function isSlotConfig(config: unknown): config is SlotConfig {
  return checkSlotConfig(config).length === 0
}

/**
 * Why a slot cannot be drawn from, one sentence per reason with the path to the place; empty when it can.
 * Says nothing about whether the return is decent: that is the publish gate's question.
 */
export function checkSlotConfig(config: unknown): string[] {
  const misshapen = complaints(slotShape, config, 'slot')
  return misshapen.length > 0 ? misshapen : contradictions(config as SlotConfig) // the shape has just been checked
}

function contradictions({ reel, jackpotSymbol, streak, variation, bet }: SlotConfig): string[] {
  const ids = reel.rows.map((symbol) => symbol.id)
  const reasons = checkWeights(reel, 'slot.reel')
  if (new Set(ids).size < ids.length) reasons.push('slot.reel.rows: two symbols have the same id')
  const jackpot = reel.rows.find((symbol) => symbol.id === jackpotSymbol)
  if (!jackpot) reasons.push(`slot.jackpotSymbol: there is no symbol "${jackpotSymbol}"`)
  const highestPay = Math.max(...reel.rows.flatMap((row) => [row.triplePaysHundredths, row.pairPaysHundredths]))
  if (jackpot && jackpot.triplePaysHundredths < highestPay) {
    reasons.push(`slot.jackpotSymbol: something pays ${highestPay}, more than the jackpot`)
  }
  if (streak.bonusPerStepPercent === 0 && streak.capPercent > 0) {
    reasons.push('slot.streak: a bonus that never grows cannot reach its cap')
  }
  if (variation.fromPermille > variation.toPermille) reasons.push('slot.variation: begins above its end')
  if (bet.min > bet.max) reasons.push('slot.bet: the smallest is above the largest')
  return reasons
}
