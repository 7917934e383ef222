import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scriptedDraws } from './draws.ts'
import { compare, decimalOf, difference, rational, sum } from './rational.ts'
import { checkSlotConfig, type SlotConfig } from './slot.config.ts'
import { defaultSlot } from './slot.default.ts'
import {
  slotCombinations,
  slotHighestWin,
  slotHitRate,
  slotOddsReport,
  slotReturn,
  slotReturnInTokens,
  slotWays,
  streakAtCap,
} from './slot.odds.ts'
import { newSlotState, playSlot } from './slot.rules.ts'

/**
 * Plays every stop of three reels with every variation through the engine and adds up what it pays. Symbols
 * stand for their tickets (the mapping test in `slot.rules.test.ts` tries every ticket), hence the weights.
 */
function playEverything(config: SlotConfig, streak: number, bet: bigint) {
  const variations = config.variation.toPermille - config.variation.fromPermille + 1
  let firstTicket = 0
  const stops = config.reel.rows.map(({ weight }) => {
    firstTicket += weight
    return { ticket: firstTicket - weight, weight: BigInt(weight) }
  })
  const totals = { plays: 0n, hits: 0n, paid: 0n, beforeRounding: 0n, squares: 0n, highest: 0n }
  for (const a of stops) {
    for (const b of stops) {
      for (const c of stops) {
        for (let variation = 0; variation < variations; variation++) {
          const script = scriptedDraws([a.ticket, b.ticket, c.ticket, variation])
          const { win, payHundredths, streakBonusPercent, variationPermille } = playSlot(
            config,
            { streak },
            bet,
            script,
          )
          const ways = a.weight * b.weight * c.weight
          const exact = BigInt(payHundredths) * BigInt(100 + streakBonusPercent) * BigInt(variationPermille)
          totals.plays += ways
          if (payHundredths > 0) totals.hits += ways
          totals.paid += ways * win
          totals.beforeRounding += ways * exact
          totals.squares += ways * exact * exact
          if (win > totals.highest) totals.highest = win
        }
      }
    }
  }
  return totals
}

test.each([
  [0, 10n],
  [3, 37n],
  [10, 1_000n],
])('streak %i, bet %d: the odds are what the engine pays over every outcome there is', (streak, bet) => {
  const played = playEverything(defaultSlot, streak, bet)
  const { mean, variance } = slotReturn(defaultSlot, streak)
  expect(played.plays).toBe(slotWays(defaultSlot) * 101n)
  expect(slotHitRate(defaultSlot)).toEqual(rational(played.hits, played.plays))
  expect(mean).toEqual(rational(played.beforeRounding, played.plays * 10_000_000n))
  expect(sum(variance, rational(mean.numerator ** 2n, mean.denominator ** 2n))).toEqual(
    rational(played.squares, played.plays * 10_000_000n ** 2n),
  )
  expect(slotReturnInTokens(defaultSlot, streak, Number(bet))).toEqual(rational(played.paid, played.plays * bet))
  if (streak === 10) expect(played.highest).toBe(slotHighestWin(defaultSlot))
})

test('all one million tickets of three reels, one by one: each combination shows as often as its ways say', () => {
  const seen = new Map<string, bigint>()
  for (let ticket = 0; ticket < 1_000_000; ticket++) {
    const script = scriptedDraws([Math.floor(ticket / 10_000), Math.floor(ticket / 100) % 100, ticket % 100, 50])
    const { combination } = playSlot(defaultSlot, newSlotState, 10n, script)
    const name = `${combination.kind}:${combination.symbol}`
    seen.set(name, (seen.get(name) ?? 0n) + 1n)
  }
  const expected = slotCombinations(defaultSlot).map((each) => [`${each.kind}:${each.symbol}`, each.ways] as const)
  expect(seen).toEqual(new Map(expected))
})

describe('the shipped slot keeps its promises', () => {
  const report = slotOddsReport(defaultSlot)

  test('long-run return, hit rate, deviation and jackpot, to the last digit', () => {
    expect(report.longRun.rtp).toEqual({ fraction: '949761/1000000', decimal: '0.949761' })
    expect(report.longRun.streakFrom).toBe(10)
    expect(report.longRun.standardDeviation).toBe('3.785605')
    expect(report.hitRate).toEqual({ fraction: '9727/25000', decimal: '0.38908' })
    expect(report.combinations.find((each) => each.kind === 'triple' && each.symbol === 'seven')).toMatchObject({
      payHundredths: 100_000,
      ways: '8',
      onceInSpins: '125000',
    })
    expect(report.lowestWin).toEqual({ betTokens: 10, winTokens: '11' })
    expect(report.highestWin).toEqual({ betTokens: 1_000, winTokens: '1260000' })
  })

  test('the return rises with every step of the streak, from 79.1 % to 95.0 %', () => {
    expect(report.streakSteps.map((step) => decimalOf(slotReturn(defaultSlot, step.streak).mean, 3))).toEqual([
      '0.791', '0.807', '0.823', '0.839', '0.855', '0.871', '0.886', '0.902', '0.918', '0.934', '0.95',
    ]) // biome-ignore format: one row reads better than eleven
    expect(report.streakSteps.map((step) => step.bonusPercent)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20])
  })

  test('chances and shares add up to one', () => {
    const fractionOf = ({ fraction }: { readonly fraction: string }) => {
      const [above = '', below = ''] = fraction.split('/')
      return rational(BigInt(above), BigInt(below))
    }
    expect(sum(...report.combinations.map((each) => fractionOf(each.chance)))).toEqual(rational(1))
    expect(sum(...report.combinations.map((each) => fractionOf(each.shareOfReturn)))).toEqual(rational(1))
    expect(report.combinations.map((each) => `${each.kind} ${each.symbol}`).slice(5, 8)).toEqual([
      'triple seven',
      'adjacent_pair cherry',
      'adjacent_pair lemon',
    ])
    expect(report.combinations.at(-1)?.kind).toBe('none')
  })

  test('rounding down costs less than one token per win', () => {
    for (let bet = 10; bet <= 1_000; bet += 45) {
      const lost = difference(slotReturn(defaultSlot, 10).mean, slotReturnInTokens(defaultSlot, 10, bet))
      expect(compare(lost, rational(0))).toBeGreaterThanOrEqual(0)
      expect(compare(lost, rational(slotHitRate(defaultSlot).numerator, 25_000n * BigInt(bet)))).toBeLessThan(0)
    }
    expect(report.inTokens.map((each) => [each.betTokens, each.rtp.decimal])).toEqual([
      [10, '0.929979928713'],
      [50, '0.945987433663'],
      [100, '0.947901717327'],
      [500, '0.949447586634'],
      [1_000, '0.94961280198'],
    ])
  })

  test('a sitting of ten spins averages the first ten steps', () => {
    expect(report.sittings[0]).toEqual({ spins: 10, rtp: { fraction: '34507983/40000000', decimal: '0.862699575' } })
  })

  test('a band is mean ± z × deviation ÷ √spins', () => {
    expect(report.bands.find((band) => band.spins === 1_000_000 && band.chance === '95 %')).toEqual({
      spins: 1_000_000,
      chance: '95 %',
      from: '0.942341', // 0.949761 − 1.959964 × 3.785605 ÷ 1000
      to: '0.957181',
    })
  })

  test('it prints as JSON and comes back the same', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })
})

test('any valid slot: counting by combination equals playing every outcome', () => {
  const anyPay = fc.integer({ min: 0, max: 5_000 })
  const anyRow = fc.record({
    weight: fc.integer({ min: 1, max: 40 }),
    triplePaysHundredths: anyPay,
    pairPaysHundredths: anyPay,
  })
  const anySlot = fc
    .record({
      rows: fc.array(anyRow, { minLength: 2, maxLength: 4 }),
      capPercent: fc.nat(50),
      bonusPerStepPercent: fc.integer({ min: 1, max: 7 }),
      fromPermille: fc.integer({ min: 1, max: 1_000 }),
      spread: fc.nat(6),
    })
    .map(({ rows, capPercent, bonusPerStepPercent, fromPermille, spread }): SlotConfig => {
      const jackpot = { id: 'jackpot', glyph: '*', weight: 1, triplePaysHundredths: 6_000, pairPaysHundredths: 0 }
      const named = rows.map((row, index) => ({ ...row, id: `symbol-${index}`, glyph: `${index}` }))
      return {
        ...defaultSlot,
        reel: { totalWeight: rows.reduce((total, row) => total + row.weight, 1), rows: [jackpot, ...named] },
        jackpotSymbol: 'jackpot',
        streak: { capPercent, bonusPerStepPercent, endsAfterHours: 24 },
        variation: { fromPermille, toPermille: fromPermille + spread },
      }
    })
  fc.assert(
    fc.property(anySlot, fc.nat(30), fc.bigInt(10n, 1_000n), (config, streak, bet) => {
      expect(checkSlotConfig(config)).toEqual([])
      const played = playEverything(config, streak, bet)
      expect(slotReturn(config, streak).mean).toEqual(rational(played.beforeRounding, played.plays * 10_000_000n))
      expect(slotReturnInTokens(config, streak, Number(bet))).toEqual(rational(played.paid, played.plays * bet))
      expect(slotHitRate(config)).toEqual(rational(played.hits, played.plays))
      expect(slotReturn(config, streakAtCap(config))).toEqual(slotReturn(config, streakAtCap(config) + 1))
    }),
    { numRuns: 40 },
  )
})
