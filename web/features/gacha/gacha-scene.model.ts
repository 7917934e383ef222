// The gacha scene as a pure state machine. The server has decided before anything is shown; this only says what is
// being revealed, what may be asked next, and what the player knows so far. Amounts are whole tokens, times are
// milliseconds of one monotonic clock.

import {
  awaits,
  newSitting,
  type Sitting,
  type SittingHappening,
  withRead,
  withRound,
} from '#features/stage/sitting.model.ts'

export const rarities = ['legendary', 'epic', 'rare', 'common'] as const
export type Rarity = (typeof rarities)[number]

export type Prize = {
  readonly itemId: string
  readonly name: string
  /** What was granted. */
  readonly rarity: Rarity
  /** The rarity that it was drawn to look like, one above; null for all but near misses. */
  readonly looksLike: 'epic' | 'legendary' | null
  readonly byPity: boolean
  /** Tokens that were given instead of a prize owned already; null for a new one. */
  readonly duplicateTokens: number | null
}

export type Count = 1 | 10

/** What the server answered. `balance` is that after the round. */
export type Round = {
  readonly roundId: string
  readonly count: Count
  readonly price: number
  readonly prizes: readonly Prize[]
  readonly duplicateTokens: number
  readonly balance: number
  /** What kind of result it was, and what was received: the server's own sentences. */
  readonly situation: string
  readonly summary: string
}

/** One paid pull. The key stays the same however often it is sent, so that it is charged once at most. */
export type Ask = { readonly key: string; readonly count: Count; readonly price: number }

export type Stage =
  | { readonly phase: 'idle' }
  /** Sent; the machine turns. `wantsSkip`: the player has asked to see everything at once. */
  | { readonly phase: 'asking'; readonly ask: Ask; readonly wantsSkip: boolean }
  /** The prize at place `at` is being revealed; those before it have been. */
  | { readonly phase: 'revealing'; readonly round: Round; readonly at: number }
  | { readonly phase: 'settled'; readonly round: Round; readonly wasSkipped: boolean }
  | { readonly phase: 'refused'; readonly code: string; readonly sentence: string }
  /** Nobody here knows whether the pull was made. Only sending the same key again can tell. */
  | { readonly phase: 'unknown'; readonly ask: Ask; readonly isChecking: boolean }

/** A round of an earlier visit or this one, as the list of results shows it. */
export type LatestRound = Pick<Round, 'roundId' | 'prizes' | 'price' | 'duplicateTokens'>

/** Ten pulls at once are one round of a sitting. Prizes are not tokens: its `net` knows duplicates and prices only. */
export type Session = Sitting<LatestRound>

export type Scene = {
  readonly stage: Stage
  /** The last balance the server told us and the player has seen. Null until the wallet is loaded. */
  readonly balance: number | null
  /** Pulls in a row below epic, as far as they have been shown. Null until they are loaded. */
  readonly misses: number | null
  readonly pullsLeft: number | null
  readonly settledAt: number | null
  readonly session: Session
}

export type Happening =
  | { readonly type: 'pull_asked'; readonly ask: Ask; readonly at: number }
  | { readonly type: 'answered'; readonly key: string; readonly round: Round; readonly at: number }
  | { readonly type: 'refused'; readonly key: string; readonly code: string; readonly sentence: string }
  | { readonly type: 'line_lost'; readonly key: string }
  | { readonly type: 'asked_again' }
  | { readonly type: 'prize_shown'; readonly at: number }
  | { readonly type: 'skipped'; readonly at: number }
  | { readonly type: 'wallet_read'; readonly balance: number }
  | { readonly type: 'standing_read'; readonly misses: number; readonly pullsLeft: number }
  | SittingHappening<LatestRound>

export const latestShown = 6
/** After a result, so that a tap meant for "next" or "skip" never buys another pull. */
export const restMs = 700

export const newScene: Scene = {
  stage: { phase: 'idle' },
  balance: null,
  misses: null,
  pullsLeft: null,
  settledAt: null,
  session: newSitting,
}

export const isEpicOrBetter = (rarity: Rarity): boolean => rarity === 'epic' || rarity === 'legendary'

/** The best of some prizes, or null of none. */
export function bestOf(prizes: readonly Prize[]): Rarity | null {
  return rarities.find((rarity) => prizes.some((prize) => prize.rarity === rarity)) ?? null
}

export const countOf = (prizes: readonly Prize[], rarity: Rarity): number =>
  prizes.filter((prize) => prize.rarity === rarity).length

/** Misses in a row after these prizes. */
export function missesAfter(misses: number, prizes: readonly Prize[]): number {
  return prizes.reduce((so, { rarity }) => (isEpicOrBetter(rarity) ? 0 : so + 1), misses)
}

const shownPrizes = ({ round, at }: Extract<Stage, { phase: 'revealing' }>) => round.prizes.slice(0, at)
const returned = (prizes: readonly Prize[]) => prizes.reduce((sum, each) => sum + (each.duplicateTokens ?? 0), 0)

/** What the player sees: the price has left, and what came for duplicates arrives as they are shown. */
export function shownBalance({ balance, stage }: Scene): number | null {
  if (balance === null) return null
  if (stage.phase === 'asking' || stage.phase === 'unknown') return balance - stage.ask.price
  if (stage.phase === 'revealing') return balance - stage.round.price + returned(shownPrizes(stage))
  return balance
}

/** The pity counter moves with what has been shown, so that it never tells of a prize beforehand. */
export function shownMisses({ misses, stage }: Scene): number | null {
  return misses !== null && stage.phase === 'revealing' ? missesAfter(misses, shownPrizes(stage)) : misses
}

export function isBusy({ phase }: Stage): boolean {
  return phase === 'asking' || phase === 'revealing'
}

/** Why the button for `count` pulls does nothing now; null when it does. `short` says how many tokens are missing. */
export type Obstacle =
  | { readonly why: 'loading' | 'busy' | 'unknown' | 'resting' }
  | { readonly why: 'short'; readonly missing: number }
  | { readonly why: 'limit'; readonly left: number }

export function obstacleTo(scene: Scene, count: Count, price: number, at: number): Obstacle | null {
  if (isBusy(scene.stage)) return { why: 'busy' }
  if (scene.stage.phase === 'unknown') return { why: 'unknown' }
  if (scene.balance === null || scene.pullsLeft === null) return { why: 'loading' }
  if (scene.pullsLeft < count) return { why: 'limit', left: scene.pullsLeft }
  if (scene.balance < price) return { why: 'short', missing: price - scene.balance }
  if (scene.settledAt !== null && at < scene.settledAt + restMs) return { why: 'resting' }
  return null
}

/** A pull from an earlier visit whose end was never heard of. Its price is in the wallet already, if it was charged. */
export const rememberedAsk = (scene: Scene, ask: Pick<Ask, 'key' | 'count'>): Scene =>
  scene.stage.phase === 'idle'
    ? { ...scene, stage: { phase: 'unknown', ask: { ...ask, price: 0 }, isChecking: false } }
    : scene

/** All has been shown: only now do balance, counters and sitting know of the round. */
function settle(scene: Scene, round: Round, at: number, wasSkipped: boolean): Scene {
  return {
    ...scene,
    stage: { phase: 'settled', round, wasSkipped },
    balance: round.balance,
    misses: scene.misses === null ? null : missesAfter(scene.misses, round.prizes),
    pullsLeft: scene.pullsLeft === null ? null : Math.max(0, scene.pullsLeft - round.count),
    settledAt: at,
    session: withRound(scene.session, round, round.duplicateTokens - round.price, latestShown),
  }
}

export function next(scene: Scene, happening: Happening): Scene {
  const { stage } = scene
  switch (happening.type) {
    case 'pull_asked': {
      // A second tap asks for nothing more, and neither does one that comes too soon or cannot be paid.
      if (obstacleTo(scene, happening.ask.count, happening.ask.price, happening.at)) return scene
      return { ...scene, stage: { phase: 'asking', ask: happening.ask, wantsSkip: false } }
    }
    case 'answered': {
      if (!awaits(stage, happening.key, 'asking', 'unknown')) return scene
      // What was lost and found again is told, not performed.
      const isPlain = stage.phase === 'unknown' || stage.wantsSkip
      return isPlain
        ? settle(scene, happening.round, happening.at, true)
        : { ...scene, stage: { phase: 'revealing', round: happening.round, at: 0 } }
    }
    case 'refused': {
      if (!awaits(stage, happening.key, 'asking', 'unknown')) return scene
      return { ...scene, stage: { phase: 'refused', code: happening.code, sentence: happening.sentence } }
    }
    case 'line_lost': {
      if (!awaits(stage, happening.key, 'asking', 'unknown')) return scene
      return { ...scene, stage: { phase: 'unknown', ask: stage.ask, isChecking: false } }
    }
    case 'asked_again':
      return stage.phase === 'unknown' ? { ...scene, stage: { ...stage, isChecking: true } } : scene
    case 'prize_shown': {
      if (stage.phase !== 'revealing') return scene
      const at = stage.at + 1
      return at < stage.round.prizes.length
        ? { ...scene, stage: { ...stage, at } }
        : settle(scene, stage.round, happening.at, false)
    }
    case 'skipped': {
      if (stage.phase === 'asking') return { ...scene, stage: { ...stage, wantsSkip: true } }
      return stage.phase === 'revealing' ? settle(scene, stage.round, happening.at, true) : scene
    }
    case 'wallet_read':
      // While a pull is under way the wallet may already contain its end; the reveal tells that, not the wallet.
      return isBusy(stage) || (stage.phase === 'unknown' && scene.balance !== null)
        ? scene
        : { ...scene, balance: happening.balance }
    case 'standing_read':
      return isBusy(stage) ? scene : { ...scene, misses: happening.misses, pullsLeft: happening.pullsLeft }
    case 'session_read':
    case 'latest_read': {
      const session = withRead(scene.session, happening, latestShown)
      return session === scene.session ? scene : { ...scene, session }
    }
  }
}
