import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { say } from '#server/tell-progress.ts'
import { type CrashSettings, readCommandLine } from '#tests/crash/crash-settings.ts'
import { DEFECTS } from '#tests/crash/defects.ts'
import { type CrashReport, runCrash } from '#tests/crash/run-crash.ts'

/* npm run crash: strikes the house down again and again, and holds what it told against what it kept. */

async function inFolder<T>(wanted: string | undefined, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = wanted ?? (await mkdtemp(join(tmpdir(), 'casino-club-crash-')))
  try {
    return await work(folder)
  } finally {
    if (wanted === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 })
  }
}

/** Ctrl-C: enough blows, now the checks. A second time it means what it always means. */
function callOff(): AbortSignal {
  const caller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      say('No more blows. Asking again for everything, then the checks; the same again ends this at once')
      caller.abort()
    })
  return caller.signal
}

async function runOnce(settings: Omit<CrashSettings, 'folder'>, folder: string | undefined): Promise<number> {
  const { blows, players, servers, seed } = settings
  const kinds = `${blows.server} server, ${blows.database} database, ${blows.backend} backend, ${blows.connection} connection`
  say(`Crash test, seed ${seed}: ${players} players, ${servers} servers, kills: ${kinds}`)
  const report = await inFolder(folder, (it) => runCrash({ ...settings, folder: it }, say, callOff()))
  for (const line of describe(report)) say(line)
  return report.faults.length === 0 ? 0 : 1
}

function describe({ blows, counts, cuts, deeds, faults, seconds, seed, slowestStartMs }: CrashReport): string[] {
  const kills = blows.server + blows.database + blows.backend
  return [
    `${deeds} deeds in ${seconds} s: ${Object.entries(counts)
      .map(([word, times]) => `${times} ${word}`)
      .join(', ')}`,
    `SIGKILLs: ${blows.server} server, ${blows.database} database, ${blows.backend} backend; ${blows.connection} connections of the database ended, ${cuts} answers cut; slowest start ${slowestStartMs} ms`,
    ...faults.map((fault) => `✗ ${fault}`),
    faults.length === 0
      ? `✓ nothing lost, nothing twice, nothing out of order. With 0 failures in ${kills} kills, at most ${((3 / kills) * 100).toFixed(1)} % of kills would show one (95 %).`
      : `${faults.length} faults; seed ${seed}`,
  ]
}

/** A short run for each known mistake. Fewer and quicker blows will do: a defect that needs luck is no evidence. */
async function runDefects(settings: Omit<CrashSettings, 'folder'>, only: string | undefined): Promise<number> {
  const short = { ...settings, players: 32, blows: { server: 6, connection: 1, backend: 1, database: 1 }, acts: 1_000 }
  const hurried = { ...short, gapMs: { from: 500, to: 1_500 } }
  const defects = DEFECTS.filter((each) => only === undefined || each.name === only)
  if (defects.length === 0)
    throw new Error(`there is no defect "${only}"; there are ${DEFECTS.map((each) => each.name).join(', ')}`)
  let detected = 0
  for (const { name, what } of defects) {
    const report = await inFolder(undefined, (folder) => runCrash({ ...hurried, folder, defect: name }))
    const isSeen = report.faults.length > 0
    if (isSeen) detected++
    say(`${isSeen ? '✓ seen' : '✗ NOT SEEN'} after ${report.seconds} s: ${name} (${what})`)
    for (const fault of report.faults.slice(0, 2)) say(`    ${fault.slice(0, 240)}`)
  }
  say(`${detected} of ${defects.length} defects detected`)
  return detected === defects.length ? 0 : 1
}

try {
  const { settings, defects, folder, only } = readCommandLine(process.argv.slice(2))
  process.exit(defects ? await runDefects(settings, only) : await runOnce(settings, folder))
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exit(2)
}
