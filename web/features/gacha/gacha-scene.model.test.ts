import { describe, expect, test } from 'vitest'
import {
  type Ask,
  type Happening,
  missesAfter,
  newScene,
  next,
  obstacleTo,
  type Prize,
  type Rarity,
  type Round,
  rememberedAsk,
  restMs,
  type Scene,
  shownBalance,
  shownMisses,
} from './gacha-scene.model.ts'

const prize = (rarity: Rarity, duplicateTokens: number | null = null): Prize => {
  return { itemId: rarity, name: rarity, rarity, looksLike: null, byPity: false, duplicateTokens }
}
const one: Ask = { key: 'a', count: 1, price: 50 }
const ten: Ask = { key: 'a', count: 10, price: 450 }
const tenPrizes = [
  prize('common'),
  prize('common', 5),
  prize('epic'),
  prize('common', 5),
  ...Array.from({ length: 6 }, () => prize('rare', 15)),
]

function round(ask: Ask, prizes: readonly Prize[]): Round {
  const duplicateTokens = prizes.reduce((sum, each) => sum + (each.duplicateTokens ?? 0), 0)
  const { count, price } = ask
  return {
    roundId: 'r1',
    count,
    price,
    prizes,
    duplicateTokens,
    balance: 1_000 - price + duplicateTokens,
    situation: '',
    summary: '',
  }
}

const asked = (ask: Ask, at = 0): Happening => ({ type: 'pull_asked', ask, at })
const answered = (ask: Ask, prizes: readonly Prize[], key = ask.key): Happening => {
  return { type: 'answered', key, round: round(ask, prizes), at: 1_000 }
}
const shown: Happening = { type: 'prize_shown', at: 2_000 }
const skipped: Happening = { type: 'skipped', at: 2_000 }
const lost: Happening = { type: 'line_lost', key: 'a' }
const refused: Happening = { type: 'refused', key: 'a', code: 'c', sentence: 's' }

const opened: Scene = { ...newScene, balance: 1_000, misses: 12, pullsLeft: 200 }
const play = (scene: Scene, ...happenings: readonly Happening[]) => happenings.reduce(next, scene)

test.each<[name: string, happenings: readonly Happening[], phase: Scene['stage']['phase']]>([
  ['a press', [asked(one)], 'asking'],
  ['the answer', [asked(one), answered(one, [prize('rare')])], 'revealing'],
  ['one prize shown', [asked(one), answered(one, [prize('rare')]), shown], 'settled'],
  ['nine of ten shown', [asked(ten), answered(ten, tenPrizes), ...Array(9).fill(shown)], 'revealing'],
  ['ten of ten shown', [asked(ten), answered(ten, tenPrizes), ...Array(10).fill(shown)], 'settled'],
  ['skip in the middle', [asked(ten), answered(ten, tenPrizes), shown, skipped], 'settled'],
  ['skip before the answer', [asked(ten), skipped], 'asking'],
  ['skip before the answer, and then the answer', [asked(ten), skipped, answered(ten, tenPrizes)], 'settled'],
  ['a refusal', [asked(one), refused], 'refused'],
  ['a lost line', [asked(one), lost], 'unknown'],
  ['a lost line asked again', [asked(one), lost, { type: 'asked_again' }], 'unknown'],
  [
    'a lost line and then the answer: told, not performed',
    [asked(one), lost, answered(one, [prize('epic')])],
    'settled',
  ],
])('after %s the scene is as it should be', (_, happenings, phase) => {
  expect(play(opened, ...happenings).stage.phase).toBe(phase)
})

describe('one pull at a time', () => {
  test.each<[moment: string, happenings: readonly Happening[]]>([
    ['asking', [asked(one)]],
    ['revealing', [asked(one), answered(one, [prize('rare')])]],
    ['unknown', [asked(one), lost]],
  ])('a second press while %s asks for nothing more, however late it comes', (_, happenings) => {
    const before = play(opened, ...happenings)
    expect(next(before, asked({ ...one, key: 'b' }, 60_000))).toBe(before)
  })

  test('a press right after the result, meant for "skip", buys nothing', () => {
    const settled = play(opened, asked(one), answered(one, [prize('rare')]), skipped)
    expect(next(settled, asked({ ...one, key: 'b' }, 2_000 + restMs - 1))).toBe(settled)
    expect(next(settled, asked({ ...one, key: 'b' }, 2_000 + restMs)).stage.phase).toBe('asking')
  })

  test.each([
    ['an answer to another pull', answered(one, [prize('rare')], 'z')],
    ['a refusal of another pull', { ...refused, key: 'z' }],
    ['a loss of another line', { ...lost, key: 'z' }],
  ] as const)('%s changes nothing', (_, happening) => {
    const before = play(opened, asked(one))
    expect(next(before, happening as Happening)).toBe(before)
  })

  test('an answer that comes twice counts once', () => {
    const once = play(opened, asked(one), answered(one, [prize('rare', 15)]), shown)
    const twice = play(once, answered(one, [prize('rare', 15)]), shown)
    expect(twice.session).toMatchObject({ rounds: 1, net: -35 })
  })
})

test.each([
  // balance, pulls left, count, price: what stands in the way
  [49, 200, 1, 50, { why: 'short', missing: 1 }],
  [50, 200, 1, 50, null],
  [449, 200, 10, 450, { why: 'short', missing: 1 }],
  [5_000, 9, 10, 450, { why: 'limit', left: 9 }],
  [5_000, 9, 1, 50, null],
  [5_000, 0, 1, 50, { why: 'limit', left: 0 }],
  [0, 0, 1, 50, { why: 'limit', left: 0 }],
] as const)('%i tokens, %i pulls left, %i for %i: %j', (balance, pullsLeft, count, price, obstacle) => {
  expect(obstacleTo({ ...opened, balance, pullsLeft }, count, price, 0)).toEqual(obstacle)
})

describe('what the player sees', () => {
  const revealing = [asked(ten), answered(ten, tenPrizes)]
  test.each<[moment: string, happenings: readonly Happening[], balance: number, misses: number]>([
    ['before a pull', [], 1_000, 12],
    ['while asking', [asked(ten)], 550, 12],
    ['when the answer is here but not shown', revealing, 550, 12],
    ['after the first, a new one', [...revealing, shown], 550, 13],
    ['after the second, a duplicate', [...revealing, shown, shown], 555, 14],
    ['after the third, an epic', [...revealing, shown, shown, shown], 555, 0],
    ['after all ten', [...revealing, ...Array(10).fill(shown)], 650, 7],
    ['after a skip', [...revealing, skipped], 650, 7],
    ['after a refusal', [asked(ten), refused], 1_000, 12],
    ['while the outcome is unknown', [asked(ten), lost], 550, 12],
    ['a wallet event in between', [...revealing, { type: 'wallet_read', balance: 650 }], 550, 12],
    ['counters read in between', [...revealing, { type: 'standing_read', misses: 7, pullsLeft: 190 }], 550, 12],
  ])('%s: balance and pity', (_, happenings, balance, misses) => {
    const scene = play(opened, ...happenings)
    expect([shownBalance(scene), shownMisses(scene)]).toEqual([balance, misses])
  })

  test('of the daily limit ten pulls take ten, once all is shown', () => {
    expect(play(opened, ...revealing).pullsLeft).toBe(200)
    expect(play(opened, ...revealing, skipped).pullsLeft).toBe(190)
  })

  test('a pull left over from an earlier visit is unknown, costs nothing twice, and cannot be hidden behind a new one', () => {
    const returned = rememberedAsk(newScene, { key: 'old', count: 10 })
    expect(returned.stage).toMatchObject({ phase: 'unknown', ask: { key: 'old', count: 10, price: 0 } })
    const loaded = next(returned, { type: 'wallet_read', balance: 300 })
    expect(shownBalance(loaded)).toBe(300)
    expect(next(loaded, asked(one, 60_000))).toBe(loaded)
  })
})

test.each([
  [0, ['common', 'rare'], 2],
  [89, ['rare'], 90],
  [90, ['epic'], 0],
  [5, ['legendary', 'common'], 1],
  [5, [], 5],
] as const)('%i misses, then %j: %i', (misses, rarities, after) => {
  expect(
    missesAfter(
      misses,
      rarities.map((rarity) => prize(rarity)),
    ),
  ).toBe(after)
})
