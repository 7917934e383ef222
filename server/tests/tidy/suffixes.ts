import { type House, type SourceFile, shortly } from './house.ts'

/*
 * A file's last suffix says what it may do: `*.rules.ts` only reckons, `*.sql.ts` speaks SQL about its own
 * tables, and each module pays from its own till.
 */

export function suffixOffences(house: House, sources: readonly SourceFile[]): string[] {
  const offences: string[] = []
  for (const file of sources) {
    const { path, at, isTest } = file
    // A module on no floor has one thing to do first.
    if (isTest || (at && !house.floors[at.module])) continue
    const complain = (complaint: string) => offences.push(`${shortly(path)}: ${complaint}`)
    if (/^(server|fairness)\//.test(path) && path.endsWith('.rules.ts')) for (const each of impure(file)) complain(each)
    if (!path.startsWith('server/src/')) continue
    const isPlatform = path.startsWith('server/src/platform/')
    if (!isPlatform && !path.endsWith('.sql.ts') && speaksSql(file)) complain('speaks SQL; move it to a .sql.ts file')
    if (at || isPlatform)
      for (const table of foreignTables(file, at ? house.floors[at.module]?.tables : 'outbox_', house.tables))
        complain(`touches ${table}, which is not its own`)
    const own = at && house.floors[at.module]?.till
    if (at?.module !== 'ledger' && path !== 'server/src/floors.ts')
      for (const till of new Set(file.source.pays))
        if (house.tills.includes(till) && till !== own) complain(`reaches into the till of ${till}`)
  }
  return [...offences, ...unowned(house)]
}

const DICE_AND_CLOCKS = ['Math.random', 'Date.now', 'performance.now', 'crypto.getRandomValues', 'crypto.randomUUID']

function impure({ source }: SourceFile): string[] {
  const found: string[] = []
  if (source.isAsync || source.identifiers.has('Promise')) found.push('rules do not wait; this one is async')
  for (const each of DICE_AND_CLOCKS) if (source.dotted.has(each)) found.push(`rules do not call ${each}`)
  if (source.readsClock) found.push('rules do not look at the clock (new Date())')
  if (source.identifiers.has('systemClock')) found.push('rules do not look at the clock (systemClock)')
  for (const { from, isTypeOnly } of source.imports) {
    if (/^node:/.test(from)) found.push(`rules do not import ${from}`)
    if (/^(crypto|pg|kysely)$/.test(from)) found.push(`rules do not import ${from}`)
    if (/^#platform\//.test(from) && !isTypeOnly) found.push(`rules do not import ${from}`)
  }
  return found
}

const STATEMENT =
  /^\s*(select\s[\s\S]*\sfrom\s|insert\s+into\s|update\s+\w+[\s\S]*\sset\s|delete\s+from\s|with\s+\w+\s+as\s*\()/i
// Prose begins like this.
const SENTENCE = /^\s*[A-Z][a-z]/
const QUERIES =
  /\.(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)$|(^|\.)pool\.query$|^(tx|db)\.(sql|run)$|\.db\.(sql|run)$/

function speaksSql({ source }: SourceFile): boolean {
  return (
    source.calls.has('hotStatement') ||
    source.imports.some(({ from, isTypeOnly }) => /^(pg|kysely)$/.test(from) && !isTypeOnly) ||
    [...source.dotted].some((each) => QUERIES.test(each)) ||
    source.strings.some(isStatement)
  )
}

function isStatement(text: string): boolean {
  return STATEMENT.test(text) && !SENTENCE.test(text)
}

/** The tables named in its strings that do not carry its prefix. A table's sequences count as the table. */
function foreignTables({ path, source }: SourceFile, prefix: string | undefined, tables: readonly string[]): string[] {
  const found = new Set<string>()
  for (const text of source.strings) {
    if (!path.endsWith('.sql.ts') && !isStatement(text) && !tables.includes(text)) continue
    for (const [word] of text.matchAll(/\b[a-z][a-z0-9_]*/g)) {
      const table = tables.find((each) => word === each || (word.startsWith(`${each}_`) && word.endsWith('_seq')))
      if (table !== undefined && (prefix === undefined || !table.startsWith(prefix))) found.add(table)
    }
  }
  return [...found]
}

function unowned({ floors, tables, tills }: House): string[] {
  const rooms = Object.entries(floors)
  const prefixes = ['outbox_', ...rooms.map(([, room]) => room.tables)]
  return [
    ...tables
      .filter((table) => prefixes.filter((prefix) => table.startsWith(prefix)).length !== 1)
      .map((table) => `${table}: belongs to no module, or to more than one`),
    ...tills
      .filter((till) => rooms.filter(([, room]) => room.till === till).length !== 1)
      .map((till) => `ledger.rules.ts: the till ${till} needs one owner in floors.ts`),
    ...rooms
      .filter(([, room]) => room.till !== undefined && !tills.includes(room.till))
      .map(([name, room]) => `floors.ts: ${name} owns the till ${room.till}, which the ledger does not know`),
  ]
}
