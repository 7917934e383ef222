import { describe, expect, test } from 'vitest'
import { checkGachaConfig, type GachaConfig, isGachaConfig } from './gacha.config.ts'
import { defaultGacha } from './gacha.default.ts'

const withChances = (chances: Partial<GachaConfig['chancePpm']>) => ({
  ...defaultGacha,
  chancePpm: { ...defaultGacha.chancePpm, ...chances },
})
const withRaises = (...raises: GachaConfig['nearMiss']['raises']) => ({
  ...defaultGacha,
  nearMiss: { ...defaultGacha.nearMiss, raises },
})
const [crown, koi, seal] = defaultGacha.prizes.legendary.rows
const withLegendaries = (...rows: object[]) => ({
  ...defaultGacha,
  prizes: { ...defaultGacha.prizes, legendary: { totalWeight: 100, rows } },
})

test('the shipped gacha, also after a trip through JSON, can be drawn from', () => {
  expect(checkGachaConfig(defaultGacha)).toEqual([])
  expect(isGachaConfig(JSON.parse(JSON.stringify(defaultGacha)))).toBe(true)
})

describe('refused, with the reason', () => {
  test.each<[object | null, string]>([
    [withChances({ common: 650_001 }), 'gacha.chancePpm: the chances add up to 1000001, not to 1000000'],
    [
      withChances({ legendary: 0, common: 652_000 }),
      'gacha.chancePpm.legendary: must be a whole number from 1 to 1000000, is 0',
    ],
    [withChances({ legendary: 1.5 }), 'gacha.chancePpm.legendary: must be a whole number from 1 to 1000000, is 1.5'],
    [
      withChances({ legendary: 2_001, common: 649_999 }),
      'gacha.damping: leaves legendary 1600.8 ppm, not a whole number',
    ],
    [
      withRaises({ aboveMisses: 30, addPpm: 127_001 }),
      'gacha.nearMiss.raises.0: raises near misses to 300001, above the promised 300000',
    ],
    [
      withRaises({ aboveMisses: 30, addPpm: 5 }, { aboveMisses: 30, addPpm: 6 }),
      'gacha.nearMiss.raises.1: must begin above the one before it',
    ],
    [
      withRaises({ aboveMisses: 90, addPpm: 5 }),
      'gacha.nearMiss.raises.0: begins above 90 misses, which pity never allows',
    ],
    [
      {
        ...withChances({ near_miss_epic: 0, near_miss_legendary: 0, common: 823_000 }),
        nearMiss: { raises: [{ aboveMisses: 3, addPpm: 5 }], atMostPpm: 9 },
      },
      'gacha.nearMiss.raises.0: there is no near miss to raise',
    ],
    [
      {
        ...withChances({ rare: 790_000, common: 10_000 }),
        nearMiss: { raises: [{ aboveMisses: 3, addPpm: 10_001 }], atMostPpm: 300_000 },
      },
      'gacha.nearMiss.raises.0: takes 10001 from common, which has 10000',
    ],
    [
      { ...defaultGacha, nearMiss: { raises: [], atMostPpm: 172_999 } },
      'gacha.nearMiss.atMostPpm: already 173000 without any misses',
    ],
    [
      { ...defaultGacha, priceTokens: { one: 50, ten: 501 } },
      'gacha.priceTokens: ten cost 501, more than ten times 50',
    ],
    [
      withLegendaries({ ...crown, weight: 51 }, { ...koi }, { ...seal }),
      'gacha.prizes.legendary: weights add up to 101, not to 100',
    ],
    [
      withLegendaries({ ...seal, weight: 100 }),
      'gacha.prizes.legendary: every item is limited, so one day nothing would be left to grant',
    ],
    [
      withLegendaries({ ...crown, id: 'glass-marble' }, { ...koi }, { ...seal }),
      'gacha.prizes: "glass-marble" is listed twice',
    ],
    [
      withLegendaries({ ...crown, stock: 0 }, { ...koi }, { ...seal }),
      'gacha.prizes.legendary.rows.0.stock: must be a whole number from 1 to 1000000000, is 0',
    ],
    [{ ...defaultGacha, luckyPlayers: [] }, 'gacha.luckyPlayers: is not part of this document'],
    [null, 'gacha: must be an object, is null'],
  ])('case %#', (config, reason) => {
    expect(checkGachaConfig(config)).toEqual([reason])
    expect(isGachaConfig(config)).toBe(false)
  })
})
