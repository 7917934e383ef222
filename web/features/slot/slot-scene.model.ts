// The slot scene as a pure state machine. The server has decided before anything is shown; this only says what is
// being performed, what may be asked next, and what the player knows so far. Amounts are whole tokens, times are
// milliseconds of one monotonic clock.

import {
  awaits,
  newSitting,
  type Sitting,
  type SittingHappening,
  withRead,
  withRound,
} from '#features/stage/sitting.model.ts'

export type Reels = readonly [string, string, string]

/** What the server answered. `streak` and `balance` are those after the round. */
export type Round = {
  readonly roundId: string
  readonly bet: number
  readonly reels: Reels
  readonly win: number
  readonly isJackpot: boolean
  readonly streak: number
  readonly streakBonusPercent: number
  readonly balance: number
}

/** What the list of results shows of a round. */
export type LatestRound = Pick<Round, 'roundId' | 'bet' | 'reels' | 'win' | 'isJackpot'>

/** One stake. The key stays the same however often it is sent, so that it is charged once at most. */
export type Ask = { readonly key: string; readonly bet: number }

/** How much ado a result deserves. Getting back no more than the stake is not a win and is not dressed up as one. */
export type Proportion = 'loss' | 'returned' | 'win' | 'big_win' | 'jackpot'

export type Stage =
  | { readonly phase: 'idle' }
  /** Sent; the reels wind up. */
  | { readonly phase: 'asking'; readonly ask: Ask }
  /** The reels are at speed and the server has not answered yet. */
  | { readonly phase: 'spinning'; readonly ask: Ask }
  /** The answer is here; the reels have not begun to stop. */
  | { readonly phase: 'answered'; readonly ask: Ask; readonly round: Round }
  | { readonly phase: 'stopping'; readonly ask: Ask; readonly round: Round; readonly stopped: number }
  | { readonly phase: 'celebrating'; readonly round: Round; readonly proportion: Proportion }
  | { readonly phase: 'settled'; readonly round: Round; readonly proportion: Proportion }
  | { readonly phase: 'refused'; readonly code: string; readonly sentence: string }
  /** Nobody here knows whether the stake was placed. Only sending the same key again can tell. */
  | { readonly phase: 'unknown'; readonly ask: Ask; readonly attempts: number; readonly isChecking: boolean }

export type Session = Sitting<LatestRound>

export type Scene = {
  readonly stage: Stage
  readonly bet: number
  /** The last balance the server told us and the player has seen. Null until the wallet is loaded. */
  readonly balance: number | null
  readonly streak: number
  /** When the last stake was first sent. */
  readonly stakedAt: number | null
  readonly session: Session
}

export type Happening =
  | { readonly type: 'spin_asked'; readonly key: string; readonly at: number; readonly millisecondsBetween: number }
  | { readonly type: 'reels_at_speed' }
  | { readonly type: 'answered'; readonly key: string; readonly round: Round }
  | { readonly type: 'refused'; readonly key: string; readonly code: string; readonly sentence: string }
  | { readonly type: 'line_lost'; readonly key: string }
  | { readonly type: 'asked_again' }
  | { readonly type: 'stop_begun' }
  | { readonly type: 'reel_stopped' }
  | { readonly type: 'shown_at_once' }
  | { readonly type: 'celebration_ended' }
  | { readonly type: 'bet_chosen'; readonly bet: number }
  | { readonly type: 'wallet_read'; readonly balance: number }
  | { readonly type: 'streak_read'; readonly streak: number }
  | SittingHappening<LatestRound>

export const latestShown = 8

export const newScene = (bet: number): Scene => ({
  stage: { phase: 'idle' },
  bet,
  balance: null,
  streak: 0,
  stakedAt: null,
  session: newSitting,
})

export function proportionOf({ bet, win, isJackpot }: Pick<Round, 'bet' | 'win' | 'isJackpot'>): Proportion {
  if (isJackpot) return 'jackpot'
  if (win >= bet * 10) return 'big_win'
  if (win > bet) return 'win'
  return win > 0 ? 'returned' : 'loss'
}

export const deservesCelebration = (proportion: Proportion): boolean =>
  proportion === 'win' || proportion === 'big_win' || proportion === 'jackpot'

/** The reels that make up the win, left to right from 0; none when nothing was won. Pairs must touch. */
export function winningReels([first, second, third]: Reels): readonly number[] {
  if (first === second && second === third) return [0, 1, 2]
  if (first === second) return [0, 1]
  if (second === third) return [1, 2]
  return []
}

/** The stake that is under way and not yet part of any balance the server told us. */
function stakeUnderWay(stage: Stage): number {
  switch (stage.phase) {
    case 'asking':
    case 'spinning':
    case 'answered':
    case 'stopping':
    case 'unknown':
      return stage.ask.bet
    default:
      return 0
  }
}

/** What the player sees while the reels turn: the stake has left, the win has not arrived. */
export function shownBalance({ balance, stage }: Scene): number | null {
  return balance === null ? null : balance - stakeUnderWay(stage)
}

export function isBusy({ phase }: Stage): boolean {
  return phase === 'asking' || phase === 'spinning' || phase === 'answered' || phase === 'stopping'
}

/** Milliseconds until the next stake may be placed, counted from when the last one was. */
export function waitBeforeStake(scene: Scene, at: number, millisecondsBetween: number): number {
  return scene.stakedAt === null ? 0 : Math.max(0, scene.stakedAt + millisecondsBetween - at)
}

export function maySpin(scene: Scene, at: number, millisecondsBetween: number): boolean {
  const { phase } = scene.stage
  const isFree = phase === 'idle' || phase === 'settled' || phase === 'refused' || phase === 'celebrating'
  return isFree && waitBeforeStake(scene, at, millisecondsBetween) === 0
}

/** A stake from an earlier visit whose end was never heard of. */
export const rememberedAsk = (scene: Scene, ask: Ask): Scene =>
  scene.stage.phase === 'idle' ? { ...scene, stage: { phase: 'unknown', ask, attempts: 1, isChecking: false } } : scene

/** What the last reel reveals: only now do balance, streak and session know of the round. */
function reveal(scene: Scene, round: Round): Scene {
  const proportion = proportionOf(round)
  return {
    ...scene,
    stage: deservesCelebration(proportion)
      ? { phase: 'celebrating', round, proportion }
      : { phase: 'settled', round, proportion },
    balance: round.balance,
    streak: round.streak,
    session: withRound(scene.session, round, round.win - round.bet, latestShown),
  }
}

export function next(scene: Scene, happening: Happening): Scene {
  const { stage } = scene
  switch (happening.type) {
    case 'spin_asked': {
      // A second tap asks for nothing more, and neither does a tap that comes too soon.
      if (!maySpin(scene, happening.at, happening.millisecondsBetween)) return scene
      return {
        ...scene,
        stage: { phase: 'asking', ask: { key: happening.key, bet: scene.bet } },
        stakedAt: happening.at,
      }
    }
    case 'reels_at_speed':
      return stage.phase === 'asking' ? { ...scene, stage: { phase: 'spinning', ask: stage.ask } } : scene
    case 'answered': {
      if (!awaits(stage, happening.key, 'asking', 'spinning', 'unknown')) return scene
      return { ...scene, stage: { phase: 'answered', ask: stage.ask, round: happening.round } }
    }
    case 'refused': {
      if (!awaits(stage, happening.key, 'asking', 'spinning', 'unknown')) return scene
      return { ...scene, stage: { phase: 'refused', code: happening.code, sentence: happening.sentence } }
    }
    case 'line_lost': {
      if (!awaits(stage, happening.key, 'asking', 'spinning', 'unknown')) return scene
      const attempts = stage.phase === 'unknown' ? stage.attempts : 0
      return { ...scene, stage: { phase: 'unknown', ask: stage.ask, attempts: attempts + 1, isChecking: false } }
    }
    case 'asked_again':
      // The reels stay at rest while the same key travels once more: nothing may suggest a new spin.
      return stage.phase === 'unknown' ? { ...scene, stage: { ...stage, isChecking: true } } : scene
    case 'stop_begun':
      return stage.phase === 'answered' ? { ...scene, stage: { ...stage, phase: 'stopping', stopped: 0 } } : scene
    case 'reel_stopped': {
      if (stage.phase !== 'stopping') return scene
      const stopped = stage.stopped + 1
      return stopped < stage.round.reels.length
        ? { ...scene, stage: { ...stage, stopped } }
        : reveal(scene, stage.round)
    }
    case 'shown_at_once':
      return stage.phase === 'answered' ? reveal(scene, stage.round) : scene
    case 'celebration_ended':
      return stage.phase === 'celebrating' ? { ...scene, stage: { ...stage, phase: 'settled' } } : scene
    case 'bet_chosen':
      return isBusy(stage) || stage.phase === 'unknown' ? scene : { ...scene, bet: happening.bet }
    case 'wallet_read':
      // While a stake is under way the wallet may already contain its end; the reels tell that, not the wallet.
      return isBusy(stage) || stage.phase === 'unknown' ? scene : { ...scene, balance: happening.balance }
    case 'streak_read':
      return isBusy(stage) || stage.phase === 'unknown' ? scene : { ...scene, streak: happening.streak }
    case 'session_read':
    case 'latest_read': {
      const session = withRead(scene.session, happening, latestShown)
      return session === scene.session ? scene : { ...scene, session }
    }
  }
}
