import { hashOf } from './canonical.ts'
import type { Draw } from './draws.ts'
import { DRAWN_KINDS, type DrawnKind, type GachaConfig, RARITIES, type Rarity } from './gacha.config.ts'
import type { Animation, GachaState, Pull, Stock } from './gacha.rules.ts'
import { either, exactly, idText, listOf, object, type Shape, text, whole } from './shape.ts'
import type { SlotConfig } from './slot.config.ts'
import type { SlotOutcome, SlotState } from './slot.rules.ts'

/**
 * A receipt: everything one round was decided by and what came of it, enough for a stranger to decide it again.
 * Names are in snake case, as on the wire; `config` is the published object itself, spelled as it was hashed.
 */
type ReceiptOf<Game extends string, Config, State, Outcome> = {
  readonly format: 'casino-club-receipt-1'
  readonly game: Game
  /** SHA-256 of the server seed, published before the client seed was chosen. */
  readonly commitment: string
  /** 64 hex digits once the seed is revealed, null until then. */
  readonly server_seed: string | null
  readonly client_seed: string
  readonly nonce: number
  readonly config_hash: string
  /** Null when the reader is expected to have it; `config_hash` says which one. */
  readonly config: Config | null
  /** Both in tokens. */
  readonly stake: number
  readonly win: number
  readonly state_before: State
  readonly state_after: State
  readonly draws: readonly Draw[]
  readonly outcome: Outcome
  /** Hash of the receipt without `receipt_hash`, `server_seed` and `config`, which have hashes of their own. */
  readonly receipt_hash: string
}

export type SlotReceipt = ReceiptOf<'slot', SlotConfig, SlotStateRecord, SlotOutcomeRecord>
export type GachaReceipt = ReceiptOf<'gacha', GachaConfig, GachaStateRecord, GachaOutcomeRecord> & {
  /** Pieces left of every limited prize before the round, by item id in the order of the configuration. */
  readonly stock_before: readonly { readonly item: string; readonly left: number }[]
}
export type Receipt = SlotReceipt | GachaReceipt

export type SlotStateRecord = { readonly streak: number }
export type SlotOutcomeRecord = {
  readonly reels: readonly [string, string, string]
  readonly combination: string
  readonly symbol: string | null
  readonly pay_hundredths: number
  readonly streak_bonus_percent: number
  readonly variation_permille: number
  readonly is_jackpot: boolean
}
export type GachaStateRecord = {
  readonly misses: number
  readonly since_epic: number
  readonly since_legendary: number
}
export type PullRecord = {
  readonly drawn: DrawnKind
  readonly granted: Rarity
  readonly by_pity: boolean
  readonly item: string
  readonly animation: Animation
}
export type GachaOutcomeRecord = { readonly pulls: readonly PullRecord[] }

/** Adds the hash that binds all fields together. Safe to call again: the same receipt gets the same hash. */
export function sealReceipt(receipt: Omit<SlotReceipt, 'receipt_hash'>): SlotReceipt
export function sealReceipt(receipt: Omit<GachaReceipt, 'receipt_hash'>): GachaReceipt
export function sealReceipt(
  receipt: Omit<Receipt, 'receipt_hash'>,
): Omit<Receipt, 'receipt_hash'> & { receipt_hash: string } {
  return { ...receipt, receipt_hash: receiptHash(receipt) }
}

/** What `receipt_hash` has to be. @throws TypeError for a receipt that JSON could not carry. */
export function receiptHash(receipt: Omit<Receipt, 'receipt_hash'>): string {
  const hashed = Object.entries(receipt).filter(([name]) => !['receipt_hash', 'server_seed', 'config'].includes(name))
  return hashOf(Object.fromEntries(hashed))
}

export function slotStateRecord({ streak }: SlotState): SlotStateRecord {
  return { streak }
}

export function slotOutcomeRecord(outcome: SlotOutcome): SlotOutcomeRecord {
  return {
    reels: outcome.reels,
    combination: outcome.combination.kind,
    symbol: outcome.combination.symbol,
    pay_hundredths: outcome.payHundredths,
    streak_bonus_percent: outcome.streakBonusPercent,
    variation_permille: outcome.variationPermille,
    is_jackpot: outcome.isJackpot,
  }
}

export function gachaStateRecord({ misses, sinceEpic, sinceLegendary }: GachaState): GachaStateRecord {
  return { misses, since_epic: sinceEpic, since_legendary: sinceLegendary }
}

export function gachaStateFrom({ misses, since_epic, since_legendary }: GachaStateRecord): GachaState {
  return { misses, sinceEpic: since_epic, sinceLegendary: since_legendary }
}

export function gachaOutcomeRecord(pulls: readonly Pull[]): GachaOutcomeRecord {
  return {
    pulls: pulls.map(({ drawn, granted, byPity, item, animation }) => {
      return { drawn, granted, by_pity: byPity, item, animation }
    }),
  }
}

/**
 * The limited prizes of a configuration with what is left of each, in the order they are listed.
 *
 * @throws RangeError when one is not counted, or more are left than there were.
 */
export function stockRecord({ prizes }: GachaConfig, stock: Stock): GachaReceipt['stock_before'] {
  return RARITIES.flatMap((rarity) => prizes[rarity].rows).flatMap(({ id, stock: all }) => {
    if (all === null) return []
    const left = stock.get(id)
    if (left === undefined || left > all) throw new RangeError(`Of ${all} "${id}" there cannot be ${left} left`)
    return [{ item: id, left }]
  })
}

const amount = whole(0, Number.MAX_SAFE_INTEGER)
const hash = text(/^[0-9a-f]{64}$/, '64 hex digits')
const anyOf = (...values: readonly string[]) => either(...values.map(exactly))
const yesOrNo: Shape = { is: 'truth' }

const slotState = object({ streak: amount })
const gachaState = object({ misses: amount, since_epic: amount, since_legendary: amount })

const envelope = {
  format: exactly('casino-club-receipt-1'),
  commitment: hash,
  server_seed: either(hash, exactly(null)),
  client_seed: text(/^[A-Za-z0-9._-]{1,64}$/, 'letters, digits, dot, dash'),
  nonce: amount,
  config_hash: hash,
  config: { is: 'anything' },
  stake: amount,
  win: amount,
  draws: listOf(object({ bound: whole(1, 2 ** 32), value: whole(0, 2 ** 32 - 1) }), 0, 1_000),
  receipt_hash: hash,
} as const satisfies Record<string, Shape>

export const slotReceiptShape = object({
  ...envelope,
  game: exactly('slot'),
  state_before: slotState,
  state_after: slotState,
  outcome: object({
    reels: listOf(idText, 3, 3),
    combination: anyOf('triple', 'adjacent_pair', 'none'),
    symbol: either(idText, exactly(null)),
    pay_hundredths: amount,
    streak_bonus_percent: amount,
    variation_permille: amount,
    is_jackpot: yesOrNo,
  }),
})

export const gachaReceiptShape = object({
  ...envelope,
  game: exactly('gacha'),
  state_before: gachaState,
  state_after: gachaState,
  stock_before: listOf(object({ item: idText, left: amount }), 0, 800),
  outcome: object({
    pulls: listOf(
      object({
        drawn: anyOf(...DRAWN_KINDS),
        granted: anyOf(...RARITIES),
        by_pity: yesOrNo,
        item: idText,
        animation: anyOf('legendary', 'epic', 'pity', 'near_miss', 'normal'),
      }),
      1,
      10,
    ),
  }),
})
