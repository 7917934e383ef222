import { configHash } from '@casino-club/fairness/canonical.ts'
import { type Draw, recordingDraws } from '@casino-club/fairness/draws.ts'
import { isGachaConfig, RARITIES } from '@casino-club/fairness/gacha.config.ts'
import {
  type GachaReceipt,
  gachaStateFrom,
  type SlotReceipt,
  sealReceipt,
  slotOutcomeRecord,
} from '@casino-club/fairness/receipt.ts'
import { isSlotConfig } from '@casino-club/fairness/slot.config.ts'
import { defaultSlot } from '@casino-club/fairness/slot.default.ts'
import { playSlot } from '@casino-club/fairness/slot.rules.ts'
import { commitmentOf, drawsForRound } from '@casino-club/fairness/stream.ts'
import { type Verification, verifyReceipt } from '@casino-club/fairness/verify-receipt.ts'
import { rowAt } from '@casino-club/fairness/weighted-table.ts'
import { type ExplainedPull, explainPulls } from './explain-pulls.ts'

/* Fetched when somebody first checks a receipt: the verifier is the very code that the server draws with. */

/** What a drawn number decided. */
export type DrawMeaning =
  | { readonly decided: 'reel'; readonly reel: number; readonly symbol: string }
  | { readonly decided: 'variation'; readonly permille: number }
  | { readonly decided: 'other' }

export type CheckedReceipt = Verification & {
  readonly meanings: readonly DrawMeaning[]
  /** Of a gacha, pull by pull; null for other games. */
  readonly gacha: ExplainedGacha | null
}

export type ExplainedGacha = {
  readonly pulls: readonly ExplainedPull[]
  readonly names: Readonly<Record<string, { readonly ko: string; readonly en: string }>>
}

export function checkReceipt(receipt: unknown): CheckedReceipt {
  const verification = verifyReceipt(receipt)
  return {
    ...verification,
    meanings: meaningsOf(receipt, verification.draws),
    gacha: verification.draws.length > 0 ? explainGacha(receipt, verification.draws) : null,
  }
}

function explainGacha(receipt: unknown, draws: readonly Draw[]): ExplainedGacha | null {
  const isGacha = typeof receipt === 'object' && receipt !== null && 'game' in receipt && receipt.game === 'gacha'
  if (!isGacha) return null
  // What was drawn again has passed the checks of shape and configuration.
  const { config, state_before, stock_before, outcome } = receipt as unknown as GachaReceipt
  if (!isGachaConfig(config)) return null
  const before = {
    state: gachaStateFrom(state_before),
    stock: new Map(stock_before.map(({ item, left }) => [item, left])),
  }
  const names = Object.fromEntries(
    RARITIES.flatMap((rarity) => config.prizes[rarity].rows.map(({ id, name }) => [id, name] as const)),
  )
  try {
    return {
      pulls: explainPulls(
        config,
        before,
        draws.map(({ value }) => value),
        outcome.pulls,
      ),
      names,
    }
  } catch {
    return null // the steps above say what is wrong with such a receipt
  }
}

function meaningsOf(receipt: unknown, draws: readonly Draw[]): DrawMeaning[] {
  const config = typeof receipt === 'object' && receipt !== null && 'config' in receipt ? receipt.config : null
  if (!isSlotConfig(config)) return draws.map(() => ({ decided: 'other' }))
  return draws.map(({ value }, index): DrawMeaning => {
    if (index < 3) return { decided: 'reel', reel: index + 1, symbol: rowAt(config.reel, value).id }
    return { decided: 'variation', permille: config.variation.fromPermille + value }
  })
}

/** A receipt that anybody may know, from the specification's own test vectors: to try the verifier with. */
export function exampleReceipt(): SlotReceipt {
  const serverSeed = Uint8Array.from({ length: 32 }, (_, index) => index)
  const seeds = { serverSeed, clientSeed: 'neon-night', nonce: 7 }
  const [streak, stake] = [4, 100]
  const draws = recordingDraws(drawsForRound(seeds))
  const outcome = playSlot(defaultSlot, { streak }, BigInt(stake), draws)
  return sealReceipt({
    format: 'casino-club-receipt-1',
    game: 'slot',
    commitment: commitmentOf(serverSeed),
    server_seed: [...serverSeed].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    client_seed: seeds.clientSeed,
    nonce: seeds.nonce,
    config_hash: configHash(defaultSlot),
    config: defaultSlot,
    stake,
    win: Number(outcome.win),
    state_before: { streak },
    state_after: { streak: outcome.streakAfter },
    draws: draws.drawn,
    outcome: slotOutcomeRecord(outcome),
  })
}
