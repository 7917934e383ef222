import { type House, shortly, type TextFile } from './house.ts'

/* What no file may contain, whatever its kind; and the numbering of migrations and decisions. */

// Written in halves, so that this file does not complain about itself.
const FORGOTTEN = new RegExp(`\\b(${['FIX', 'TO', 'X'].join('|')})(?:(?<=FIX)ME|(?<=TO)DO|(?<=X)XX)\\b`)
const MACHINE_PATH = /(?<![\w.@)\]}/-])\/(?:work|root|home|Users)\/[\w.-]+/
const REGISTRY =
  /\b(?:registry\.npmjs\.org|registry\.yarnpkg\.com|npm\.pkg\.github\.com|[\w.-]*(?:artifactory|nexus|verdaccio)[\w.-]*\.\w{2,})\b/i

const SECRETS: readonly [RegExp, string][] = [
  [/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/, 'a private key'],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, 'an AWS key'],
  [/\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{40,}/, 'a GitHub token'],
  [/\bnpm_[A-Za-z0-9]{36}\b/, 'an npm token'],
  [/\b(?:sk|rk)_live_[A-Za-z0-9]{16,}/, 'a Stripe key'],
  [/\bxox[abprs]-[A-Za-z0-9-]{10,}/, 'a Slack token'],
  [/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/, 'a signed token'],
  [/postgres(?:ql)?:\/\/[^:/\s$'"`]+:[^@\s$'"`]{6,}@(?!localhost|127\.|db\b|postgres\b|host\b)[\w.-]+/, 'a password'],
  [
    /\b(?:password|secret|api_?key|private_?key|access_?token)\b['"]?\s*[:=]\s*['"](?=[\w+/=-]*\d)(?=[\w+/=-]*[a-z])(?=[\w+/=-]*[A-Z])[\w+/=-]{24,}['"]/i,
    'a secret',
  ],
]

export function textOffences({ files }: House): string[] {
  return [...files.flatMap(inOneFile), ...migrationOffences(files), ...decisionOffences(files)]
}

function inOneFile({ path, text }: TextFile): string[] {
  const found: string[] = []
  const lineOf = (index: number) => text.slice(0, index).split('\n').length
  const say = (match: RegExpExecArray | null, complaint: (text: string) => string) => {
    if (match) found.push(`${shortly(path)}:${lineOf(match.index)}: ${complaint(match[0])}`)
  }
  say(FORGOTTEN.exec(text), (word) => `a forgotten ${word}`)
  say(MACHINE_PATH.exec(text), (place) => `names a place on somebody's machine (${place})`)
  say(REGISTRY.exec(text), (host) => `names a package registry (${host})`)
  // What looks like one; it is not repeated here, since this goes to logs.
  for (const [pattern, kind] of SECRETS) say(pattern.exec(text), () => `contains what looks like ${kind}`)
  return found
}

function migrationOffences(files: readonly TextFile[]): string[] {
  const migrations = files.filter(({ path }) => path.startsWith('server/migrations/')).sort(byPath)
  return migrations.flatMap(({ path, text }, at) => {
    const name = path.split('/').at(-1) ?? ''
    const found: string[] = []
    const expected = String(at + 1).padStart(4, '0')
    if (!new RegExp(`^${expected}_[a-z0-9]+(-[a-z0-9]+)*\\.sql$`).test(name))
      found.push(`is not ${expected}_….sql; numbers have no gaps`)
    const [, up = '', down = ''] = /^-- Up Migration\n([\s\S]*)^-- Down Migration\n([\s\S]*)$/m.exec(text) ?? []
    if (!saysSomething(up)) found.push('has nothing under "-- Up Migration"')
    if (!saysSomething(down)) found.push('has nothing under "-- Down Migration"')
    return found.map((complaint) => `${name}: ${complaint}`)
  })
}

function saysSomething(sql: string): boolean {
  return sql.split('\n').some((line) => line.trim() !== '' && !line.trim().startsWith('--'))
}

function decisionOffences(files: readonly TextFile[]): string[] {
  const names = files
    .filter(({ path }) => /^docs\/decisions\/.*\.md$/.test(path))
    .map(({ path }) => path.split('/').at(-1) ?? '')
  const numbers = names.map((name) => /^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1])
  return names.flatMap((name, at) => {
    const number = numbers[at]
    if (number === undefined)
      return name === 'README.md' ? [] : [`docs/decisions/${name}: is not NNNN-what-was-decided.md`]
    return numbers.indexOf(number) < at ? [`docs/decisions/${name}: ${number} is taken`] : []
  })
}

function byPath(one: TextFile, other: TextFile): number {
  return one.path < other.path ? -1 : 1
}
