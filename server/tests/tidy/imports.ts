import { posix } from 'node:path'
import { type House, type SourceFile, shortly } from './house.ts'
import type { Import } from './source.ts'

/*
 * Floors and doors: a module looks down only, through doors that the lower module has opened.
 */

const APP_FILES = ['server/src/app.ts', 'server/src/config.ts']

export function importOffences({ floors }: House, sources: readonly SourceFile[]): string[] {
  const offences: string[] = []
  for (const file of sources) {
    const judge = judgeOf(file, floors)
    for (const each of file.source.imports) {
      const complaint = judge?.(each, targetOf(file.path, each.from))
      if (complaint) offences.push(`${shortly(file.path)}: ${complaint}`)
    }
  }
  return offences
}

type Judge = (imported: Import, target: string) => string | undefined

function judgeOf(file: SourceFile, floors: House['floors']): Judge | undefined {
  const { path } = file
  if (path.startsWith('fairness/')) return fairness
  if (path.startsWith('web/')) return web
  if (!path.startsWith('server/src/') || file.isTest) return undefined
  if (path.startsWith('server/src/vocabulary/')) return vocabulary
  if (path.startsWith('server/src/platform/')) return platform
  if (file.at) return moduleJudge(file.at.module, file.at.file, floors)
  return (_, target) => (target.startsWith('server/tests/') ? `imports the tests (${target})` : undefined)
}

const fairness: Judge = ({ from }, target) =>
  /^(server|web)\//.test(target) || /^#|^@casino-club\//.test(from) ? `fairness imports ${from}` : undefined

const web: Judge = ({ from }, target) =>
  /^(server|fairness)\//.test(target) ||
  /^(#(server|modules|platform|vocabulary|tests)\/|@casino-club\/server)/.test(from)
    ? `web imports ${from}`
    : undefined

// TypeBox is how the vocabulary writes down the words of the wire.
const vocabulary: Judge = ({ from }, target) =>
  target.startsWith('server/src/vocabulary/') || from === 'typebox' ? undefined : `the vocabulary imports ${from}`

const platform: Judge = ({ from }, target) => {
  if (target.startsWith('server/src/modules/')) return `the platform imports ${from}`
  return aboveTheModules(from, target)
}

function moduleJudge(module: string, file: string, floors: House['floors']): Judge {
  return ({ from, isTypeOnly }, target) => {
    const [, other, door] = /^server\/src\/modules\/([^/]+)\/(.+)$/.exec(target) ?? []
    if (other === undefined || door === undefined) return aboveTheModules(from, target)
    if (other === module) {
      if (file.endsWith('.rules.ts') && door.endsWith('.sql.ts')) return `imports ${from}`
      return undefined
    }
    const own = floors[module]
    const theirs = floors[other]
    // A module on no floor has one thing to do first.
    if (!own || !theirs) return undefined
    if (theirs.floor > own.floor) return `${module} (floor ${own.floor}) imports ${other} (floor ${theirs.floor})`
    if (theirs.floor === own.floor) return `${module} imports ${other}, a neighbour on floor ${own.floor}`
    if (!theirs.doors.includes(door)) return `imports ${other}/${door}, which is not one of ${other}'s doors`
    if (door.endsWith('.sql.ts') && (!isTypeOnly || file.endsWith('.rules.ts')))
      return `imports ${other}/${door}; another module's queries are not called (types may be)`
    return undefined
  }
}

function aboveTheModules(from: string, target: string): string | undefined {
  if (target.startsWith('server/tests/')) return `imports the tests (${from})`
  if (/^server\/src\/[^/]+$/.test(target) && !APP_FILES.includes(target)) return `imports the roof (${from})`
  return undefined
}

const ALIASES: readonly [RegExp, string][] = [
  [/^#modules\//, 'server/src/modules/'],
  [/^#platform\//, 'server/src/platform/'],
  [/^#vocabulary\//, 'server/src/vocabulary/'],
  [/^#server\//, 'server/src/'],
  [/^#tests\//, 'server/tests/'],
]

/** The path, from the top of the repository, that an import reaches; a package's name stays as it is. */
export function targetOf(path: string, from: string): string {
  if (from.startsWith('.')) return posix.join(posix.dirname(path), from)
  if (path.startsWith('web/')) return from
  return ALIASES.reduce((target, [alias, place]) => target.replace(alias, place), from)
}
