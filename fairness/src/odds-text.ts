import { RARITIES } from './gacha.config.ts'
import type { GachaOddsReport } from './gacha.odds.ts'
import { decimalOf, product, rational, rationalOfDecimal } from './rational.ts'
import type { SlotOddsReport } from './slot.odds.ts'

/** The odds of a slot for reading: Markdown, also fine as plain text in a terminal. Ends with a line break. */
export function slotOddsText(report: SlotOddsReport): string {
  const { longRun, hitRate, highestWin, lowestWin } = report
  return lines(
    `## Slot ${report.version}`,
    '',
    `Configuration \`${report.configHash}\``,
    '',
    ...table(
      ['', ''],
      [
        ['Return in the long run', `${percent(longRun.rtp.decimal)} (exactly ${longRun.rtp.fraction})`],
        ['Spins that win', `${percent(hitRate.decimal)} (exactly ${hitRate.fraction})`],
        ['Standard deviation of a spin', `${longRun.standardDeviation} bets`],
        ['Smallest win', `${grouped(lowestWin.winTokens)} tokens at a bet of ${grouped(lowestWin.betTokens)}`],
        ['Largest win', `${grouped(highestWin.winTokens)} tokens at a bet of ${grouped(highestWin.betTokens)}`],
      ],
    ),
    '',
    `"In the long run" is a player whose streak stands at ${longRun.streakFrom} or more; bonus and variation are included.`,
    '',
    '### What can show',
    '',
    ...table(
      ['Combination', 'Pays', 'Chance', 'Once in … spins', 'Share of the return'],
      report.combinations.map((each) => [
        combinationName(each),
        each.payHundredths === 0 ? '–' : `×${each.payHundredths / 100}`,
        percent(each.chance.decimal),
        grouped(each.onceInSpins),
        percent(each.shareOfReturn.decimal),
      ]),
    ),
    '',
    '### By streak',
    '',
    ...table(
      ['Spins in a row before', 'Bonus', 'Return', 'Standard deviation'],
      report.streakSteps.map((step, index) => [
        index === report.streakSteps.length - 1 ? `${step.streak} or more` : `${step.streak}`,
        `${step.bonusPercent} %`,
        percent(step.rtp.decimal),
        step.standardDeviation,
      ]),
    ),
    '',
    '### A whole sitting that begins without a streak',
    '',
    ...table(
      ['Spins', 'Return'],
      report.sittings.map((each) => [grouped(each.spins), percent(each.rtp.decimal)]),
    ),
    '',
    '### Rounding down to whole tokens (long run)',
    '',
    ...table(
      ['Bet', 'Return', 'Lost to rounding'],
      report.inTokens.map((each) => [
        grouped(each.betTokens),
        percent(each.rtp.decimal),
        percent(each.lostToRounding.decimal),
      ]),
    ),
    '',
    '### How far luck carries (long run, normal approximation)',
    '',
    ...table(
      ['Spins', 'So many players', 'Return from', 'to'],
      report.bands.map((band) => [grouped(band.spins), band.chance, percent(band.from), percent(band.to)]),
    ),
  )
}

/** The odds of a gacha for reading: Markdown, also fine as plain text in a terminal. Ends with a line break. */
export function gachaOddsText(report: GachaOddsReport): string {
  const { atRest, longRun, pity, convergence } = report
  return lines(
    `## Gacha ${report.version}`,
    '',
    `Configuration \`${report.configHash}\`. One pull costs ${report.priceTokens.one} tokens, ten cost ${report.priceTokens.ten}.`,
    '',
    ...table(
      ['Granted', 'At rest', 'In the long run'],
      RARITIES.map((rarity) => [
        capital(rarity),
        percent(atRest.rarities[rarity].decimal),
        percent(longRun.rarities[rarity]),
      ]),
    ),
    '',
    `The guarantee after ${pity.afterMisses} misses decides ${percent(pity.shareOfPulls, 8)} of all pulls.`,
    '',
    '### What is drawn and what it is granted as (at rest)',
    '',
    ...table(
      ['Drawn', 'Granted as', 'Chance'],
      atRest.kinds.map((each) => [capital(each.kind), capital(each.grantedAs), percent(each.chance.decimal)]),
    ),
    '',
    '### How long until the first, and what it costs',
    '',
    ...table(
      ['Until', 'Pulls on average', 'Tokens', 'in tens', 'Half have it by', '9 of 10 by', '99 of 100 by'],
      report.waits.map((wait) => [
        capital(wait.target),
        short(wait.expectedPulls),
        short(wait.expectedTokens),
        short(wait.expectedTokensInTens),
        ...wait.percentiles.map(({ pulls }) => (pulls === null ? 'more than 20 000' : grouped(pulls))),
      ]),
    ),
    '',
    '### The tables that are drawn from, in parts per million',
    '',
    ...table(
      ['Misses before', 'Recent epic', 'Recent legendary', 'Legendary', 'Epic', 'Rare', 'Near miss', 'Common'],
      report.tables.map((each) => [
        each.missesFrom === each.missesTo ? `${each.missesFrom}` : `${each.missesFrom}–${each.missesTo}`,
        each.epicDamped ? 'yes' : 'no',
        each.legendaryDamped ? 'yes' : 'no',
        ...['legendary', 'epic', 'rare', 'near_miss', 'common'].map((kind) => grouped(each.ppm[kind] ?? 0)),
      ]),
    ),
    '',
    '### By number of misses before the pull (without damping)',
    '',
    ...table(
      ['Misses', 'Legendary', 'Epic', 'Rare', 'Common', 'Share of all pulls'],
      report.pitySteps.map((step) => [
        `${step.misses}`,
        ...RARITIES.map((rarity) => percent(step.undamped[rarity].decimal)),
        percent(step.shareOfPulls, 8),
      ]),
    ),
    '',
    '### Prizes',
    '',
    ...table(
      ['Prize', 'Rarity', 'Pieces', 'At rest', 'In the long run', 'When limited ones are gone'],
      report.items.map((item) => [
        item.id,
        capital(item.rarity),
        item.stock === null ? 'unlimited' : grouped(item.stock),
        percent(item.atRest.decimal),
        percent(item.longRun),
        percent(item.longRunWhenLimitedAreGone),
      ]),
    ),
    '',
    `Computed over ${convergence.states} states; no chance is off by more than ${convergence.longRunErrorBound}.`,
  )
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [row(head), row(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(row)]
}

function lines(...each: readonly string[]): string {
  return `${each.join('\n')}\n`
}

function combinationName({ kind, symbol }: SlotOddsReport['combinations'][number]): string {
  if (kind === 'none') return 'nothing'
  return kind === 'triple' ? `three ${symbol}` : `two ${symbol} side by side`
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ')
}

/** `0.00123456` as `0.1235 %`. */
function percent(decimal: string, places = 4): string {
  return `${decimalOf(product(rationalOfDecimal(decimal), rational(100)), places)} %`
}

/** With at most two digits after the point, and groups of three before it. */
function short(decimal: string): string {
  return grouped(decimalOf(rationalOfDecimal(decimal), 2))
}

function grouped(value: string | number): string {
  const [whole = '', behind] = String(value).split('.')
  const withSpaces = whole.replace(/\B(?=(\d{3})+$)/g, ' ')
  return behind === undefined ? withSpaces : `${withSpaces}.${behind}`
}
