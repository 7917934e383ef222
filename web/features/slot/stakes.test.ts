import { afterEach, describe, expect, test, vi } from 'vitest'
import { Refused } from '#server-link/failure.ts'
import { betBeside, betPresets, betSteps, openingBet } from './bet-steps.ts'
import { readStake } from './pending-stake.ts'
import { askOutcome, isAboutStake, latestRoundOf, newRequestId, placeStake, type StakeOutcome } from './place-stake.ts'
import { tunes } from './slot-sound.ts'

describe('bets', () => {
  const limits = { min: 10, max: 1_000 }

  test('every step lies within the limits, rises, and includes both ends', () => {
    for (const each of [limits, { min: 1, max: 5 }, { min: 25, max: 26 }, { min: 50, max: 2_000_000 }]) {
      const steps = betSteps(each)
      expect(steps[0]).toBe(each.min)
      expect(steps.at(-1)).toBe(each.max)
      expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => a - b))
      expect(steps).toContain(openingBet(each))
      for (const preset of betPresets(each)) {
        expect(preset).toBeGreaterThanOrEqual(each.min)
        expect(preset).toBeLessThanOrEqual(each.max)
      }
    }
  })

  test.each([
    [10, -1, 10],
    [10, 1, 20],
    [20, 1, 30],
    [300, 1, 500],
    [500, 1, 1_000],
    [1_000, 1, 1_000],
    [1_000, -1, 500],
    [35, 1, 50],
    [35, -1, 30],
  ] as const)('beside %i in direction %i is %i', (bet, direction, beside) => {
    expect(betBeside(bet, direction, limits)).toBe(beside)
  })
})

describe('a stake kept over a reload', () => {
  const stored = JSON.stringify({ playerId: '7', key: 'k', bet: 20 })

  test.each([
    ['its owner', stored, '7', { key: 'k', bet: 20 }],
    ['another player', stored, '8', null],
    ['nothing', null, '7', null],
    ['half of it', '{"playerId":"7","key":"k"}', '7', null],
    ['rubbish', '{', '7', null],
    ['a bet that is no number', '{"playerId":"7","key":"k","bet":"20"}', '7', null],
  ])('%s', (_, text, playerId, ask) => {
    expect(readStake(text, playerId)).toEqual(ask)
  })
})

describe('placing a stake', () => {
  const ask = { key: '3f0c8f2e-6a0e-4c39-9f0e-1f7b0e7c2a11', bet: 20 }
  const lost: StakeOutcome = { kind: 'lost' }
  const played: StakeOutcome = {
    kind: 'answered',
    round: {
      roundId: '1',
      bet: 20,
      reels: ['cherry', 'cherry', 'lemon'],
      win: 24,
      isJackpot: false,
      streak: 1,
      streakBonusPercent: 0,
      balance: 204,
    },
  }
  const refused = (status: number, code: string): StakeOutcome => ({
    kind: 'refused',
    refusal: new Refused(status, { code, detail: 'no' }, null),
  })
  const poor = refused(409, 'ledger.insufficient_balance')
  const tooMany = refused(429, 'http.too_many')

  test.each<[name: string, script: readonly StakeOutcome[], kind: StakeOutcome['kind']]>([
    ['at once', [played], 'answered'],
    ['after the line was lost', [lost, played], 'answered'],
    ['never', [lost, lost], 'lost'],
    ['with a refusal', [poor], 'refused'],
    ['with a refusal after the line was lost', [lost, poor], 'refused'],
    ['"too many" at once: nothing was placed', [tooMany], 'refused'],
    ['"too many" after a lost line: still unknown', [lost, tooMany], 'lost'],
  ])('answered %s', async (_, script, kind) => {
    const sent: string[] = []
    const outcome = await placeStake(ask, async ({ key }) => {
      sent.push(key)
      return script[sent.length - 1] ?? lost
    })
    expect(outcome.kind).toBe(kind)
    expect(sent).toEqual(script.map(() => ask.key))
  })

  test('asking for an outcome again never takes "log in first" for an answer', async () => {
    expect((await askOutcome(ask, async () => refused(401, 'session.ended'))).kind).toBe('lost')
    expect(isAboutStake('rounds.daily_limit_reached')).toBe(true)
    expect(isAboutStake('session.ended')).toBe(false)
  })

  afterEach(() => vi.unstubAllGlobals())

  test('a new request id is a version 4 UUID, also where the browser makes none', () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    expect(newRequestId()).toMatch(uuid)
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(255) })
    expect(newRequestId()).toMatch(uuid)
  })

  test('rounds of other games are not in the list', () => {
    const round = {
      round_id: 5,
      game: 'slot',
      config_id: 1,
      bet_amount: 10,
      win_amount: 0,
      balance_after: 0,
      played_at: '',
    }
    expect(latestRoundOf({ ...round, outcome: {} })).toEqual([])
    expect(latestRoundOf({ ...round, game: 'gacha', outcome: { reels: ['a', 'b', 'c'] } })).toEqual([])
    expect(latestRoundOf({ ...round, outcome: { reels: ['a', 'b', 'c'] } })).toHaveLength(1)
  })
})

test('every sound is short, and none is loud', () => {
  for (const notes of Object.values(tunes)) {
    for (const { atMs, lengthMs, loudness } of notes) {
      expect(atMs + lengthMs).toBeLessThanOrEqual(2_500)
      expect(loudness).toBeLessThanOrEqual(0.5)
    }
  }
})
