import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { openLog } from '#platform/log.ts'
import { connectionTo, placeIn, readPidFile } from '#platform/postgres/embedded-place.ts'
import type { App } from '#server/app.ts'
import { parseConfig } from '#server/config.ts'
import { openApp } from '#server/open-app.ts'
import type { CrashSettings } from '#tests/crash/crash-settings.ts'
import { type CuttingProxy, openCuttingProxy } from '#tests/crash/cutting-proxy.ts'
import { diceOf } from '#tests/crash/dice.ts'
import { freePort, HouseProcess } from '#tests/crash/house-process.ts'

/**
 * The house under attack: server processes on one database, and the driver's own way to that database. The first
 * process owns the embedded PostgreSQL, as after `npm start`; the others are given its address.
 */
export type CrashHouse = {
  readonly servers: readonly HouseProcess[]
  /** Where players ask: one door for each server. */
  readonly doors: readonly CuttingProxy[]
  /** The driver's own connections. They break with the others, and come back by themselves. */
  readonly app: () => App
  /** Each says whether there was anything to hit. */
  readonly killConnection: () => Promise<boolean>
  readonly killBackend: () => Promise<boolean>
  /** undefined where PostgreSQL is not ours to kill. */
  readonly killDatabase: (() => Promise<boolean>) | undefined
  readonly stop: () => Promise<void>
}

export async function openCrashHouse(settings: CrashSettings): Promise<CrashHouse> {
  const external = process.env['DATABASE_URL'] ? await createDatabaseAt(process.env['DATABASE_URL']) : undefined
  const dataDir = join(settings.folder, 'data')
  const place = placeIn(dataDir)
  const port = async () => Number(await readFile(place.portFile, 'utf8'))
  const address = async () => external?.url ?? (await connectionTo(place, await port()))

  const secrets = { JWT_SECRET: randomBytes(32).toString('hex'), PII_KEY: randomBytes(32).toString('hex') }
  const common = {
    ...secrets,
    NODE_ENV: 'test',
    DEMO: 'false',
    RATE_LIMITS: 'false',
    LOG_LEVEL: 'error',
    JWT_EXPIRE_MINUTES: '1440',
    DATA_DIR: dataDir,
    // A restart reads the sources without stripping and compiling them again.
    NODE_COMPILE_CACHE: join(tmpdir(), 'casino-club-compile-cache'),
  }
  let url = external?.url ?? ''
  const servers: HouseProcess[] = []
  for (let at = 0; at < settings.servers; at++) {
    const ownsDatabase = at === 0 && !external
    servers.push(
      new HouseProcess(
        `server ${at + 1}`,
        await freePort(),
        () => ({ ...common, ...(ownsDatabase ? {} : { DATABASE_URL: url }) }),
        settings.defect,
      ),
    )
  }
  servers[0]?.start()
  await servers[0]?.opened()
  url = await address()
  for (const each of servers.slice(1)) each.start()
  await Promise.all(servers.map((each) => each.opened()))
  const dice = diceOf(settings.seed)
  const doors = await Promise.all(servers.map(({ name, port }) => openCuttingProxy(port, dice.of(name))))

  const open = () => openApp(parseConfig({ ...common, DATABASE_CONNECTIONS: '6' }), url, { log: openLog('silent') })
  let app = await open()

  // After a blow PostgreSQL may come back on another port: then everybody has to be told.
  const follow = setInterval(async () => {
    const now = await address().catch(() => url)
    if (now === url) return
    url = now
    for (const each of servers.slice(1)) await each.kill()
    const before = app
    app = await open().catch(() => before)
    if (app !== before) await before.close().catch(() => undefined)
  }, 250)

  const someBackend = async (): Promise<number | undefined> => {
    const { rows } = await app.pool.query<{ pid: number }>(
      `select pid from pg_stat_activity
        where application_name like 'casino-club%' and pid <> pg_backend_pid() and datname = current_database()
        order by application_name = 'casino-club batches' desc, random()`,
    )
    // Batches most of the time: that is where rounds are lost, if anywhere.
    return (Math.random() < 0.7 ? rows[0] : rows[Math.floor(Math.random() * rows.length)])?.pid
  }

  return {
    servers,
    doors,
    app: () => app,
    killConnection: async () => {
      const pid = await someBackend()
      if (!pid) return false
      await app.pool.query('select pg_terminate_backend($1)', [pid])
      return true
    },
    killBackend: async () => {
      return killIfThere(await someBackend())
    },
    killDatabase: external
      ? undefined
      : async () => {
          return killIfThere((await readPidFile(place))?.pid)
        },
    stop: async () => {
      clearInterval(follow)
      for (const each of doors) await each.close()
      // The owner of the database goes last, so that nobody has to wait for it in vain.
      for (const each of [...servers].reverse()) await each.stop()
      await Promise.race([app.close().catch(() => undefined), wait(3_000)])
      await external?.drop()
    },
  }
}

function killIfThere(pid: number | undefined): boolean {
  if (pid === undefined) return false
  try {
    process.kill(pid, 'SIGKILL')
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    return false
  }
}

/** A database of our own on somebody's server: what is there already is never touched. */
async function createDatabaseAt(adminUrl: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `casino_crash_${randomBytes(6).toString('hex')}`
  const asAdmin = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: adminUrl })
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  await asAdmin(`create database ${name}`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => asAdmin(`drop database if exists ${name} with (force)`) }
}
