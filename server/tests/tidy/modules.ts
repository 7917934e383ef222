import { type House, type SourceFile, shortly, type TextFile } from './house.ts'

/* Every module is in floors.ts, says what it promises, and stays small; every file says what is inside. */

const README_LINES = 25
const MOST_SOURCES = 20
const SAYS_NOTHING = /(^|[-.])(utils?|helpers?|common|managers?|misc)$/
// Where a person at the terminal is spoken to. Everything else is said to the log.
const TERMINAL_VOICES =
  /^server\/src\/(main|audit|tell-progress|seed|platform\/postgres\/\w+-command)\.ts$|-command\.ts$/

export function moduleOffences({ files, floors }: House, sources: readonly SourceFile[]): string[] {
  const offences: string[] = []
  const paths = new Set(files.map(({ path }) => path))
  const inModules = files.filter(({ path }) => path.startsWith('server/src/modules/'))
  const modules = new Set(inModules.map(({ path }) => path.split('/')[3] ?? ''))

  for (const name of modules) if (!floors[name]) offences.push(`${name}: is on no floor; add it to floors.ts`)
  for (const [name, { doors }] of Object.entries(floors)) {
    if (!modules.has(name)) offences.push(`floors.ts: there is no module ${name}`)
    else
      for (const door of doors)
        if (!paths.has(`server/src/modules/${name}/${door}`)) offences.push(`floors.ts: ${name} has no ${door}`)
  }
  for (const name of modules) offences.push(...readmeOffences(name, files))
  for (const name of modules) {
    const count = sources.filter(({ at, isTest }) => at?.module === name && !isTest).length
    if (count > MOST_SOURCES) offences.push(`${name}: has ${count} sources, more than ${MOST_SOURCES}; split it`)
  }
  for (const file of sources) offences.push(...nameAndExports(file))
  return offences
}

function readmeOffences(name: string, files: readonly TextFile[]): string[] {
  const readme = files.find(({ path }) => path === `server/src/modules/${name}/README.md`)
  if (!readme) return [`${name}: has no README.md that says what it promises`]
  const lines = readme.text.trimEnd().split('\n').length
  return lines > README_LINES ? [`${name}/README.md: has ${lines} lines, more than ${README_LINES}`] : []
}

function nameAndExports({ path, source, isTest }: SourceFile): string[] {
  const found: string[] = []
  const names = path.split('/').map((part) => part.replace(/(\.(rules|sql|model|store|test))?\.(ts|tsx|mjs)$/, ''))
  if (names.some((name) => SAYS_NOTHING.test(name))) found.push('say what is inside')
  if (/^(server|fairness)\//.test(path) && source.hasDefaultExport) found.push('exports a default; give it a name')
  if (path.startsWith('server/src/') && !isTest && !TERMINAL_VOICES.test(path))
    for (const each of source.dotted)
      if (/^console\.\w+$/.test(each)) found.push(`${each}: say it to the log (tell-progress.ts for a terminal)`)
  return found.map((complaint) => `${shortly(path)}: ${complaint}`)
}
