import { readFileSync } from 'node:fs'
import path from 'node:path'
import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { gachaOddsReport } from '@casino-club/fairness/gacha.odds.ts'
import { newGachaState } from '@casino-club/fairness/gacha.rules.ts'
import { expect, test } from 'vitest'
import { shelvesOf } from './album.model.ts'
import { shownWinners } from './gacha-side.tsx'
import { discountPercent, readMarket } from './market.model.ts'
import { nextChances } from './next-chances.ts'
import { drawnPrizes } from './prize-picture.tsx'

const report = gachaOddsReport(defaultGacha)
const published = { config: defaultGacha, odds: report, stock: [{ item_id: 'first-dawn', left: 98 }] }

test('what the scene shows is what was published', () => {
  const market = readMarket(published)
  expect(market).toMatchObject({ priceTokens: { one: 50, ten: 450 }, pityAfterMisses: 90 })
  expect(market?.longRun.legendary).toBe(Number(report.longRun.rarities.legendary))
  expect(market?.items.find(({ id }) => id === 'first-dawn')?.stock).toEqual({ left: 98, all: 100 })
  expect(readMarket({ config: {}, odds: {}, stock: [] })).toBeNull()
})

test.each([
  [50, 450, 10],
  [50, 500, 0],
  [50, 501, 0],
  [30, 200, 33],
])('ten at %i each for %i: %i per cent off, never more than it is', (one, ten, percent) => {
  expect(discountPercent({ one, ten })).toBe(percent)
})

test('the next pull is reckoned for where the player stands, exactly as the report has it for each step', () => {
  const fresh = newGachaState(defaultGacha)
  for (const { misses, undamped } of report.pitySteps) {
    const chances = nextChances(defaultGacha, { ...fresh, misses })
    expect(chances.epic).toBeCloseTo(Number(undamped.epic.decimal), 12)
    expect(chances.legendary).toBeCloseTo(Number(undamped.legendary.decimal), 12)
    expect(chances.rare + chances.common + chances.epic + chances.legendary).toBeCloseTo(1, 12)
  }
  const damped = nextChances(defaultGacha, { misses: 0, sinceEpic: 0, sinceLegendary: 10 })
  expect(damped.epic).toBeCloseTo(0.113, 12)
})

test('an album has every prize, keeps what the table no longer lists, and counts what is owned', () => {
  const items = readMarket(published)?.items ?? []
  const mine = (item_id: string, rarity: string, count = 1) => {
    return { item_id, rarity, count, name: { ko: item_id, en: item_id }, first_received_at: '2026-11-23T09:00:00Z' }
  }
  const shelves = shelvesOf(items, [mine('holo-wings', 'epic', 2), mine('old-lamp', 'rare')])
  expect(shelves.map(({ rarity, owned, places }) => [rarity, owned, places.length])).toEqual([
    ['legendary', 0, 3],
    ['epic', 1, 4],
    ['rare', 1, 5],
    ['common', 0, 5],
  ])
  expect(shelves[1]?.places[0]).toMatchObject({ id: 'holo-wings', count: 2 })
  expect(shelvesOf(items, []).every(({ owned }) => owned === 0)).toBe(true)
})

test('every shipped prize has a drawing of ours, and every drawing a prize', () => {
  const shipped = (readMarket(published)?.items ?? []).map(({ id }) => id)
  expect([...drawnPrizes].sort()).toEqual([...shipped].sort())
  for (const id of shipped) {
    const drawing = readFileSync(path.join(import.meta.dirname, `../../public/art/prize-${id}.svg`), 'utf8')
    expect(drawing).toContain('<svg')
  }
})

test('the latest legendaries stay among the winners that are shown, and the order is by time', () => {
  const winner = (minute: number, rarity: 'legendary' | 'epic') => {
    const won_at = `2026-11-23T09:${String(minute).padStart(2, '0')}:00Z`
    return { nickname: 'l***a', is_you: false, rarity, item_id: 'x', name: 'X', won_at }
  }
  const items = [...Array.from({ length: 9 }, (_, place) => winner(30 - place, 'epic')), winner(1, 'legendary')]
  const shown = shownWinners(items)
  expect(shown).toHaveLength(6)
  expect(shown.map(({ won_at }) => won_at)).toEqual(
    shown
      .map(({ won_at }) => won_at)
      .toSorted()
      .toReversed(),
  )
  expect(shown.at(-1)?.rarity).toBe('legendary')
})
