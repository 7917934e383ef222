import { type Draws, recordingDraws } from '@casino-club/fairness/draws.ts'
import { sealReceipt } from '@casino-club/fairness/receipt.ts'
import { isSlotConfig, type SlotConfig } from '@casino-club/fairness/slot.config.ts'
import { newSlotState, playSlot, type SlotState, slotStateAt } from '@casino-club/fairness/slot.rules.ts'
import type { Game } from '#modules/rounds/game.ts'
import { betOutOfRange } from './contract.ts'

/** What a spin shows, as kept with the round. JSON. */
export type SlotShown = {
  readonly reels: readonly [string, string, string]
  readonly combination: string
  readonly pay_hundredths: number
  readonly streak: number
  readonly streak_bonus_percent: number
  readonly variation_permille: number
  readonly is_jackpot: boolean
}

export type SlotInput = { readonly betTokens: bigint }

/** The slot, for the engine. The arithmetic is the fairness package's: the object that is published is drawn from. */
export const slot: Game<SlotConfig, SlotState, SlotInput, SlotShown> = {
  id: 'slot',
  till: 'slot',
  isConfig: isSlotConfig,
  newState: () => newSlotState,
  stakeOf: ({ bet }, { betTokens }) => {
    if (betTokens < BigInt(bet.min) || betTokens > BigInt(bet.max))
      throw betOutOfRange.with({ min: bet.min, max: bet.max })
    return betTokens
  },
  partsOf: ({ betTokens }) => [betTokens],
  countOf: () => 1,
  dailyLimit: ({ dailySpins }, rank) => dailySpins[rank],
  play: (config, { state, sinceLastMs }, { betTokens }, draws: Draws) => {
    const spin = playSlot(config, slotStateAt(config, state, sinceLastMs), betTokens, draws)
    const { kind, symbol } = spin.combination
    return {
      payout: spin.win,
      state: { streak: spin.streakAfter },
      streak: spin.streakAfter,
      outcome: {
        reels: spin.reels,
        combination: symbol === null ? kind : `${kind}:${symbol}`,
        pay_hundredths: spin.payHundredths,
        streak: spin.streakAfter,
        streak_bonus_percent: spin.streakBonusPercent,
        variation_permille: spin.variationPermille,
        is_jackpot: spin.isJackpot,
      },
    }
  },
  receiptOf: (config, { stake, payout, outcome }, envelope, draws) => {
    const recorded = recordingDraws(draws)
    const before = { streak: outcome.streak - 1 }
    playSlot(config, before, stake, recorded)
    const [combination = '', symbol = null] = outcome.combination.split(':')
    return sealReceipt({
      ...envelope,
      game: 'slot',
      stake: Number(stake),
      win: Number(payout),
      state_before: before,
      state_after: { streak: outcome.streak },
      draws: recorded.drawn,
      outcome: {
        reels: outcome.reels,
        combination,
        symbol,
        pay_hundredths: outcome.pay_hundredths,
        streak_bonus_percent: outcome.streak_bonus_percent,
        variation_permille: outcome.variation_permille,
        is_jackpot: outcome.is_jackpot,
      },
    })
  },
}

export type SlotAnimation = 'win' | 'big_win' | 'jackpot' | null

/** How loudly a result is shown. No fanfare when the player got no more than the stake back. */
export function animationOf(stake: bigint, payout: bigint, isJackpot: boolean): SlotAnimation {
  if (isJackpot) return 'jackpot'
  if (payout >= stake * 10n) return 'big_win'
  return payout > stake ? 'win' : null
}
