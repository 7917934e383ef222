import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import type { App } from '../server/src/app.ts'
import { parseConfig } from '../server/src/config.ts'
import { collectLessOften } from '../server/src/hand-back-memory.ts'
import { gacha } from '../server/src/modules/gacha/play-gacha.ts'
import { auditBooks } from '../server/src/modules/ledger/audit-books.ts'
import { auditRounds } from '../server/src/modules/rounds/audit-rounds.ts'
import { slot } from '../server/src/modules/slot/slot.rules.ts'
import { openApp } from '../server/src/open-app.ts'
import { openLog } from '../server/src/platform/log.ts'
import { startEmbeddedPostgres } from '../server/src/platform/postgres/embedded.ts'
import { migrateUp } from '../server/src/platform/postgres/migrate.ts'
import { cpuOf, cpuOfFamily } from './cpu.ts'
import { type Load, percentile } from './load.ts'
import { memoryOf, memoryOfFamily } from './memory.ts'
import { fillAlbums, makePlayers, publishGames } from './players.ts'
import { isPlay, type Play } from './plays.ts'
import { keyOf, type Measured, reportOn } from './report.ts'
import { GROUPS, OURS, openWays, type Way, WITH_WORKER } from './ways.ts'

/*
 * npm run bench: rounds over HTTP beside other ways to commit the same rows, in one run on one machine: spins first,
 * then pulls and mixed play. Absolute figures depend on the machine and on who else uses it; the ratios come from
 * neighbouring moments of this run.
 */

const { values: options } = parseArgs({
  options: {
    /** Under a minute: fewer callers, shorter and fewer rounds. */
    quick: { type: 'boolean', default: false },
    callers: { type: 'string' },
    seconds: { type: 'string' },
    rounds: { type: 'string' },
    /** What is played: of `spin`, `pull`, `ten`, `mixed`, one or several. */
    play: { type: 'string', default: 'spin,pull,ten,mixed' },
    players: { type: 'string', default: '1000' },
    /** With 2: a way in which two server processes share the callers and the database. */
    processes: { type: 'string', default: '1' },
    /** With a way in which the rows of the limit are asked for over HTTP: what is left for an engine to gain. */
    ceiling: { type: 'boolean', default: false },
    /** Only ways whose name contains this, for work on one of them. */
    only: { type: 'string' },
    /** Where the database goes for as long as it takes; a memory disk (/dev/shm) shows the processor's part alone. */
    folder: { type: 'string', default: tmpdir() },
    /** Writes the server's processor profile here. */
    profile: { type: 'string' },
  },
})
const CALLERS = (options.callers ?? (options.quick ? '1,64' : '1,32,64,256')).split(',').map(Number)
/** Pulls and mixed play, unless callers are asked for. */
const CALLERS_WITH_PULLS = options.callers ? CALLERS : [64]
const PLAYED = options.play.split(',').filter(isPlay)
if (PLAYED.length === 0) throw new Error('--play is one or several of spin, pull, ten, mixed')
const SECONDS = Number(options.seconds ?? (options.quick ? 1.2 : 2))
const ROUNDS = Number(options.rounds ?? (options.quick ? 2 : 3))
// By count, with an end in time: on a busy machine a second is too short for V8 to have compiled anything.
const WARM_UP_ROUNDS = options.quick ? 3_000 : 10_000
const WARM_UP_SECONDS = options.quick ? 2 : 5
// Fewer and shorter behind spins, so that the whole stays under five minutes: what pulls share with them is warm then.
const ROUNDS_WITH_PULLS = options.rounds ? ROUNDS : 2
const WARM_UP_SECONDS_WITH_PULLS = PLAYED.includes('spin') ? 2 : WARM_UP_SECONDS

// As in a server: the limit, the engine without HTTP and the callers run here.
collectLessOften()
const startedAt = Date.now()
const say = (line: string): void => console.log(line)
// PostgreSQL and the servers go when we go. Otherwise its last words to us (57P01) would be printed with a stack.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    say('\nStopped before the end: what is printed above stands, the rest was not measured.')
    process.exit(130)
  })
const dataDir = await mkdtemp(join(options.folder, 'casino-club-bench-'))
const postgres = await startEmbeddedPostgres({ dataDir, deleteWhenStopped: true })
const settings = {
  NODE_ENV: 'test',
  DEMO: 'false',
  LOG_LEVEL: 'error',
  RATE_LIMITS: 'false',
  DATABASE_URL: postgres.connectionString,
  DATA_DIR: dataDir,
  JWT_SECRET: 'only for the benchmark, never for anybody else',
  PII_KEY: 'only for the benchmark, never for anybody else',
}
await migrateUp(postgres.connectionString)
const app = await openApp(parseConfig(settings), postgres.connectionString, { log: openLog('silent') })
await publishGames(app)
// Pages written for the first time since a checkpoint go into the log whole, and a slow way in its few seconds hardly gets
// beyond first times. With one checkpoint for all of them, everybody writes what it writes between checkpoints.
for (const setting of [`checkpoint_timeout = '1d'`, `max_wal_size = '32GB'`])
  await app.pool.query(`alter system set ${setting}`)
await app.pool.query('select pg_reload_conf()')
const players = await makePlayers(app, Number(options.players) * GROUPS)
const { ways, batchSizes, stop } = await openWays({
  app,
  url: postgres.connectionString,
  players,
  settings,
  profileInto: options.profile,
  processes: Number(options.processes),
  ceiling: options.ceiling,
})
for (const way of ways) way.sleep?.()
const measuredWays = ways.filter(
  ({ name, play }) => PLAYED.includes(play) && (options.only === undefined || name.includes(options.only)),
)
say(`${options.players} players each, ${measuredWays.length} ways, ready after ${secondsSince(startedAt)} s`)

try {
  tellMemory('at rest')
  await compare(['spin'], CALLERS, ROUNDS)
  tellMemory('right after that')
  await compare(['pull', 'ten', 'mixed'], CALLERS_WITH_PULLS, ROUNDS_WITH_PULLS)
  if (options.profile) for (const line of await batchSizes()) say(line)
  // Not what players won: albums are put back before each measurement, whatever was pulled.
  const differences = await app.inSnapshot(async (tx) => [
    ...(await auditBooks(tx)).differences,
    ...(await auditRounds(tx, [slot, gacha])),
  ])
  const { rounds } = await countRounds(app)
  say(`\n${rounds} rounds written; the audit finds ${differences.length} differences`)
  for (const difference of differences.slice(0, 5)) say(JSON.stringify(difference))
  process.exitCode = differences.length === 0 ? 0 : 1
} finally {
  await stop()
  await app.close()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
  say(`${secondsSince(startedAt)} s in all`)
}

async function compare(plays: readonly Play[], callersOf: readonly number[], rounds: number): Promise<void> {
  const ways = measuredWays.filter(({ play }) => plays.includes(play))
  if (ways.length === 0) return
  for (const way of ways) await warmUp(way)
  const results = new Map<string, Measured[]>()
  for (const callers of callersOf) {
    for (let round = 0; round < rounds; round++)
      for (const way of ways) {
        // The worker's share is one figure, not a column.
        if (way.name === WITH_WORKER && callers !== 64) continue
        if (way.play !== 'spin') await fillAlbums(app)
        const measured = await measure(app, way, callers, SECONDS)
        const key = keyOf(callers, way)
        results.set(key, [...(results.get(key) ?? []), measured])
      }
    for (const line of reportOn(callers, ways, results)) say(line)
    await tellHalfRate(ways, callers, results)
    say(`(${secondsSince(startedAt)} s)`)
  }
}

/**
 * What somebody waits when the house is busy and not at its limit, three times: a single hiccup of a tenth of a second is
 * one in a hundred of all that is asked in four.
 */
async function tellHalfRate(
  ways: readonly Way[],
  callers: number,
  results: ReadonlyMap<string, readonly Measured[]>,
): Promise<void> {
  const ours = ways.find(({ name, play }) => name === OURS && play === 'spin')
  const top = ours && Math.max(...(results.get(keyOf(callers, ours)) ?? []).map(({ perSecond }) => perSecond))
  if (!ours || !top || callers === 1) return
  const measured: Measured[] = []
  for (let times = 0; times < 3; times++) measured.push(await measure(app, ours, callers, SECONDS * 2, top / 2))
  const each = (of: (one: Measured) => number, digits: number): string =>
    measured.map((one) => of(one).toFixed(digits)).join(', ')
  say(
    `\n${OURS}, half of its top rate, three times (${Math.round(top / 2)} asked for, ${each(({ perSecond }) => perSecond, 0)} done a second): p50 ${each(({ p50 }) => p50, 1)} ms, p99 ${each(({ p99 }) => p99, 1)} ms`,
  )
}

/** Resident memory of the server without the worker, and PostgreSQL's, what its processes share counted once. */
function tellMemory(when: string): void {
  const [pid] = ways.find(({ name }) => name === OURS)?.pids ?? []
  if (pid !== undefined)
    say(`\nMemory ${when}: ${OURS} ${memoryOf(pid)} MB, PostgreSQL ${memoryOfFamily(postgres.serverPid)} MB`)
}

async function warmUp(way: Way): Promise<void> {
  way.wake?.()
  const seconds = way.play === 'spin' ? WARM_UP_SECONDS : WARM_UP_SECONDS_WITH_PULLS
  const end = Date.now() + seconds * 1000
  for (let rounds = 0; rounds < WARM_UP_ROUNDS && Date.now() < end; )
    rounds += (await way.run(64, 0.5)).latencies.length
  way.sleep?.()
}

async function measure(app: App, way: Way, callers: number, seconds: number, perSecond?: number): Promise<Measured> {
  await clearOutbox(app)
  await settle(app)
  way.wake?.()
  const nodeBefore = nodeTime(way)
  const hereBefore = timeHere()
  const postgresBefore = cpuOfFamily(postgres.serverPid)
  const load = await way.run(callers, seconds, perSecond)
  const node = nodeTime(way) - nodeBefore
  const here = timeHere() - hereBefore
  const database = cpuOfFamily(postgres.serverPid) - postgresBefore
  way.sleep?.()
  refuseFailures(way, load)
  const rounds = load.latencies.length
  return {
    perSecond: rounds / load.seconds,
    p50: percentile(load.latencies, 50),
    p99: percentile(load.latencies, 99),
    nodeMicros: node / rounds,
    postgresMicros: database / rounds,
    callersMicros: way.pids.length > 0 ? here / rounds : undefined,
  }
}

function nodeTime({ pids }: Way): number {
  return pids.length > 0 ? pids.reduce((sum, pid) => sum + cpuOf(pid), 0) : timeHere()
}

function timeHere(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

function refuseFailures({ name }: Way, { failures, latencies }: Load): void {
  if (failures.length > 0 || latencies.length === 0)
    throw new Error(`${name}: ${failures.length} failures, ${latencies.length} answers; first: ${failures[0]}`)
}

/** Nobody's events lie about for the worker of another way to pick up. */
async function clearOutbox(app: App): Promise<void> {
  // The sleeping worker may have been caught in the middle of a transaction: awake, it comes to its end.
  for (const way of ways) way.wake?.()
  // In a transaction that is tried again: the worker may hold one of them and want the other.
  await app.inTransaction((tx) => sql`truncate outbox_event, outbox_delivery`.execute(tx.sql))
  await fallAsleep(app)
}

/**
 * Not in the middle of a transaction: for as long as one is open nothing that was updated since is cleaned up, and the rows
 * of a player who spins twenty times a second are found behind more and more dead ones.
 */
async function fallAsleep(app: App): Promise<void> {
  const end = Date.now() + 10_000
  for (;;) {
    for (const way of ways) way.sleep?.()
    const { rows: open } = await app.pool.query(
      `select pid, state, left(query, 200) as query from pg_stat_activity
        where backend_type = 'client backend' and xact_start is not null and pid <> pg_backend_pid()`,
    )
    if (open.length === 0) return
    if (Date.now() > end) throw new Error(`somebody keeps a transaction open: ${JSON.stringify(open)}`)
    for (const way of ways) way.wake?.()
    await wait(10)
  }
}

/** The dead rows that the way before has left are not paid for by this one. */
async function settle(app: App): Promise<void> {
  await app.pool.query('vacuum ledger_account, rounds_state, seeds_pair, sessions_session')
}

async function countRounds(app: App): Promise<{ rounds: bigint }> {
  const { rows } = await app.pool.query<{ rounds: bigint }>('select count(*) as rounds from rounds_round')
  return rows[0] ?? { rounds: 0n }
}

function secondsSince(moment: number): number {
  return Math.round((Date.now() - moment) / 1000)
}
