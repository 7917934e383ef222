#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { checkGachaConfig, type GachaConfig, isGachaConfig } from './gacha.config.ts'
import { defaultGacha } from './gacha.default.ts'
import { gachaOddsReport } from './gacha.odds.ts'
import { oddsCsv } from './odds-csv.ts'
import { shippedOddsPage } from './odds-page.ts'
import { gachaOddsText, slotOddsText } from './odds-text.ts'
import { gateGacha, gateSlot } from './publish-gate.ts'
import { checkSlotConfig, type SlotConfig } from './slot.config.ts'
import { defaultSlot } from './slot.default.ts'
import { slotOddsReport } from './slot.odds.ts'
import { pagesIn, verifyExport } from './verify-export.ts'
import { verifyHistory } from './verify-history.ts'
import type { Verification } from './verify-receipt.ts'

const USAGE = `casino-fairness verify RECEIPT.json [--config CONFIG.json] [--json]
    Decides a round again from its receipt, or a list of rounds in the order they were played, or an export of all of
    one's own (what GET /api/fairness/receipts gives: one page, or a list of pages).
casino-fairness odds [CONFIG.json | slot | gacha] [--format text|json|csv]
    Prints the exact odds of a configuration, or of the slot or the gacha as shipped. The odds page when none is named.
casino-fairness gate CONFIG.json
    Says whether a configuration may be published, and if not, why.

A file may be "-" for standard input. Exit code 0: fine. 1: not verified, or may not be published. 2: not understood.
`

/** A mistake of the person at the keyboard: told in one sentence, without a stack. */
class Misuse extends Error {}

// Whoever reads us may stop early, as `head` does. That is their decision and no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

try {
  process.exitCode = run(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Misuse)) throw error
  process.stderr.write(`casino-fairness: ${error.message}\n`)
  process.exitCode = 2
}

function run(args: string[]): number {
  const { values, positionals } = parsed(args)
  const [command, file, ...more] = positionals
  if (values.help || command === undefined) {
    process.stdout.write(USAGE)
    return values.help ? 0 : 2
  }
  if (more.length > 0) throw new Misuse(`one file at a time, "${more[0]}" is too many`)
  if (command === 'odds') return printOdds(file, values.format)
  if (command !== 'verify' && command !== 'gate') throw new Misuse(`there is no command "${command}"\n\n${USAGE}`)
  if (file === undefined) throw new Misuse(`${command} needs a file\n\n${USAGE}`)
  return command === 'gate' ? gate(file) : verify(file, values.config, values.json)
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'text' },
        config: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    throw new Misuse(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
  }
}

function printOdds(named: string | undefined, format: string): number {
  if (!['text', 'json', 'csv'].includes(format)) throw new Misuse(`--format is text, json or csv, not "${format}"`)
  if (named === undefined && format !== 'text')
    throw new Misuse(`--format ${format} needs one configuration: name a file, slot or gacha`)
  process.stdout.write(named === undefined ? shippedOddsPage() : oddsIn(format, configNamed(named)))
  return 0
}

function configNamed(named: string): SlotConfig | GachaConfig {
  if (named === 'slot') return defaultSlot
  return named === 'gacha' ? defaultGacha : requireConfig(readJson(named), named)
}

function oddsIn(format: string, config: SlotConfig | GachaConfig): string {
  if (isGachaConfig(config)) {
    const report = gachaOddsReport(config)
    return format === 'text' ? gachaOddsText(report) : printed(format, report)
  }
  const report = slotOddsReport(config)
  return format === 'text' ? slotOddsText(report) : printed(format, report)
}

function printed(format: string, report: object): string {
  return format === 'csv' ? oddsCsv(report) : `${JSON.stringify(report, null, 2)}\n`
}

function gate(file: string): number {
  const config = readJson(file)
  const reasons = isGacha(config) ? gateGacha(config) : gateSlot(config)
  process.stdout.write(reasons.length === 0 ? 'May be published.\n' : `Refused:\n${bullets(reasons)}`)
  return reasons.length === 0 ? 0 : 1
}

function verify(file: string, configFile: string | undefined, asJson: boolean): number {
  const content = readJson(file)
  const config = configFile === undefined ? undefined : readJson(configFile)
  const pages = pagesIn(content)
  const { ok, verifications, problems } = pages
    ? verifyExport(pages)
    : verifyHistory(Array.isArray(content) ? content : [content], { config })
  if (asJson) process.stdout.write(`${JSON.stringify({ ok, verifications, problems }, null, 2)}\n`)
  else {
    verifications.forEach((each, index) => {
      process.stdout.write(verificationText(each, index, verifications.length))
    })
    for (const { position, what } of problems)
      process.stdout.write(`Between rounds ${position - 1} and ${position}: ${what}\n`)
    process.stdout.write(summary(verifications, problems.length))
  }
  return ok ? 0 : 1
}

/** One round in full; of several only those that are not verified, since nobody reads a thousand fine ones. */
function verificationText({ verdict, steps, blocks, draws }: Verification, index: number, count: number): string {
  if (count > 1 && verdict === 'verified') return ''
  const title = count > 1 ? [`Round ${index} of the file: ${verdict}`] : []
  const stepLines = steps.flatMap(({ step, ok, what, expected, found }) =>
    ok
      ? [`  ok     ${step}: ${what}`]
      : [`  WRONG  ${step}: ${what}`, `           expected ${expected}`, `           found    ${found}`],
  )
  const streamLines = blocks.map(({ message, hex }) => `  HMAC   ${message} → ${hex}`)
  const drawn =
    draws.length === 0 ? [] : [`  drawn  ${draws.map(({ bound, value }) => `${value} of ${bound}`).join(', ')}`]
  return `${[...title, ...stepLines, ...streamLines, ...drawn].join('\n')}\n`
}

function summary(verifications: readonly Verification[], problems: number): string {
  const count = (verdict: Verification['verdict']) => verifications.filter((each) => each.verdict === verdict).length
  const secret = count('not_revealed')
  const wrong = count('wrong')
  return [
    `${count('verified')} of ${verifications.length} verified`,
    ...(wrong > 0 ? [`${wrong} wrong`] : []),
    ...(secret > 0 ? [`${secret} cannot be decided again before the server seed is revealed`] : []),
    ...(problems > 0 ? [`${problems} breaks between rounds`] : []),
  ]
    .join(', ')
    .concat('\n')
}

function requireConfig(config: unknown, file: string): SlotConfig | GachaConfig {
  const reasons = isGacha(config) ? checkGachaConfig(config) : checkSlotConfig(config)
  if (reasons.length > 0) throw new Misuse(`${file} cannot be drawn from:\n${bullets(reasons)}`)
  return config as SlotConfig | GachaConfig // just checked
}

function isGacha(config: unknown): boolean {
  return typeof config === 'object' && config !== null && 'game' in config && config.game === 'gacha'
}

function readJson(file: string): unknown {
  let content: string
  try {
    content = readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new Misuse(`${file} cannot be read (${error instanceof Error && 'code' in error ? error.code : error})`)
  }
  try {
    return JSON.parse(content)
  } catch (error) {
    throw new Misuse(`${file} is not JSON (${error instanceof Error ? error.message : error})`)
  }
}

function bullets(reasons: readonly string[]): string {
  return reasons.map((reason) => `  - ${reason}\n`).join('')
}
