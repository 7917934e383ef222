import { describe, expect, test } from 'vitest'
import { scriptedDraws } from './draws.ts'
import { drawnChances, gachaChain } from './gacha.chain.ts'
import { checkGachaConfig, type GachaConfig } from './gacha.config.ts'
import { defaultGacha } from './gacha.default.ts'
import { gachaOddsReport } from './gacha.odds.ts'
import { isGachaState, kindTableAt, pullOnce, type Stock } from './gacha.rules.ts'
import { product, rational, sum } from './rational.ts'

const stock: Stock = new Map([
  ['first-dawn', 100],
  ['crystal-moon', 1_000],
])
const report = gachaOddsReport(defaultGacha)

/**
 * The long run and the wait for a legendary once more, written from the economy's words alone: no shared code,
 * floats, a plain array over (misses, since epic, since legendary), stepped until it stands still.
 */
function computedFromTheWords() {
  const place = (misses: number, epic: number, legendary: number) => (misses * 11 + epic) * 11 + legendary
  const step = (spread: Float64Array, countFirstLegendary: boolean) => {
    const after = new Float64Array(91 * 121)
    const granted = { legendary: 0, epic: 0, rare: 0, common: 0, pity: 0 }
    for (let misses = 0; misses <= 90; misses++) {
      for (let epicAgo = 0; epicAgo <= 10; epicAgo++) {
        for (let legendaryAgo = 0; legendaryAgo <= 10; legendaryAgo++) {
          const here = spread[place(misses, epicAgo, legendaryAgo)] ?? 0
          if (here === 0) continue
          const nearMiss = 0.173 + (misses > 50 ? 0.1 : misses > 30 ? 0.05 : 0)
          const legendary = 0.002 * (legendaryAgo < 10 ? 0.8 : 1)
          const epicDrawn = 0.025 * (epicAgo < 10 ? 0.8 : 1) + (nearMiss * 9.3) / 17.3
          const rareDrawn = 0.15 + (nearMiss * 8) / 17.3
          const epic = misses === 90 ? 1 - legendary : epicDrawn
          const rare = misses === 90 ? 0 : rareDrawn
          const common = 1 - legendary - epic - rare
          granted.legendary += here * legendary
          granted.epic += here * epic
          granted.rare += here * rare
          granted.common += here * common
          if (misses === 90) granted.pity += here * (1 - legendary - epicDrawn)
          const [epicNext, legendaryNext] = [Math.min(epicAgo + 1, 10), Math.min(legendaryAgo + 1, 10)]
          const move = (to: number, chance: number) => {
            after[to] = (after[to] ?? 0) + here * chance
          }
          if (!countFirstLegendary) move(place(0, epicNext, 0), legendary)
          move(place(0, 0, legendaryNext), epic)
          if (misses < 90) move(place(misses + 1, epicNext, legendaryNext), rare + common)
        }
      }
    }
    return { after, granted }
  }
  const start = () => {
    const spread = new Float64Array(91 * 121)
    spread[place(0, 10, 10)] = 1
    return spread
  }
  let spread = start()
  for (let pulls = 0; pulls < 400; pulls++) spread = step(spread, false).after
  let waiting = start()
  let expectedPulls = 0
  const leftAfter: number[] = []
  for (let pulls = 0; pulls < 3_000; pulls++) {
    const left = waiting.reduce((total, share) => total + share, 0)
    leftAfter.push(left)
    expectedPulls += left
    waiting = step(waiting, true).after
  }
  return { granted: step(spread, false).granted, expectedPulls, leftAfter }
}

describe('against a computation from the words alone', () => {
  const words = computedFromTheWords()

  test.each(['legendary', 'epic', 'rare', 'common'] as const)('long-run chance of %s, to 12 places', (rarity) => {
    expect(Math.abs(Number(report.longRun.rarities[rarity]) - words.granted[rarity])).toBeLessThan(1e-12)
  })

  test('the share decided by pity', () => {
    expect(Number(report.pity.shareOfPulls) / words.granted.pity).toBeCloseTo(1, 9)
  })

  test('the wait for a legendary: expectation and percentiles', () => {
    const wait = report.waits.find((each) => each.target === 'legendary')
    // After 3 000 pulls a share (1 − 0.002)^3000 is still waiting, each of them for another 500 pulls.
    expect(Number(wait?.expectedPulls)).toBeCloseTo(words.expectedPulls + 500 * 0.998 ** 3_000, 6)
    const firstAtMost = (share: number) => words.leftAfter.findIndex((left) => left <= share)
    expect(wait?.percentiles.map((each) => each.pulls)).toEqual([firstAtMost(0.5), firstAtMost(0.1), firstAtMost(0.01)])
  })
})

describe('against published figures (epic or better 5 %, guaranteed; computed in the reliability notes)', () => {
  const plain = (afterMisses: number): GachaConfig => ({
    ...defaultGacha,
    chancePpm: {
      legendary: 5_000,
      epic: 45_000,
      rare: 200_000,
      near_miss_epic: 0,
      near_miss_legendary: 0,
      common: 750_000,
    },
    nearMiss: { raises: [], atMostPpm: 0 },
    damping: { withinPulls: 0, keepPermille: 1_000 },
    pity: { afterMisses },
  })

  test.each([
    [89, 'on the 90th pull', 0.05049936, '19.80223'],
    [90, 'after 90 misses', 0.05047415, '19.812'],
  ])('pity after %i misses (%s): %d of pulls', (afterMisses, _reading, share, pulls) => {
    expect(checkGachaConfig(plain(afterMisses))).toEqual([])
    const { longRun, waits } = gachaOddsReport(plain(afterMisses))
    expect(Number(longRun.rarities.legendary) + Number(longRun.rarities.epic)).toBeCloseTo(share, 8)
    expect(waits.find((wait) => wait.target === 'epic_or_better')?.expectedPulls.startsWith(pulls)).toBe(true)
  })

  test('1.04 % of what is epic or better comes on the guaranteed pull, and all but 5 % of that by the guarantee', () => {
    const { pity, pitySteps, longRun } = gachaOddsReport(plain(89))
    const epicOrBetter = Number(longRun.rarities.legendary) + Number(longRun.rarities.epic)
    expect(Number(pitySteps[89]?.shareOfPulls) / epicOrBetter).toBeCloseTo(0.95 ** 89, 9)
    expect(Number(pity.shareOfEpicOrBetter)).toBeCloseTo(0.95 ** 90, 9)
  })
})

test('every state a player can be in: each kind’s first and last ticket lead where the chain says', () => {
  const chain = gachaChain(defaultGacha)
  expect(chain.states).toHaveLength(201)
  chain.states.forEach((state, index) => {
    const ways = chain.pulls[index] ?? []
    expect(sum(...ways.map((way) => way.chance))).toEqual(rational(1))
    let firstTicket = 0
    for (const { kind, weight } of kindTableAt(defaultGacha, state).rows) {
      const kinds =
        kind === 'near_miss'
          ? ([
              ['near_miss_epic', 0, 80_000],
              ['near_miss_legendary', 172_999, 93_000],
            ] as const)
          : ([[kind, 0, 0]] as const)
      for (const [drawn, second, parts] of kinds) {
        const way = ways.find((each) => each.drawn === drawn)
        const share = parts === 0 ? rational(1) : rational(parts, 173_000)
        expect(way?.chance).toEqual(product(rational(weight, 1_000_000), share))
        for (const ticket of [firstTicket, firstTicket + weight - 1]) {
          const script = parts === 0 ? [ticket, 0] : [ticket, second, 0]
          const { pull, stateAfter } = pullOnce(defaultGacha, state, stock, scriptedDraws(script))
          expect(pull).toMatchObject({ drawn, granted: way?.granted, byPity: way?.byPity })
          expect(chain.states[way?.nextState ?? -1]).toEqual(stateAfter)
        }
      }
      firstTicket += weight
    }
    expect(firstTicket).toBe(1_000_000)
  })
})

test.each([0, 1, 2, 10])(
  'damping within %i pulls: isGachaState knows exactly the states that are reached',
  (withinPulls) => {
    const config = { ...defaultGacha, damping: { withinPulls, keepPermille: 800 } }
    const reached = new Set(gachaChain(config).states.map((each) => JSON.stringify(each)))
    for (let misses = 0; misses <= 91; misses++) {
      for (let sinceEpic = 0; sinceEpic <= withinPulls + 1; sinceEpic++) {
        for (let sinceLegendary = 0; sinceLegendary <= withinPulls + 1; sinceLegendary++) {
          const state = { misses, sinceEpic, sinceLegendary }
          expect([state, isGachaState(config, state)]).toEqual([state, reached.has(JSON.stringify(state))])
        }
      }
    }
  },
)

describe('the shipped gacha keeps its promises', () => {
  test('at rest: 0.2, 11.8, 23 and 65 per cent', () => {
    expect(report.atRest.rarities).toEqual({
      legendary: { fraction: '1/500', decimal: '0.002' },
      epic: { fraction: '59/500', decimal: '0.118' },
      rare: { fraction: '23/100', decimal: '0.23' },
      common: { fraction: '13/20', decimal: '0.65' },
    })
  })

  test('in the long run, per table and at every pity step', () => {
    expect(report.longRun.rarities).toEqual({
      legendary: '0.001992088772961',
      epic: '0.11489138348565',
      rare: '0.230380606641901',
      common: '0.652735921099488',
    })
    expect(report.tables.map((table) => [table.missesFrom, table.missesTo, table.ppm['near_miss']])).toEqual([
      [0, 30, 173_000],
      [0, 9, 173_000],
      [0, 9, 173_000],
      [0, 8, 173_000],
      [31, 50, 223_000],
      [51, 89, 273_000],
      [90, 90, 273_000],
    ])
    expect(report.pitySteps).toHaveLength(91)
    expect(report.pitySteps[90]?.longRun).toEqual({ legendary: '0.002', epic: '0.998', rare: '0', common: '0' })
    const shares = report.pitySteps.reduce((total, step) => total + Number(step.shareOfPulls), 0)
    expect(shares).toBeCloseTo(1, 12)
  })

  test('a first legendary takes 500 pulls on average, and what that costs', () => {
    expect(report.waits[0]).toMatchObject({
      target: 'legendary',
      expectedPulls: '500',
      expectedTokens: '25000',
      expectedTokensInTens: '22500',
      percentiles: [
        { percent: 50, pulls: 347, tokens: 17_350, tokensInTens: 15_750 },
        { percent: 90, pulls: 1_151, tokens: 57_550, tokensInTens: 52_200 },
        { percent: 99, pulls: 2_301, tokens: 115_050, tokensInTens: 103_950 },
      ],
    })
  })

  test('items share out their rarity, also when limited ones are gone', () => {
    for (const column of ['longRun', 'longRunWhenLimitedAreGone'] as const) {
      const total = report.items.reduce((sum, item) => sum + Number(item[column]), 0)
      expect(total).toBeCloseTo(1, 12)
    }
    const of = (id: string) => report.items.find((item) => item.id === id)
    expect(of('first-dawn')).toMatchObject({ atRest: { fraction: '3/10000' }, longRunWhenLimitedAreGone: '0' })
    expect(of('aurora-crown')?.longRunWhenLimitedAreGone).toBe('0.001294857702425')
  })

  test('errors are bounded far below 1e-12, and a thousand real steps arrive at the solved long run', () => {
    expect(Number(report.convergence.longRunErrorBound)).toBeLessThan(1e-40)
    expect(Number(report.convergence.waitsErrorBound)).toBeLessThan(1e-40)
    const distances = report.convergence.distances.map((each) => Number(each.distance))
    expect(distances.at(-1)).toBeLessThan(1e-40)
    expect(distances).toEqual([...distances].sort((a, b) => b - a))
  })

  test('it prints as JSON and comes back the same', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })
})

test('the largest chain the bounds allow is still computed in seconds', () => {
  const config = { ...defaultGacha, pity: { afterMisses: 300 }, damping: { withinPulls: 20, keepPermille: 800 } }
  expect(checkGachaConfig(config)).toEqual([])
  // Processor time, since the clock on the wall also counts what others do on a shared machine.
  const before = process.cpuUsage()
  gachaOddsReport(config)
  expect(process.cpuUsage(before).user).toBeLessThan(4_000_000) // microseconds; half of it on an idle core
})

test('chances of a state are exact fractions, near misses included', () => {
  const chances = drawnChances(defaultGacha, { misses: 31, sinceEpic: 10, sinceLegendary: 10 })
  expect(chances.find((each) => each.drawn === 'near_miss_legendary')?.chance).toEqual(
    rational(223_000n * 93n, 173n * 1_000_000n),
  )
})
