import { expect, test } from 'vitest'
import { defaultGacha } from './gacha.default.ts'
import { gachaOddsReport } from './gacha.odds.ts'
import { oddsCsv } from './odds-csv.ts'
import { shippedOddsPage } from './odds-page.ts'
import { gachaOddsText, slotOddsText } from './odds-text.ts'
import { defaultSlot } from './slot.default.ts'
import { slotOddsReport } from './slot.odds.ts'

const slot = slotOddsReport(defaultSlot)
const gacha = gachaOddsReport(defaultGacha)

test.each([
  '| Return in the long run | 94.9761 % (exactly 949761/1000000) |',
  '| Largest win | 1 260 000 tokens at a bet of 1 000 |',
  '| three seven | ×1000 | 0.0008 % | 125 000 | 1.0108 % |',
  '| two cherry side by side | ×1.2 | 12.6 % | 7.94 | 19.1038 % |',
  '| nothing | – | 61.092 % | 1.64 | 0 % |',
  '| 10 or more | 20 % | 94.9761 % | 3.785605 |',
  '| 10 | 92.998 % | 1.9781 % |',
])('the slot’s page says %s', (line) => {
  expect(slotOddsText(slot).split('\n')).toContain(line)
})

test.each([
  '| Epic | 11.8 % | 11.4891 % |',
  '| Legendary | 500 | 25 000 | 22 500 | 347 | 1 151 | 2 301 |',
  '| Epic | 8.44 | 422.19 | 379.97 | 6 | 19 | 36 |',
  '| 0–9 | yes | no | 2 000 | 20 000 | 150 000 | 173 000 | 655 000 |',
  '| 90 | 0.2 % | 99.8 % | 0 % | 0 % | 0.00000574 % |',
  '| first-dawn | Legendary | 100 | 0.03 % | 0.0299 % | 0 % |',
])('the gacha’s page says %s', (line) => {
  expect(gachaOddsText(gacha).split('\n')).toContain(line)
})

test('every table has as many cells in each row as in its head', () => {
  const page = shippedOddsPage()
  let cells = 0
  for (const line of page.split('\n')) {
    const here = line.startsWith('|') ? line.split('|').length : 0
    if (here > 0 && cells > 0) expect([line, here]).toEqual([line, cells])
    cells = here
  }
  expect(page).toContain(slot.configHash)
  expect(page).toContain(gacha.configHash)
})

test('the spreadsheet has every figure of the report once, and quotes what needs quoting', () => {
  const countFigures = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? Object.values(value).reduce((sum: number, each) => sum + countFigures(each), 0)
      : 1
  const lines = oddsCsv(slot).trimEnd().split('\n')
  expect(lines).toHaveLength(1 + countFigures(slot))
  expect(lines).toContain('combinations,5,chance.fraction,1/125000')
  expect(lines).toContain('longRun,,streakFrom,10')
  expect(lines).toContain('version,,,neon-reels-1')
  expect(oddsCsv({ name: 'a "b", c' })).toBe('section,row,figure,value\nname,,,"a ""b"", c"\n')
})
