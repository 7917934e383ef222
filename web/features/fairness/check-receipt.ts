import { configHash } from '@casino-club/fairness/canonical.ts'
import { type Draw, recordingDraws } from '@casino-club/fairness/draws.ts'
import { type SlotReceipt, sealReceipt, slotOutcomeRecord } from '@casino-club/fairness/receipt.ts'
import { isSlotConfig } from '@casino-club/fairness/slot.config.ts'
import { defaultSlot } from '@casino-club/fairness/slot.default.ts'
import { playSlot } from '@casino-club/fairness/slot.rules.ts'
import { commitmentOf, drawsForRound } from '@casino-club/fairness/stream.ts'
import { type Verification, verifyReceipt } from '@casino-club/fairness/verify-receipt.ts'
import { rowAt } from '@casino-club/fairness/weighted-table.ts'

/* Fetched when somebody first checks a receipt: the verifier is the very code that the server draws with. */

/** What a drawn number decided. */
export type DrawMeaning =
  | { readonly decided: 'reel'; readonly reel: number; readonly symbol: string }
  | { readonly decided: 'variation'; readonly permille: number }
  | { readonly decided: 'other' }

export type CheckedReceipt = Verification & { readonly meanings: readonly DrawMeaning[] }

export function checkReceipt(receipt: unknown): CheckedReceipt {
  const verification = verifyReceipt(receipt)
  return { ...verification, meanings: meaningsOf(receipt, verification.draws) }
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
