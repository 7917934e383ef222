import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { gachaOddsReport } from '@casino-club/fairness/gacha.odds.ts'
import { expect, test } from 'vitest'
import { gachaOddsView, readPublishedGacha } from './gacha-odds.model.ts'

const report = gachaOddsReport(defaultGacha)
const view = gachaOddsView(report, [{ item_id: 'first-dawn', left: 93 }])

test('the shipped gacha as people read it', () => {
  expect(view.rarities.map(({ rarity, atRest, longRun }) => [rarity, atRest, longRun])).toEqual([
    ['legendary', '0.2%', '0.2%'],
    ['epic', '11.8%', '11.49%'],
    ['rare', '23%', '23.04%'],
    ['common', '65%', '65.27%'],
  ])
  expect(view.waits[0]).toEqual({
    target: 'legendary',
    average: 22_500,
    half: { pulls: 347, tokens: 15_750 },
    ninety: { pulls: 1151, tokens: 52_200 },
  })
})

test('equal neighbours are one line, and the guarantee is the last one', () => {
  expect(view.stretches).toEqual([
    { from: 0, to: 30, chance: '12%' },
    { from: 31, to: 50, chance: '14.69%' },
    { from: 51, to: 89, chance: '17.38%' },
    { from: 90, to: 90, chance: '100%' },
  ])
  expect(view.byMisses).toHaveLength(91)
})

test('what is left comes from the server, not from the table', () => {
  expect(view.items.find((item) => item.id === 'first-dawn')?.stock).toEqual({ left: 93, all: 100 })
  expect(view.items.find((item) => item.id === 'aurora-crown')?.stock).toBeNull()
})

test('another document is not taken for a gacha', () => {
  expect(readPublishedGacha({ config: {}, odds: report })).toBeNull()
  expect(readPublishedGacha({ config: defaultGacha, odds: report })).not.toBeNull()
})
