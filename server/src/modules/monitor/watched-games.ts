import type { GachaConfig } from '@casino-club/fairness/gacha.config.ts'
import { addPulls, type GachaCounts, noPulls, observeGacha } from '@casino-club/fairness/gacha.observed.ts'
import { gachaStateFrom } from '@casino-club/fairness/receipt.ts'
import type { SlotConfig } from '@casino-club/fairness/slot.config.ts'
import { addSpin, noSpins, type Observed, observeSlot, type SlotCounts } from '@casino-club/fairness/slot.observed.ts'
import { type GachaShown, gachaRules } from '#modules/gacha/gacha.rules.ts'
import { type SlotShown, slot } from '#modules/slot/slot.rules.ts'

/** What the monitor knows of a game: how a kept round is counted, and what the counts say. Pure. */
export type WatchedGame<Config, Counts> = {
  readonly isConfig: (config: unknown) => config is Config
  readonly none: () => Counts
  /** Counts a round in; how many of its draws were impossible, or were made in all, is in the counts. */
  readonly add: (config: Config, counts: Counts, round: KeptRound) => void
  readonly observe: (config: Config, counts: Counts, alpha: number) => Observed
  readonly drawsIn: (counts: Counts) => number
  readonly impossibleIn: (counts: Counts) => number
}

export type KeptRound = { readonly stake: bigint; readonly payout: bigint; readonly outcome: unknown }

/** A game whose types the monitor does not need to know. */
export type AnyWatchedGame = WatchedGame<unknown, unknown>

const watchedSlot: WatchedGame<SlotConfig, SlotCounts> = {
  isConfig: slot.isConfig,
  none: noSpins,
  add: (config, counts, { stake, payout, outcome }) => {
    // The game's name says the shape; its module wrote it.
    const shown = outcome as SlotShown
    const { reels, streak_bonus_percent: streakBonusPercent, variation_permille: variationPermille } = shown
    addSpin(config, counts, { reels, streakBonusPercent, variationPermille, stake, payout })
  },
  observe: observeSlot,
  drawsIn: ({ spins }) => spins,
  impossibleIn: ({ impossible }) => impossible,
}

const watchedGacha: WatchedGame<GachaConfig, GachaCounts> = {
  isConfig: gachaRules.isConfig,
  none: noPulls,
  add: (config, counts, { outcome }) => {
    const { state_before: before, stock_before: stock, pulls } = outcome as GachaShown
    addPulls(config, counts, {
      before: gachaStateFrom(before),
      stock: new Map(stock.map(({ item, left }) => [item, left])),
      pulls,
    })
  },
  observe: observeGacha,
  drawsIn: ({ pulls }) => pulls,
  impossibleIn: ({ impossible }) => impossible,
}

/** Every game there is; a round of another one is a mistake in this list. */
export const WATCHED_GAMES: Readonly<Record<string, AnyWatchedGame>> = {
  // Sound because each is only ever handed its own configurations and counts back.
  slot: watchedSlot as unknown as AnyWatchedGame,
  gacha: watchedGacha as unknown as AnyWatchedGame,
}
