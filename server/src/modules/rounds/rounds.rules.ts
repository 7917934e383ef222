import { MINUTE, nextSeoulMidnight, SECOND, seoulDay } from '#vocabulary/clock.ts'

/** A session ends with this much silence. */
export const SESSION_GAP_MS = 30 * MINUTE

/** What is remembered of a player in a game, as locked for a round. Amounts in tokens. */
export type PlayState = {
  readonly playerId: bigint
  readonly game: string
  readonly state: unknown
  readonly day: string
  readonly roundsToday: number
  readonly rounds: bigint
  readonly wins: bigint
  readonly staked: bigint
  readonly paid: bigint
  readonly biggestWin: bigint
  readonly bestStreak: bigint
  readonly playSeconds: bigint
  readonly lastPlayedAt: Date | null
  readonly sessionNumber: bigint
  readonly sessionStarted: Date | null
  readonly sessionRounds: bigint
  readonly sessionStaked: bigint
  readonly sessionPaid: bigint
}

/** A session that a new round has shown to be over. */
export type EndedSession = {
  readonly playerId: bigint
  readonly game: string
  readonly number: bigint
  readonly startedAt: Date
  readonly endedAt: Date
  readonly rounds: bigint
  readonly staked: bigint
  readonly paid: bigint
}

/**
 * The player's day that a round at `at` counts for. Once tomorrow has been counted it stays tomorrow: two processes whose
 * clocks differ by a moment at midnight, and a clock that is set back, would otherwise begin the limit anew each time. A
 * day further ahead was a clock gone wrong, and nobody has to wait until it comes.
 */
function dayCounted(before: PlayState, at: Date): string {
  const today = seoulDay(at)
  return before.day > today && before.day === seoulDay(nextSeoulMidnight(at)) ? before.day : today
}

/** Rounds already counted on the player's day of `at`: ten pulls paid together are ten. */
export function roundsOnDay(before: PlayState, at: Date): number {
  return before.day === dayCounted(before, at) ? before.roundsToday : 0
}

export function sinceLast(before: PlayState, at: Date): number | null {
  return before.lastPlayedAt === null ? null : Math.max(0, at.getTime() - before.lastPlayedAt.getTime())
}

/** Counts one round in, and closes the session before it when that has been quiet for too long. */
export function afterRound(
  before: PlayState,
  round: { stake: bigint; payout: bigint; state: unknown; streak: number; count: number; at: Date },
): { after: PlayState; ended: EndedSession | null } {
  const { stake, payout, count, at } = round
  const gap = sinceLast(before, at)
  const goesOn = gap !== null && gap < SESSION_GAP_MS
  const streak = BigInt(round.streak)
  return {
    after: {
      ...before,
      state: round.state,
      day: dayCounted(before, at),
      roundsToday: roundsOnDay(before, at) + count,
      rounds: before.rounds + 1n,
      wins: before.wins + (payout > 0n ? 1n : 0n),
      staked: before.staked + stake,
      paid: before.paid + payout,
      biggestWin: payout > before.biggestWin ? payout : before.biggestWin,
      bestStreak: streak > before.bestStreak ? streak : before.bestStreak,
      playSeconds: before.playSeconds + (goesOn ? BigInt(Math.round(gap / SECOND)) : 0n),
      lastPlayedAt: at,
      sessionNumber: goesOn ? before.sessionNumber : before.sessionNumber + 1n,
      sessionStarted: goesOn ? before.sessionStarted : at,
      sessionRounds: (goesOn ? before.sessionRounds : 0n) + 1n,
      sessionStaked: (goesOn ? before.sessionStaked : 0n) + stake,
      sessionPaid: (goesOn ? before.sessionPaid : 0n) + payout,
    },
    ended: goesOn ? null : endedSession(before),
  }
}

/** When the session under way was last played in: not before it started, though a clock may have been set back in it. */
export function sessionPlayedUntil({ sessionStarted, lastPlayedAt }: PlayState): Date | null {
  if (sessionStarted === null || lastPlayedAt === null) return null
  return lastPlayedAt < sessionStarted ? sessionStarted : lastPlayedAt
}

function endedSession(before: PlayState): EndedSession | null {
  const endedAt = sessionPlayedUntil(before)
  if (before.sessionStarted === null || endedAt === null) return null
  return {
    playerId: before.playerId,
    game: before.game,
    number: before.sessionNumber,
    startedAt: before.sessionStarted,
    endedAt,
    rounds: before.sessionRounds,
    staked: before.sessionStaked,
    paid: before.sessionPaid,
  }
}

/** `part` of `whole` in parts per million, rounded down; null of nothing. */
export function partsPerMillion(part: bigint, whole: bigint): number | null {
  return whole === 0n ? null : Number((part * 1_000_000n) / whole)
}
