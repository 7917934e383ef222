import { describe, expect, test } from 'vitest'
import {
  type Happening,
  maySpin,
  newScene,
  next,
  proportionOf,
  type Round,
  rememberedAsk,
  type Scene,
  shownBalance,
  waitBeforeStake,
  winningReels,
} from './slot-scene.model.ts'

const gap = 2_500
const round = (changes: Partial<Round> = {}): Round => ({
  roundId: 'r1',
  bet: 50,
  reels: ['cherry', 'lemon', 'grape'],
  win: 0,
  isJackpot: false,
  streak: 1,
  streakBonusPercent: 0,
  balance: 150,
  ...changes,
})

const ask = (key: string, at = 0): Happening => ({ type: 'spin_asked', key, at, millisecondsBetween: gap })
const answer = (key: string, changes: Partial<Round> = {}): Happening => ({
  type: 'answered',
  key,
  round: round(changes),
})
const stop: readonly Happening[] = [
  { type: 'stop_begun' },
  { type: 'reel_stopped' },
  { type: 'reel_stopped' },
  { type: 'reel_stopped' },
]

const opened: Scene = next(newScene(50), { type: 'wallet_read', balance: 200 })
const play = (scene: Scene, ...happenings: readonly Happening[]): Scene => happenings.reduce(next, scene)

test.each<[happening: string, happenings: readonly Happening[], phase: string]>([
  ['nothing', [], 'idle'],
  ['a press', [ask('a')], 'asking'],
  ['a press, and the reels reach speed', [ask('a'), { type: 'reels_at_speed' }], 'spinning'],
  ['an answer before the reels reach speed', [ask('a'), answer('a')], 'answered'],
  ['the reels reach speed after the answer', [ask('a'), answer('a'), { type: 'reels_at_speed' }], 'answered'],
  ['the first reel begins to stop', [ask('a'), answer('a'), { type: 'stop_begun' }], 'stopping'],
  ['all reels stopped on a loss', [ask('a'), answer('a'), ...stop], 'settled'],
  ['all reels stopped on a win', [ask('a'), answer('a', { win: 60, balance: 210 }), ...stop], 'celebrating'],
  ['all reels stopped on the stake back', [ask('a'), answer('a', { win: 50, balance: 200 }), ...stop], 'settled'],
  [
    'a win that has been celebrated',
    [ask('a'), answer('a', { win: 60 }), ...stop, { type: 'celebration_ended' }],
    'settled',
  ],
  ['calm motion on a win', [ask('a'), answer('a', { win: 60 }), { type: 'shown_at_once' }], 'celebrating'],
  ['a refusal', [ask('a'), { type: 'refused', key: 'a', code: 'c', sentence: 's' }], 'refused'],
  ['a lost line', [ask('a'), { type: 'line_lost', key: 'a' }], 'unknown'],
  ['a lost line, asked again', [ask('a'), { type: 'line_lost', key: 'a' }, { type: 'asked_again' }], 'unknown'],
  ['a lost line and then the answer', [ask('a'), { type: 'line_lost', key: 'a' }, answer('a')], 'answered'],
  ['a stop without an answer', [ask('a'), ...stop], 'asking'],
])('after %s the scene is as it should be', (_, happenings, phase) => {
  expect(play(opened, ...happenings).stage.phase).toBe(phase)
})

describe('one stake at a time', () => {
  test.each<[moment: string, happenings: readonly Happening[]]>([
    ['asking', [ask('a')]],
    ['spinning', [ask('a'), { type: 'reels_at_speed' }]],
    ['answered', [ask('a'), answer('a')]],
    ['stopping', [ask('a'), answer('a'), { type: 'stop_begun' }, { type: 'reel_stopped' }]],
    ['unknown', [ask('a'), { type: 'line_lost', key: 'a' }]],
  ])('a second tap while %s asks for nothing more, however late it comes', (_, happenings) => {
    const before = play(opened, ...happenings)
    expect(next(before, ask('b', 60_000))).toBe(before)
  })

  test.each([
    [0, false],
    [2_499, false],
    [2_500, true],
    [60_000, true],
  ])('%i ms after the last stake another one may be placed: %s', (at, allowed) => {
    const settled = play(opened, ask('a', 0), answer('a'), ...stop)
    expect(maySpin(settled, at, gap)).toBe(allowed)
    expect(next(settled, ask('b', at)).stage.phase).toBe(allowed ? 'asking' : 'settled')
    expect(waitBeforeStake(settled, at, gap)).toBe(Math.max(0, 2_500 - at))
  })

  test('a refused stake counts for the wait as well', () => {
    const refused = play(opened, ask('a', 0), { type: 'refused', key: 'a', code: 'c', sentence: 's' })
    expect(maySpin(refused, 1_000, gap)).toBe(false)
  })

  test('a press during a celebration ends it and spins', () => {
    const celebrating = play(opened, ask('a', 0), answer('a', { win: 60 }), ...stop)
    expect(next(celebrating, ask('b', 3_000)).stage.phase).toBe('asking')
  })

  test.each([
    ['an answer to another stake', answer('z')],
    ['a refusal of another stake', { type: 'refused', key: 'z', code: 'c', sentence: 's' }],
    ['a loss of another line', { type: 'line_lost', key: 'z' }],
  ] as const)('%s changes nothing', (_, happening) => {
    const before = play(opened, ask('a'))
    expect(next(before, happening)).toBe(before)
  })

  test('an answer that comes twice counts once', () => {
    const once = play(opened, ask('a'), answer('a', { win: 60, balance: 210 }), ...stop)
    const twice = play(once, answer('a', { win: 60, balance: 210 }), ...stop)
    expect(twice.session).toEqual({ rounds: 1, net: 10, latest: once.session.latest })
  })
})

describe('what the player sees', () => {
  test.each<[moment: string, happenings: readonly Happening[], shown: number]>([
    ['before a stake', [], 200],
    ['while asking', [ask('a')], 150],
    ['when the answer is here but not shown', [ask('a'), answer('a', { win: 500, balance: 650 })], 150],
    [
      'while the last reel turns',
      [ask('a'), answer('a', { win: 500, balance: 650 }), { type: 'stop_begun' }, { type: 'reel_stopped' }],
      150,
    ],
    ['after the last reel', [ask('a'), answer('a', { win: 500, balance: 650 }), ...stop], 650],
    ['after a refusal', [ask('a'), { type: 'refused', key: 'a', code: 'c', sentence: 's' }], 200],
    ['while the outcome is unknown', [ask('a'), { type: 'line_lost', key: 'a' }], 150],
    ['a wallet event in mid-spin', [ask('a'), { type: 'wallet_read', balance: 650 }], 150],
  ])('balance %s', (_, happenings, shown) => {
    expect(shownBalance(play(opened, ...happenings))).toBe(shown)
  })

  test('the bet cannot change under a turning reel', () => {
    const spinning = play(opened, ask('a'))
    expect(next(spinning, { type: 'bet_chosen', bet: 1_000 }).bet).toBe(50)
    expect(next(opened, { type: 'bet_chosen', bet: 100 }).bet).toBe(100)
  })

  test('an older list of results never hides what was just played', () => {
    const older = [{ roundId: 'old', bet: 10, reels: ['seven', 'lemon', 'lemon'], win: 15, isJackpot: false }] as const
    const listed = next(opened, { type: 'latest_read', latest: older })
    expect(listed.session.latest.map(({ roundId }) => roundId)).toEqual(['old'])
    const played = play(listed, ask('a'), answer('a'), ...stop)
    expect(played.session.latest.map(({ roundId }) => roundId)).toEqual(['r1', 'old'])
    expect(next(played, { type: 'latest_read', latest: older })).toBe(played)
  })

  test('a stake left over from an earlier visit is unknown, and cannot be hidden behind a new one', () => {
    const returned = rememberedAsk(opened, { key: 'old', bet: 30 })
    expect(returned.stage).toEqual({
      phase: 'unknown',
      ask: { key: 'old', bet: 30 },
      attempts: 1,
      isChecking: false,
    })
    expect(next(returned, ask('new', 60_000))).toBe(returned)
  })
})

test.each([
  // bet  win     jackpot  proportion
  [100, 0, false, 'loss'],
  [100, 99, false, 'returned'],
  [100, 100, false, 'returned'],
  [100, 101, false, 'win'],
  [100, 999, false, 'win'],
  [100, 1_000, false, 'big_win'],
  [100, 100_000, true, 'jackpot'],
] as const)('bet %i, win %i, jackpot %s: %s', (bet, win, isJackpot, proportion) => {
  expect(proportionOf({ bet, win, isJackpot })).toBe(proportion)
})

test.each([
  ['a', 'a', 'a', [0, 1, 2]],
  ['a', 'a', 'b', [0, 1]],
  ['a', 'b', 'b', [1, 2]],
  ['a', 'b', 'a', []],
  ['a', 'b', 'c', []],
] as const)('%s %s %s wins on reels %j', (first, second, third, reels) => {
  expect(winningReels([first, second, third])).toEqual(reels)
})
