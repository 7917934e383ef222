import { type Draws, recordingDraws } from '@casino-club/fairness/draws.ts'
import {
  type GachaConfig,
  type GachaItem,
  isGachaConfig,
  RARITIES,
  type Rarity,
} from '@casino-club/fairness/gacha.config.ts'
import {
  type Animation,
  animationOfBatch,
  type GachaState,
  newGachaState,
  pullMany,
  type Stock,
  stateUnder,
} from '@casino-club/fairness/gacha.rules.ts'
import {
  type GachaReceipt,
  type GachaStateRecord,
  gachaOutcomeRecord,
  gachaStateFrom,
  gachaStateRecord,
  type PullRecord,
  sealReceipt,
  stockRecord,
} from '@casino-club/fairness/receipt.ts'
import type { Game } from '#modules/rounds/game.ts'
import { Bug } from '#vocabulary/failure.ts'
import { pullCountNotOffered } from './contract.ts'

/** What is remembered of a player between pulls: the counters that chances depend on, and figures to look at. */
export type GachaMemory = GachaState & { readonly granted?: Readonly<Record<Rarity, number>> }

export type GachaInput = { readonly pulls: number }

/** What a player's pulls look at besides the saved counters. */
export type GachaBeside = { readonly stock: Stock; readonly owned: ReadonlySet<string> }

/** A pull as kept with its round. `duplicate_tokens`: what was given instead of a prize already owned; null if new. */
export type KeptPull = PullRecord & { readonly duplicate_tokens: number | null }

/** What a round of pulls shows, as kept with the round. JSON. */
export type GachaShown = {
  readonly pulls: readonly KeptPull[]
  readonly state_before: GachaStateRecord
  readonly state_after: GachaStateRecord
  readonly stock_before: GachaReceipt['stock_before']
}

/** The gacha's part of the game that only reckons; `play-gacha.ts` adds the shelf. The arithmetic is the fairness package's. */
export const gachaRules: Omit<Game<GachaConfig, GachaMemory, GachaInput, GachaShown, GachaBeside>, 'openShelf'> = {
  id: 'gacha',
  till: 'gacha',
  isConfig: isGachaConfig,
  newState: newGachaState,
  stakeOf: ({ priceTokens }, { pulls }) => {
    if (pulls === 1) return BigInt(priceTokens.one)
    if (pulls === 10) return BigInt(priceTokens.ten)
    throw pullCountNotOffered.with({ pull_count: pulls })
  },
  partsOf: ({ pulls }) => [pulls],
  countOf: ({ pulls }) => pulls,
  dailyLimit: ({ dailyPulls }, rank) => dailyPulls[rank],
  play: (config, { state, beside }, { pulls: count }, draws) => {
    const before = stateUnder(config, state)
    const { pulls, stateAfter } = pullMany(config, before, beside.stock, count, draws)
    const owned = new Set(beside.owned)
    const kept = gachaOutcomeRecord(pulls).pulls.map((pull): KeptPull => {
      const duplicateTokens = owned.has(pull.item) ? config.duplicateTokens[pull.granted] : null
      owned.add(pull.item)
      return { ...pull, duplicate_tokens: duplicateTokens }
    })
    const granted = { ...(state.granted ?? { legendary: 0, epic: 0, rare: 0, common: 0 }) }
    for (const pull of kept) granted[pull.granted] += 1
    return {
      payout: kept.reduce((sum, each) => sum + BigInt(each.duplicate_tokens ?? 0), 0n),
      state: { ...stateAfter, granted },
      streak: 0,
      outcome: {
        pulls: kept,
        state_before: gachaStateRecord(before),
        state_after: gachaStateRecord(stateAfter),
        stock_before: stockRecord(config, beside.stock),
      },
    }
  },
  receiptOf: (config, { stake, outcome }, envelope, draws) => {
    const recorded = recordingDraws(draws)
    const stock = new Map(outcome.stock_before.map(({ item, left }) => [item, left]))
    pullMany(config, gachaStateFrom(outcome.state_before), stock, outcome.pulls.length, recorded)
    return sealReceipt({
      ...envelope,
      game: 'gacha',
      stake: Number(stake),
      // Tokens for duplicates depend on what the player owned, which is not part of the draw.
      win: 0,
      state_before: outcome.state_before,
      state_after: outcome.state_after,
      stock_before: outcome.stock_before,
      draws: recorded.drawn,
      outcome: { pulls: outcome.pulls.map(({ duplicate_tokens: _, ...pull }) => pull) },
    })
  },
}

/**
 * The limited prizes that these pulls may take, as far as `stock` says that there are any left: those that are drawn,
 * and those of the same rarity, one of which is granted in the place of another that is gone. `stock` may be older
 * than the pulls and say too much, never too little. Which rarity comes does not depend on it.
 */
export function contestedPrizes(
  config: GachaConfig,
  state: GachaState,
  stock: Stock,
  count: number,
  draws: Draws,
): string[] {
  const { pulls } = pullMany(config, stateUnder(config, state), stock, count, draws)
  const rarities = new Set(pulls.filter(({ item }) => stock.has(item)).map(({ granted }) => granted))
  return [...rarities]
    .flatMap((rarity) => config.prizes[rarity].rows)
    .flatMap(({ id }) => ((stock.get(id) ?? 0) > 0 ? [id] : []))
}

/** @throws Bug when the configuration does not know it. */
export function itemOf(config: GachaConfig, id: string): { readonly item: GachaItem; readonly rarity: Rarity } {
  for (const rarity of RARITIES) {
    const item = config.prizes[rarity].rows.find((each) => each.id === id)
    if (item) return { item, rarity }
  }
  throw new Bug(`no prize is called ${id}`)
}

/** The pieces of each limited prize of a configuration, and null for each that there is no end of. */
export function piecesOf(config: GachaConfig): Map<string, number | null> {
  return new Map(RARITIES.flatMap((rarity) => config.prizes[rarity].rows).map(({ id, stock }) => [id, stock]))
}

/** What the player is told, by the best that came. States what happened; never what to do next. */
export function animationOfPulls(pulls: readonly KeptPull[]): Animation {
  return animationOfBatch(pulls.map(({ by_pity: byPity, ...pull }) => ({ ...pull, byPity })))
}

export type SpecialAnimation = 'legendary_reveal' | 'epic_reveal' | null

export function specialAnimationOf(animation: Animation): SpecialAnimation {
  if (animation === 'legendary') return 'legendary_reveal'
  return animation === 'epic' ? 'epic_reveal' : null
}

/** An epic or a legendary that somebody received. `place` is the pull's, from 0. */
export type Winning = {
  readonly playerId: bigint
  readonly roundId: bigint
  readonly place: number
  readonly rarity: 'epic' | 'legendary'
  readonly item: GachaItem
  readonly wonAt: Date
}

export function winningsIn(
  round: { readonly playerId: bigint; readonly id: bigint; readonly playedAt: Date },
  config: GachaConfig,
  pulls: readonly KeptPull[],
): Winning[] {
  return pulls.flatMap(({ item: id, granted: rarity }, place) => {
    if (rarity !== 'epic' && rarity !== 'legendary') return []
    const { item } = itemOf(config, id)
    return [{ playerId: round.playerId, roundId: round.id, place, rarity, item, wonAt: round.playedAt }]
  })
}

/** The latest `kept` of each rarity, newest first. */
export function latestWinnings(winnings: readonly Winning[], kept: number): Winning[] {
  const newestFirst = winnings.toSorted(
    (a, b) => Number(b.wonAt) - Number(a.wonAt) || Number(b.roundId - a.roundId) || b.place - a.place,
  )
  const ofRarity = (rarity: Winning['rarity']) => newestFirst.filter((each) => each.rarity === rarity).slice(0, kept)
  return [...ofRarity('legendary'), ...ofRarity('epic')]
}
