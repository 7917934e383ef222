import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import type { App } from '../server/src/app.ts'
import { parseConfig } from '../server/src/config.ts'
import { openHouse } from '../server/src/house.ts'
import { auditBooks } from '../server/src/modules/ledger/audit-books.ts'
import { auditRounds } from '../server/src/modules/rounds/audit-rounds.ts'
import { slot } from '../server/src/modules/slot/slot.rules.ts'
import { openApp } from '../server/src/open-app.ts'
import { openLog } from '../server/src/platform/log.ts'
import { startEmbeddedPostgres } from '../server/src/platform/postgres/embedded.ts'
import { migrateUp } from '../server/src/platform/postgres/migrate.ts'
import { writeLongHistory } from '../server/tests/long-history.ts'
import { cpuOf, cpuOfFamily } from './cpu.ts'
import { keepUp, type Load, median, openCaller, percentile } from './load.ts'
import { type BenchPlayer, openSessions } from './players.ts'
import { type ServerProcess, startServer } from './server-process.ts'

/*
 * npm run growth: does a round get slower as the tables get longer? Databases of different lengths on one PostgreSQL,
 * each with a server of its own in front, played on in turn by equally many players; every figure is set against the
 * first database's of the same moment. Filling ten million rounds takes minutes and eight gigabytes.
 */

const { values: options } = parseArgs({
  options: {
    /** Players and rounds of each database, the shortest first. */
    sizes: { type: 'string', default: '1000/10000,100000/10000000' },
    /** So many of them play. */
    active: { type: 'string', default: '1000' },
    callers: { type: 'string', default: '64' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
    /** A checkpoint before each measurement: every page that is touched is written to the WAL whole, once more. */
    'after-checkpoint': { type: 'boolean', default: false },
    /** Keeps the filled databases here, and takes those that are there already. */
    keep: { type: 'string' },
    /** Only fills them. */
    fill: { type: 'boolean', default: false },
    /** Recomputes the books at the end: minutes. */
    audit: { type: 'boolean', default: false },
  },
})
const SIZES = options.sizes.split(',').map((each) => {
  const [players, rounds] = each.split('/').map(Number)
  if (!players || !rounds) throw new Error(`--sizes PLAYERS/ROUNDS,…, not ${each}`)
  return { players, rounds, name: `history_${players}_${rounds}` }
})
const CALLERS = Number(options.callers)
const SECONDS = Number(options.seconds)
const MAIN = join(import.meta.dirname, '../server/src/main.ts')

type Place = {
  readonly title: string
  readonly app: App
  readonly server: ServerProcess
  readonly players: readonly BenchPlayer[]
  readonly measured: Measured[]
  turn: number
}

type Measured = {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly nodeMicros: number
  readonly postgresMicros: number
  readonly walBytes: number
  readonly walPages: number
  readonly pagesRead: number
}

const startedAt = Date.now()
const say = (line: string): void => console.log(line)
const dataDir = options.keep ?? (await mkdtemp(join(tmpdir(), 'casino-club-growth-')))
await mkdir(dataDir, { recursive: true })
const postgres = await startEmbeddedPostgres({ dataDir, deleteWhenStopped: options.keep === undefined })
const urlOf = (database: string): string => postgres.connectionString.replace(/\/casino(?=\?|$)/, `/${database}`)
const settingsOf = (url: string) => ({
  NODE_ENV: 'test',
  DEMO: 'false',
  LOG_LEVEL: 'error',
  RATE_LIMITS: 'false',
  DATABASE_URL: url,
  DATA_DIR: dataDir,
  ROLES: 'api,realtime',
  JWT_SECRET: 'only for the benchmark, never for anybody else',
  PII_KEY: 'only for the benchmark, never for anybody else',
})
const places: Place[] = []

try {
  for (const size of SIZES) await fill(size)
  if (!options.fill) {
    for (const size of SIZES) places.push(await openPlace(size))
    for (const place of places) await run(place, 64, 5)
    for (let round = 0; round < Number(options.rounds); round++)
      for (const place of places) place.measured.push(await measure(place))
    report()
    for (const { app, title } of options.audit ? places : []) {
      // Not what was told: events are thrown away between measurements.
      const { differences, postings } = await app.inSnapshot(async (tx) => {
        const books = await auditBooks(tx)
        return { ...books, differences: [...books.differences, ...(await auditRounds(tx, [slot]))] }
      })
      say(`${title}: ${postings} postings, the audit finds ${differences.length} differences`)
      for (const difference of differences.slice(0, 5)) say(JSON.stringify(difference))
      if (differences.length > 0) process.exitCode = 1
    }
  }
} finally {
  for (const { server, app } of places) {
    await server.stop()
    await app.close()
  }
  await postgres.stop()
  if (!options.keep) await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
  say(`${secondsSince(startedAt)} s in all`)
}

async function fill({ players, rounds, name }: (typeof SIZES)[number]): Promise<void> {
  const admin = new pg.Client({ connectionString: postgres.connectionString })
  await admin.connect()
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [name])
  if (!rowCount) await admin.query(`create database ${name}`)
  await admin.end()
  await migrateUp(urlOf(name))
  if (rowCount) return
  say(`${name}: ${players.toLocaleString('en')} players, ${rounds.toLocaleString('en')} rounds`)
  const app = await openApp(parseConfig(settingsOf(urlOf(name))), urlOf(name), { log: openLog('silent') })
  await (await openHouse(app, { webFolder: 'no web app' })).stop()
  await app.close()
  await writeLongHistory(urlOf(name), { players, rounds, onProgress: (message) => say(`  ${message}`) })
}

async function openPlace({ players, rounds, name }: (typeof SIZES)[number]): Promise<Place> {
  const settings = settingsOf(urlOf(name))
  const app = await openApp(parseConfig(settings), urlOf(name), { log: openLog('silent') })
  // The busier play more often now, too.
  const { rows } = await app.pool.query<{ player_id: bigint }>(
    `select player_id from ledger_account where asset = 'token' and player_id is not null and entries > 1
      order by -ln(((hashint8(player_id) & 2147483647) + 1) / 2147483649.0) / entries limit $1`,
    [Number(options.active)],
  )
  return {
    title: `${players.toLocaleString('en')} players, ${rounds.toLocaleString('en')} rounds`,
    app,
    server: await startServer([MAIN], settings),
    players: await openSessions(
      app,
      rows.map((row) => row.player_id),
    ),
    measured: [],
    turn: 0,
  }
}

async function run(place: Place, callers: number, seconds: number): Promise<Load> {
  const connections = await Promise.all(Array.from({ length: callers }, () => openCaller(place.server.port)))
  try {
    return await keepUp(callers, seconds, async (at) => {
      const player = place.players[place.turn++ % place.players.length]
      return connections[at]?.play('spin', player?.token ?? '')
    })
  } finally {
    for (const each of connections) each.close()
  }
}

async function measure(place: Place): Promise<Measured> {
  const { app, server } = place
  await app.pool.query('truncate outbox_event, outbox_delivery')
  if (options['after-checkpoint']) await app.pool.query('checkpoint')
  const before = { ...(await traffic(app)), node: cpuOf(server.pid), postgres: cpuOfFamily(postgres.serverPid) }
  const { latencies, failures, seconds } = await run(place, CALLERS, SECONDS)
  const after = { ...(await traffic(app)), node: cpuOf(server.pid), postgres: cpuOfFamily(postgres.serverPid) }
  if (failures.length > 0) throw new Error(`${failures.length} failures; first: ${failures[0]}`)
  const each = (key: keyof typeof before): number => (after[key] - before[key]) / latencies.length
  return {
    perSecond: latencies.length / seconds,
    p50: percentile(latencies, 50),
    p99: percentile(latencies, 99),
    nodeMicros: each('node'),
    postgresMicros: each('postgres'),
    walBytes: each('wal'),
    walPages: each('whole'),
    pagesRead: each('read'),
  }
}

/** Bytes of WAL so far, whole pages in it (touched for the first time since a checkpoint), pages not in memory. */
async function traffic(app: App): Promise<{ wal: number; whole: number; read: number }> {
  const { rows } = await app.pool.query<{ wal: string; whole: bigint; read: bigint }>(
    `select pg_current_wal_insert_lsn() - '0/0' as wal, wal_fpi as whole, blks_read as read
       from pg_stat_database, pg_stat_wal where datname = current_database()`,
  )
  return { wal: Number(rows[0]?.wal), whole: Number(rows[0]?.whole), read: Number(rows[0]?.read) }
}

function report(): void {
  say(`\n${CALLERS} callers, ${options.active} players, ${SECONDS} s × ${options.rounds} each`)
  say(
    '| database | rounds/s | of the first | p50 ms | p99 ms | Node µs | PostgreSQL µs | WAL bytes | whole pages | pages read |',
  )
  say('|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|')
  const [first] = places
  for (const { title, measured } of places) {
    const middle = (key: keyof Measured): number => median(measured.map((each) => each[key]))
    const ratio = median(measured.map((each, at) => each.perSecond / (first?.measured[at]?.perSecond ?? Number.NaN)))
    const cells = [
      Math.round(middle('perSecond')).toLocaleString('en'),
      ratio.toFixed(2),
      middle('p50').toFixed(2),
      middle('p99').toFixed(1),
      Math.round(middle('nodeMicros')),
      Math.round(middle('postgresMicros')),
      Math.round(middle('walBytes')).toLocaleString('en'),
      middle('walPages').toFixed(2),
      middle('pagesRead').toFixed(2),
    ]
    say(`| ${title} | ${cells.join(' | ')} |`)
  }
}

function secondsSince(moment: number): number {
  return Math.round((Date.now() - moment) / 1000)
}
