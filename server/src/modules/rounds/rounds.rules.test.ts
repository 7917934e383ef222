import { describe, expect, test } from 'vitest'
import { HOUR, later, MINUTE, SECOND } from '#vocabulary/clock.ts'
import { afterRound, type PlayState, partsPerMillion, roundsOnDay, SESSION_GAP_MS, sinceLast } from './rounds.rules.ts'

const NOON = new Date('2026-11-23T03:00:00Z')

const never: PlayState = {
  playerId: 1n,
  game: 'slot',
  state: { streak: 0 },
  day: '2026-11-23',
  roundsToday: 0,
  rounds: 0n,
  wins: 0n,
  staked: 0n,
  paid: 0n,
  biggestWin: 0n,
  bestStreak: 0n,
  playSeconds: 0n,
  lastPlayedAt: null,
  sessionNumber: 0n,
  sessionStarted: null,
  sessionRounds: 0n,
  sessionStaked: 0n,
  sessionPaid: 0n,
}
const round = (at: Date, payout = 0n) => ({ stake: 10n, payout, state: { streak: 1 }, streak: 1, count: 1, at })

test('the first round begins the first session and ends none', () => {
  const { after, ended } = afterRound(never, round(NOON, 25n))
  expect(ended).toBeNull()
  expect(after).toMatchObject({
    rounds: 1n,
    wins: 1n,
    staked: 10n,
    paid: 25n,
    biggestWin: 25n,
    roundsToday: 1,
    sessionNumber: 1n,
    sessionStarted: NOON,
    sessionRounds: 1n,
    playSeconds: 0n,
  })
})

describe('after one round, the next', () => {
  const first = afterRound(never, round(NOON)).after

  test.each([
    // later by                session  its rounds  seconds played  ended
    [10 * SECOND, 1n, 2n, 10n, false],
    [SESSION_GAP_MS - 1, 1n, 2n, 1800n, false],
    [SESSION_GAP_MS, 2n, 1n, 0n, true],
    [5 * HOUR, 2n, 1n, 0n, true],
  ] as const)('%i ms later', (gap, sessionNumber, sessionRounds, playSeconds, isEnded) => {
    const { after, ended } = afterRound(first, round(later(NOON, gap)))
    expect(after).toMatchObject({ rounds: 2n, sessionNumber, sessionRounds, playSeconds })
    expect(ended).toEqual(
      isEnded
        ? { playerId: 1n, game: 'slot', number: 1n, startedAt: NOON, endedAt: NOON, rounds: 1n, staked: 10n, paid: 0n }
        : null,
    )
  })
})

test.each([
  // the day counted  asked at                 rounds
  ['2026-11-23', '2026-11-23T03:00:00Z', 7],
  ['2026-11-23', '2026-11-23T14:59:59.999Z', 7],
  // Midnight in Seoul is 15:00 UTC.
  ['2026-11-23', '2026-11-23T15:00:00Z', 0],
  ['2026-11-22', '2026-11-23T03:00:00Z', 0],
  // A clock that is behind the one that counted, or was set back.
  ['2026-11-24', '2026-11-23T14:59:59.999Z', 7],
  ['2026-11-24', '2026-11-22T15:00:00Z', 7],
  // A clock that went wrong by days.
  ['2026-11-25', '2026-11-23T14:59:59.999Z', 0],
  ['2027-11-24', '2026-11-23T14:59:59.999Z', 0],
])('of seven rounds counted on %s, %s finds %i', (day, at, rounds) => {
  expect(roundsOnDay({ ...never, day, roundsToday: 7 }, new Date(at))).toBe(rounds)
})

test('two clocks that differ at midnight: the limit begins anew once', () => {
  const [beforeMidnight, afterMidnight] = [new Date('2026-11-23T14:59:59.990Z'), new Date('2026-11-23T15:00:00.010Z')]
  let state = { ...never, roundsToday: 7 }
  for (const at of [beforeMidnight, afterMidnight, beforeMidnight, afterMidnight, beforeMidnight])
    state = afterRound(state, round(at)).after
  expect(state).toMatchObject({ day: '2026-11-24', roundsToday: 4 })
})

test('a session in which the clock was set back ends when it started, not before: the next one can begin', () => {
  const first = afterRound(never, round(NOON)).after
  const second = afterRound(first, round(later(NOON, -MINUTE))).after
  const { after, ended } = afterRound(second, round(later(NOON, HOUR)))
  expect(ended).toMatchObject({ number: 1n, startedAt: NOON, endedAt: NOON, rounds: 2n })
  expect(after).toMatchObject({ sessionNumber: 2n, sessionStarted: later(NOON, HOUR) })
})

test('a clock that was set back gives no negative time', () => {
  const played = afterRound(never, round(NOON)).after
  expect(sinceLast(played, later(NOON, -MINUTE))).toBe(0)
  expect(sinceLast(never, NOON)).toBeNull()
})

test.each([
  [0n, 0n, null],
  [0n, 3n, 0],
  [1n, 3n, 333_333],
  [3n, 2n, 1_500_000],
])('%i of %i', (part, whole, expected) => {
  expect(partsPerMillion(part, whole)).toBe(expected)
})
