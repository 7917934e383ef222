import { type DailyLimits, dailyLimitsShape } from './daily-limits.ts'
import { complaints, either, exactly, idText, listOf, nameText, object, whole } from './shape.ts'
import { checkWeights, type WeightedTable } from './weighted-table.ts'

/** What a player can receive, best first. */
export const RARITIES = ['legendary', 'epic', 'rare', 'common'] as const
export type Rarity = (typeof RARITIES)[number]

/** What can be drawn. A near miss looks like the rarity in its name and is granted one step below it. */
export const DRAWN_KINDS = ['legendary', 'epic', 'rare', 'near_miss_epic', 'near_miss_legendary', 'common'] as const
export type DrawnKind = (typeof DRAWN_KINDS)[number]

/** A prize. `stock` is how many pieces exist in all, null for no limit. */
export type GachaItem = {
  readonly id: string
  readonly name: { readonly ko: string; readonly en: string }
  readonly weight: number
  readonly stock: number | null
}

/**
 * Everything that decides a pull besides the player's saved counters and what is left in stock. Published as it
 * stands; drawn from, computed from and hashed as this very object. Chances are parts per million.
 */
export type GachaConfig = {
  readonly game: 'gacha'
  readonly version: string
  /** For a player with no recent prize and few misses. Adds up to 1 000 000. */
  readonly chancePpm: Readonly<Record<DrawnKind, number>>
  /**
   * Above so many misses near misses become likelier by `addPpm`, at the cost of `common` alone. The last line
   * that applies counts, lines do not add up. `atMostPpm` is a promise: a line that would break it is refused.
   */
  readonly nearMiss: {
    readonly raises: readonly { readonly aboveMisses: number; readonly addPpm: number }[]
    readonly atMostPpm: number
  }
  /** After an epic (or a legendary) its own chance is multiplied by this for so many pulls, in favour of `common`. */
  readonly damping: { readonly withinPulls: number; readonly keepPermille: number }
  /** After so many pulls in a row below epic the next one is at least epic. */
  readonly pity: { readonly afterMisses: number }
  readonly priceTokens: { readonly one: number; readonly ten: number }
  readonly dailyPulls: DailyLimits
  readonly prizes: Readonly<Record<Rarity, WeightedTable<GachaItem>>>
  /** What a player receives for a prize already owned. */
  readonly duplicateTokens: Readonly<Record<Rarity, number>>
}

export const PPM = 1_000_000

const ppm = whole(0, PPM)
const tokens = whole(0, 1_000_000_000)

const prizeTable = object({
  totalWeight: whole(1, PPM),
  rows: listOf(
    object({
      id: idText,
      name: object({ ko: nameText, en: nameText }),
      weight: whole(1, PPM),
      stock: either(whole(1, 1_000_000_000), exactly(null)),
    }),
    1,
    200,
  ),
})

const gachaShape = object({
  game: exactly('gacha'),
  version: idText,
  // Above zero: a rarity that cannot be drawn would make its guarantee the only way to it.
  chancePpm: object({
    legendary: whole(1, PPM),
    epic: whole(1, PPM),
    rare: whole(1, PPM),
    near_miss_epic: ppm,
    near_miss_legendary: ppm,
    common: whole(1, PPM),
  }),
  nearMiss: object({
    raises: listOf(object({ aboveMisses: whole(0, 300), addPpm: whole(1, PPM) }), 0, 10),
    atMostPpm: ppm,
  }),
  // The bounds on these two keep the number of saved states, and so the exact odds, within reach.
  damping: object({ withinPulls: whole(0, 20), keepPermille: whole(0, 1_000) }),
  pity: object({ afterMisses: whole(1, 300) }),
  priceTokens: object({ one: whole(1, 1_000_000), ten: whole(1, 10_000_000) }),
  dailyPulls: dailyLimitsShape,
  prizes: object({ legendary: prizeTable, epic: prizeTable, rare: prizeTable, common: prizeTable }),
  duplicateTokens: object({ legendary: tokens, epic: tokens, rare: tokens, common: tokens }),
})

/** Whether `config` is a gacha that can be drawn from: `checkGachaConfig` finds nothing against it. */
export function isGachaConfig(config: unknown): config is GachaConfig {
  return checkGachaConfig(config).length === 0
}

/** Why a gacha cannot be drawn from, one sentence per reason with the path to the place; empty when it can. */
export function checkGachaConfig(config: unknown): string[] {
  const misshapen = complaints(gachaShape, config, 'gacha')
  if (misshapen.length > 0) return misshapen
  const checked = config as GachaConfig // the shape has just been checked
  return [...contradictionsInChances(checked), ...contradictionsInPrizes(checked)]
}

function contradictionsInChances({ chancePpm, nearMiss, damping, pity }: GachaConfig): string[] {
  const reasons: string[] = []
  const total = DRAWN_KINDS.reduce((sum, kind) => sum + chancePpm[kind], 0)
  if (total !== PPM) reasons.push(`gacha.chancePpm: the chances add up to ${total}, not to ${PPM}`)
  const base = chancePpm.near_miss_epic + chancePpm.near_miss_legendary
  if (base > nearMiss.atMostPpm) reasons.push(`gacha.nearMiss.atMostPpm: already ${base} without any misses`)
  nearMiss.raises.forEach(({ aboveMisses, addPpm }, index) => {
    const path = `gacha.nearMiss.raises.${index}`
    const before = nearMiss.raises[index - 1]
    if (before && before.aboveMisses >= aboveMisses) reasons.push(`${path}: must begin above the one before it`)
    if (aboveMisses >= pity.afterMisses)
      reasons.push(`${path}: begins above ${aboveMisses} misses, which pity never allows`)
    if (base === 0) reasons.push(`${path}: there is no near miss to raise`)
    if (base + addPpm > nearMiss.atMostPpm) {
      reasons.push(`${path}: raises near misses to ${base + addPpm}, above the promised ${nearMiss.atMostPpm}`)
    }
    if (addPpm > chancePpm.common) reasons.push(`${path}: takes ${addPpm} from common, which has ${chancePpm.common}`)
  })
  for (const rarity of ['epic', 'legendary'] as const) {
    const damped = (chancePpm[rarity] * damping.keepPermille) / 1_000
    if (!Number.isInteger(damped)) reasons.push(`gacha.damping: leaves ${rarity} ${damped} ppm, not a whole number`)
  }
  return reasons
}

function contradictionsInPrizes({ prizes, priceTokens }: GachaConfig): string[] {
  const reasons = RARITIES.flatMap((rarity) => checkWeights(prizes[rarity], `gacha.prizes.${rarity}`))
  for (const rarity of RARITIES) {
    if (prizes[rarity].rows.every((item) => item.stock !== null)) {
      reasons.push(`gacha.prizes.${rarity}: every item is limited, so one day nothing would be left to grant`)
    }
  }
  const ids = RARITIES.flatMap((rarity) => prizes[rarity].rows.map((item) => item.id))
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) < index))
  for (const id of twice) reasons.push(`gacha.prizes: "${id}" is listed twice`)
  if (priceTokens.ten > priceTokens.one * 10) {
    reasons.push(`gacha.priceTokens: ten cost ${priceTokens.ten}, more than ten times ${priceTokens.one}`)
  }
  return reasons
}
