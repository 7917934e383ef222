import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { canonicalJson, configHash } from './canonical.ts'
import { type Draw, recordingDraws } from './draws.ts'
import { checkGachaConfig, type GachaConfig } from './gacha.config.ts'
import { isGachaState, pullMany } from './gacha.rules.ts'
import { type HmacSha256, portableHmacSha256 } from './hmac-sha256.ts'
import {
  type GachaReceipt,
  gachaOutcomeRecord,
  gachaReceiptShape,
  gachaStateFrom,
  gachaStateRecord,
  type Receipt,
  receiptHash,
  type SlotReceipt,
  slotOutcomeRecord,
  slotReceiptShape,
  slotStateRecord,
  stockRecord,
} from './receipt.ts'
import { complaints } from './shape.ts'
import { checkSlotConfig, type SlotConfig } from './slot.config.ts'
import { playSlot } from './slot.rules.ts'
import { commitmentOf, drawsForRound } from './stream.ts'

export type StepName =
  | 'shape'
  | 'receipt_hash'
  | 'config'
  | 'commitment'
  | 'state_before'
  | 'stock_before'
  | 'stake'
  | 'draws'
  | 'outcome'
  | 'win'
  | 'state_after'

/** One thing that was looked at: what the receipt says, what it has to say, and whether the two agree. */
export type VerifyStep = {
  readonly step: StepName
  readonly ok: boolean
  /** In words: what was hashed or computed, or what is wrong. */
  readonly what: string
  readonly expected: string
  readonly found: string
}

/** One block of the stream: the message that was hashed under the server seed, and the 32 bytes it gave. */
export type StreamBlock = { readonly message: string; readonly hex: string }

export type Verification = {
  /**
   * `verified`: decided again, everything agrees. `wrong`: something does not, see the steps. `not_revealed`: what
   * can be checked agrees, but the server seed is still secret, so the round cannot be decided again yet.
   */
  readonly verdict: 'verified' | 'wrong' | 'not_revealed'
  readonly steps: readonly VerifyStep[]
  readonly blocks: readonly StreamBlock[]
  readonly draws: readonly Draw[]
}

type Options = {
  /** The published configuration, for receipts that do not enclose it. */
  readonly config?: unknown
  readonly hmacSha256?: HmacSha256
}

/**
 * Decides a round again from its receipt and says step by step what agrees. Needs no server: a stranger's
 * receipt, from a file or a form, may be anything at all; this never throws.
 *
 * That the commitment was published before the client seed was chosen, and that the configuration was the
 * published one at that time, a receipt cannot prove: compare both with what the platform showed then.
 */
export function verifyReceipt(receipt: unknown, options: Options = {}): Verification {
  const misshapen = complaintsAboutReceipt(receipt)
  const shape = stepOf('shape', 'Every field is there and of its kind', '', misshapen.join('; '))
  if (misshapen.length > 0) return { verdict: 'wrong', steps: [shape], blocks: [], draws: [] }

  const shaped = receipt as Receipt // the shape has just been checked
  const config = shaped.config ?? options.config
  const [seal, published, committed] = [sealStep(shaped), configStep(shaped, config), commitmentStep(shaped)]
  const steps = [shape, seal, published, committed]
  // Without the right table and the right seed there is nothing to compare with; a wrong seal is no reason to stop.
  if (!published.ok || !committed.ok) return { verdict: 'wrong', steps, blocks: [], draws: [] }
  if (shaped.server_seed === null) return { verdict: seal.ok ? 'not_revealed' : 'wrong', steps, blocks: [], draws: [] }

  const { steps: played, blocks, draws } = decideAgain(shaped, config, options.hmacSha256 ?? portableHmacSha256)
  const all = [...steps, ...played]
  return { verdict: all.every((step) => step.ok) ? 'verified' : 'wrong', steps: all, blocks, draws }
}

function complaintsAboutReceipt(receipt: unknown): string[] {
  const isGacha = typeof receipt === 'object' && receipt !== null && 'game' in receipt && receipt.game === 'gacha'
  return complaints(isGacha ? gachaReceiptShape : slotReceiptShape, receipt, 'receipt')
}

function sealStep(receipt: Receipt): VerifyStep {
  return stepOf('receipt_hash', 'SHA-256 of the receipt as canonical JSON', receiptHash(receipt), receipt.receipt_hash)
}

function configStep(receipt: Receipt, config: unknown): VerifyStep {
  const what = 'SHA-256 of the configuration as canonical JSON'
  if (typeof config !== 'object' || config === null) {
    return stepOf(
      'config',
      'The configuration is neither in the receipt nor given with it',
      receipt.config_hash,
      'none',
    )
  }
  const reasons = receipt.game === 'slot' ? checkSlotConfig(config) : checkGachaConfig(config)
  if (reasons.length > 0) return stepOf('config', 'The configuration can be drawn from', '', reasons.join('; '))
  return stepOf('config', what, configHash(config), receipt.config_hash)
}

function commitmentStep({ commitment, server_seed: seed }: Receipt): VerifyStep {
  if (seed === null) return stepOf('commitment', 'The server seed is not revealed yet', commitment, commitment)
  return stepOf('commitment', 'SHA-256 of the 32 bytes of the server seed', commitmentOf(hexToBytes(seed)), commitment)
}

/** Plays the round from the seeds and compares everything the receipt says about it. */
function decideAgain(
  receipt: Receipt,
  config: unknown,
  hmacSha256: HmacSha256,
): { readonly steps: readonly VerifyStep[]; readonly blocks: readonly StreamBlock[]; readonly draws: readonly Draw[] } {
  const blocks: StreamBlock[] = []
  const watched: HmacSha256 = (key, message) => {
    const block = hmacSha256(key, message)
    blocks.push({ message, hex: bytesToHex(block) })
    return block
  }
  const serverSeed = hexToBytes(receipt.server_seed ?? '')
  const seeds = { serverSeed, clientSeed: receipt.client_seed, nonce: receipt.nonce }
  const draws = recordingDraws(drawsForRound(seeds, watched))
  try {
    const steps =
      receipt.game === 'slot'
        ? playSlotAgain(receipt, config as SlotConfig, draws) // `configStep` has checked both
        : pullGachaAgain(receipt, config as GachaConfig, draws)
    return { steps: [drawsStep(draws.drawn, receipt.draws), ...steps], blocks, draws: draws.drawn }
  } catch (error) {
    // The rules refuse what no honest round contains, such as a bet outside its bounds.
    const reason = error instanceof Error ? error.message : String(error)
    return { steps: [stepOf('outcome', 'The round can be played at all', '', reason)], blocks, draws: draws.drawn }
  }
}

function playSlotAgain(receipt: SlotReceipt, config: SlotConfig, draws: Parameters<typeof playSlot>[3]): VerifyStep[] {
  const outcome = playSlot(config, receipt.state_before, BigInt(receipt.stake), draws)
  return [
    sameStep('outcome', 'Where the reels stopped and what that pays', slotOutcomeRecord(outcome), receipt.outcome),
    stepOf(
      'win',
      'bet × pay × (100 + bonus) × variation ÷ 10^7, rounded down',
      String(outcome.win),
      String(receipt.win),
    ),
    sameStep(
      'state_after',
      'The streak after this spin',
      slotStateRecord({ streak: outcome.streakAfter }),
      receipt.state_after,
    ),
  ]
}

function pullGachaAgain(
  receipt: GachaReceipt,
  config: GachaConfig,
  draws: Parameters<typeof pullMany>[4],
): VerifyStep[] {
  const count = receipt.outcome.pulls.length
  const price = count === 1 ? config.priceTokens.one : config.priceTokens.ten
  const before = gachaStateFrom(receipt.state_before)
  const stock = new Map(receipt.stock_before.map(({ item, left }) => [item, left]))
  const { pulls, stateAfter } = pullMany(config, before, stock, count, draws)
  const stakeIsRight = receipt.stake === price && (count === 1 || count === 10)
  return [
    stepOf('state_before', 'The counters are of a player who can exist', 'true', String(isGachaState(config, before))),
    sameStep(
      'stock_before',
      'Every limited prize, and no more left than there were',
      stockRecord(config, stock),
      receipt.stock_before,
    ),
    stepOf(
      'stake',
      'One pull or ten, at the published price',
      `${price} for 1 or 10`,
      `${receipt.stake} for ${count}`,
      {
        ok: stakeIsRight,
      },
    ),
    sameStep(
      'outcome',
      'What was drawn, what it is granted as, and the prize',
      gachaOutcomeRecord(pulls),
      receipt.outcome,
    ),
    stepOf('win', 'A pull pays prizes, no tokens', '0', String(receipt.win)),
    sameStep('state_after', 'The counters after these pulls', gachaStateRecord(stateAfter), receipt.state_after),
  ]
}

function drawsStep(drawn: readonly Draw[], listed: readonly Draw[]): VerifyStep {
  return sameStep('draws', 'The whole numbers that the stream of the two seeds gives', drawn, listed)
}

function sameStep(step: StepName, what: string, expected: unknown, found: unknown): VerifyStep {
  return stepOf(step, what, canonicalJson(expected), canonicalJson(found))
}

function stepOf(
  step: StepName,
  what: string,
  expected: string,
  found: string,
  { ok } = { ok: expected === found },
): VerifyStep {
  return { step, ok, what, expected, found }
}
