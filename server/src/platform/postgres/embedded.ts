import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { chown, mkdir, open, readdir, readFile, readlink, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { refuseUnsafeDurability } from '#platform/postgres/durability.ts'
import { type Account, chooseAccount } from '#platform/postgres/embedded-account.ts'
import { findPostgresBinaries, type PostgresBinaries } from '#platform/postgres/embedded-binaries.ts'
import { CannotStart } from '#platform/postgres/embedded-cannot-start.ts'
import { type Claim, claimFolder, isProcessAlive } from '#platform/postgres/embedded-claim.ts'
import { connectionTo, DATABASE, type Place, placeIn, readPidFile, USER } from '#platform/postgres/embedded-place.ts'
import { writeSettings } from '#platform/postgres/embedded-settings.ts'
import { watchOver } from '#platform/postgres/embedded-watch.ts'

/*
 * A real PostgreSQL that this program starts and stops itself. What lies in the data folder:
 *
 *   running.<pid>.json   the claim of the process that works here
 *   database/            PostgreSQL's own files, owned by the account that it runs under
 *   database-password    a random password, readable by us only
 *   database-port        the port of last time, tried first
 *   database.log         what PostgreSQL says
 */

export type EmbeddedPostgres = {
  /** For the database `casino`; over a unix socket where the path is short enough (up to 18 % faster than TCP). */
  readonly connectionString: string
  readonly serverPid: number
  readonly port: number
  /** Tells a second start on this folder where to find us. */
  readonly announceUrl: (url: string) => Promise<void>
  /** Resolves with a sentence when the server ends without having been asked to. */
  readonly died: Promise<string>
  /** Lets running statements be cut off, writes everything to disk, leaves no process. Twice does no harm. */
  readonly stop: () => Promise<void>
}

export type EmbeddedPostgresOptions = {
  readonly dataDir: string
  /** Default: the port of last time, or any free one. */
  readonly port?: number
  readonly onProgress?: (message: string) => void
  /** For tests: the folder is deleted once the server has stopped, even when this process was killed. */
  readonly deleteWhenStopped?: boolean
}

const FAST_SHUTDOWN = 'SIGINT'
const IMMEDIATE_SHUTDOWN = 'SIGQUIT'
const POLL_MS = 15

/**
 * Starts PostgreSQL on a folder, making the folder and the database when there are none. What a kill -9
 * left behind (of this program, of PostgreSQL, or of both) is cleared up first; PostgreSQL's own recovery
 * then brings back every committed transaction.
 *
 * @throws CannotStart in words for the person who started it: another process has the folder, no account,
 *   no PostgreSQL for this machine, no room on the disk.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const onProgress = options.onProgress ?? (() => undefined)
  const dataDir = resolve(options.dataDir)
  const binaries = await findPostgresBinaries()
  // Others may pass through but not list: as root, PostgreSQL's account has to reach database/.
  await mkdir(dataDir, { recursive: true, mode: 0o711 }).catch((error: Error) => {
    throw new CannotStart(`The data folder ${dataDir} cannot be made: ${error.message}`)
  })
  const claim = await claimFolder(dataDir)
  try {
    const place = placeIn(dataDir)
    await stopOrphan(place, onProgress)
    const dataOwner = existsSync(place.data) ? (await stat(place.data)).uid : undefined
    const account = await chooseAccount(
      dataOwner,
      [dataDir, join(binaries.root, 'share', 'postgresql', 'postgres.bki'), binaries.postgres],
      onProgress,
    )
    if (!existsSync(place.data)) await createDatabaseFiles(place, binaries, account, onProgress)
    await refuseOtherMajorVersion(place, binaries)
    return await run(place, binaries, account, claim, options, onProgress)
  } catch (error) {
    await claim.release()
    throw error
  }
}

/** Stops a server that runs on this folder without anybody owning it. Nothing there: does nothing. */
export async function stopLeftOverServer(dataDir: string): Promise<void> {
  await stopOrphan(placeIn(resolve(dataDir)), () => undefined)
}

async function createDatabaseFiles(
  place: Place,
  binaries: PostgresBinaries,
  account: Account,
  onProgress: (message: string) => void,
): Promise<void> {
  onProgress(`making a new database in ${place.dataDir}${account.owner ? ` (as account ${account.owner.name})` : ''}`)
  // Made beside its place and moved there when complete, so that a start cut short leaves no half of one.
  const unfinished = `${place.data}.new`
  const handedOver = `${place.passwordFile}.new`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  const password = randomBytes(24).toString('hex')
  await rm(handedOver, { force: true })
  await writeFile(handedOver, password, { mode: 0o600, flag: 'wx' })
  if (account.owner) {
    for (const each of [unfinished, handedOver]) await chown(each, account.owner.uid, account.owner.gid)
  }
  const { code, output } = await runToEnd(account, binaries.initdb, [
    `--pgdata=${unfinished}`,
    `--username=${USER}`,
    `--pwfile=${handedOver}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorting and case by code point, built into PostgreSQL: the same on every machine and after every update
    // of the operating system, so that an index never disagrees with the library that it was sorted by.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
  ])
  await rm(handedOver, { force: true })
  if (code !== 0) {
    await rm(unfinished, { recursive: true, force: true })
    throw new CannotStart(`PostgreSQL could not make its files in ${place.dataDir}.${hint(output)}\n${output}`)
  }
  await writeFile(place.passwordFile, password, { mode: 0o600 })
  await rename(unfinished, place.data)
}

async function refuseOtherMajorVersion(place: Place, binaries: PostgresBinaries): Promise<void> {
  const made = (await readFile(join(place.data, 'PG_VERSION'), 'utf8')).trim()
  const { output } = await runToEnd(undefined, binaries.postgres, ['--version'])
  const major = /\(PostgreSQL\) (\d+)/.exec(output)?.[1]
  if (major && major !== made) {
    throw new CannotStart(
      `The database in ${place.dataDir} was made by PostgreSQL ${made}, and this release brings ${major}. Make a backup with the release that made it (npm run backup -- --to DIR), then restore it with this one into a new folder (docs/runbooks/backup-and-restore.md).`,
    )
  }
}

async function run(
  place: Place,
  binaries: PostgresBinaries,
  account: Account,
  claim: Claim,
  options: EmbeddedPostgresOptions,
  onProgress: (message: string) => void,
): Promise<EmbeddedPostgres> {
  const { child, port } = await startServer(place, binaries, account, options.port, onProgress)
  const serverPid = child.pid ?? 0
  const watch = watchOver(place, serverPid, options.deleteWhenStopped ?? false)

  let stopping: Promise<void> | undefined
  let expected = false
  const exited = new Promise<string>((settle) => {
    const say = () =>
      settle(
        `PostgreSQL (process ${serverPid}) ended with ${child.signalCode ?? `code ${child.exitCode}`}; see ${place.log}`,
      )
    if (child.exitCode !== null || child.signalCode !== null) say()
    else child.once('exit', say)
  })
  const stop = async () => {
    expected = true
    await shutDown(child, binaries, place)
    await watch.dismiss()
    await claim.release()
    if (options.deleteWhenStopped) await rm(place.dataDir, { recursive: true, force: true, maxRetries: 5 })
  }

  try {
    await createOurDatabase(await connectionTo(place, port, 'postgres'))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    connectionString: await connectionTo(place, port),
    serverPid,
    port,
    announceUrl: claim.announceUrl,
    died: new Promise((settle) => {
      void exited.then((sentence) => {
        if (!expected) settle(sentence)
      })
    }),
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

async function createOurDatabase(connectionString: string): Promise<void> {
  const admin = new pg.Client({ connectionString })
  await admin.connect()
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await admin.query(`create database ${DATABASE}`)
    await refuseUnsafeDurability(admin)
  } finally {
    await admin.end()
  }
}

/** Starts the server and waits until it takes connections; another port when this one is taken meanwhile. */
async function startServer(
  place: Place,
  binaries: PostgresBinaries,
  account: Account,
  wantedPort: number | undefined,
  onProgress: (message: string) => void,
): Promise<{ child: ChildProcess; port: number }> {
  const before = Number(await readFile(place.portFile, 'utf8').catch(() => '0'))
  let candidates = wantedPort ? [wantedPort] : [before, 0, 0, 0].filter((each, i) => i > 0 || each > 0)
  let leftovers = 40
  for (;;) {
    const port = await freePort(candidates[0] ?? 0)
    candidates = candidates.slice(1)
    if (port === undefined) {
      if (candidates.length > 0) continue
      throw new CannotStart(`Port ${wantedPort ?? before}, wanted for the database, is taken by another program.`)
    }
    await writeSettings(place, account, port)
    const { child, said } = await launch(place, binaries, account, onProgress)
    if (!said) {
      await writeFile(place.portFile, String(port))
      return { child, port }
    }
    // A killed server's backends hold its shared memory until they notice, which takes them a moment.
    if (/pre-existing shared memory block/.test(said) && leftovers-- > 0) {
      candidates = [port, ...candidates]
      await wait(250)
      continue
    }
    if (/could not bind/.test(said) && candidates.length > 0) continue
    throw new CannotStart(`PostgreSQL did not start on ${place.dataDir}.${hint(said)}\n${said}`)
  }
}

/** Resolves when the server is ready, or when it has ended, then with what it said. */
async function launch(
  place: Place,
  binaries: PostgresBinaries,
  account: Account,
  onProgress: (message: string) => void,
): Promise<{ child: ChildProcess; said: string | undefined }> {
  const log = await open(place.log, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND, 0o600)
  const { size } = await log.stat()
  const { command, args, options } = account.start(binaries.postgres, ['-D', place.data])
  // In a session of its own: Ctrl-C reaches us and not PostgreSQL, which must outlive our last answer.
  const child = spawn(command, args, { ...options, cwd: '/', detached: true, stdio: ['ignore', log.fd, log.fd] })
  const spawned = await new Promise<Error | undefined>((settle) => {
    child.once('spawn', () => settle(undefined))
    child.once('error', settle)
  })
  await log.close()
  if (spawned) throw new CannotStart(`PostgreSQL could not be started: ${spawned.message}`)
  child.unref()
  const startedAt = Date.now()
  let nextWord = 3_000
  while (child.exitCode === null && child.signalCode === null) {
    const status = await readPidFile(place)
    if (status?.pid === child.pid && status?.ready) return { child, said: undefined }
    if (Date.now() - startedAt > nextWord) {
      onProgress(`PostgreSQL is still starting or recovering (${Math.round((Date.now() - startedAt) / 1000)} s)`)
      nextWord += 5_000
    }
    await wait(POLL_MS)
  }
  const text = await readFile(place.log, 'utf8')
  return { child, said: text.slice(Math.min(size, text.length)) || 'It said nothing.' }
}

/** Stops a server that a killed process of ours left running on this folder, and clears a stale pid file. */
async function stopOrphan(place: Place, onProgress: (message: string) => void): Promise<void> {
  const found = await readPidFile(place)
  if (!found?.pid) return
  if (!(await isServerOf(place, found.pid))) {
    // PostgreSQL believes that whoever has this process id now (be it a dead process that nobody has asked after)
    // is the server. The shared memory still tells it about backends that have not noticed their end.
    const stale = (await readdir(place.data)).filter(
      (each) => each === 'postmaster.pid' || each.startsWith('.s.PGSQL.'),
    )
    for (const each of stale) await rm(join(place.data, each), { force: true })
    onProgress('clearing up after a run that was cut short; committed rounds come back by themselves')
    return
  }
  onProgress(`stopping the PostgreSQL that an earlier run left behind (process ${found.pid})`)
  for (const [signal, seconds] of [
    [FAST_SHUTDOWN, 30],
    [IMMEDIATE_SHUTDOWN, 15],
  ] as const) {
    try {
      process.kill(found.pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return
      throw new CannotStart(
        `A PostgreSQL of an earlier run (process ${found.pid}) still works on ${place.dataDir}, and this account may not stop it. Stop it as the account that started it.`,
      )
    }
    if (await endsWithin(found.pid, seconds)) return
  }
  throw new CannotStart(`A PostgreSQL of an earlier run (process ${found.pid}) does not stop; kill it by hand.`)
}

async function isServerOf(place: Place, pid: number): Promise<boolean> {
  if (!isProcessAlive(pid)) return false
  // A postmaster lives in its data folder. Where /proc does not say (not Linux), believe the pid file.
  if (process.platform !== 'linux') return true
  return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === place.data
}

async function endsWithin(pid: number, seconds: number): Promise<boolean> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(POLL_MS)) {
    if (!isProcessAlive(pid)) return true
  }
  return false
}

async function shutDown(child: ChildProcess, binaries: PostgresBinaries, place: Place): Promise<void> {
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  if (hasEnded()) return
  child.ref()
  const ended = new Promise((settle) => child.once('exit', settle))
  if (process.platform === 'win32') {
    await runToEnd(undefined, binaries.pgCtl, ['stop', '-D', place.data, '-m', 'fast', '-w'])
  } else {
    child.kill(FAST_SHUTDOWN)
    const tooLong = new AbortController()
    await Promise.race([ended, wait(30_000, undefined, { signal: tooLong.signal }).catch(() => undefined)])
    tooLong.abort()
    if (!hasEnded()) child.kill(IMMEDIATE_SHUTDOWN)
  }
  await ended
}

/** The port if nobody listens on it (0: any free one), else undefined. */
function freePort(port: number): Promise<number | undefined> {
  return new Promise((settle) => {
    const probe = createServer()
    probe.once('error', () => settle(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => settle(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}

function hint(said: string): string {
  if (/No space left on device/i.test(said)) return ' The disk is full: it needs about 500 MB.'
  if (/Permission denied/i.test(said)) return ' A folder or file is not open to the account that PostgreSQL runs under.'
  if (/could not load|cannot open shared object/i.test(said)) return ' A system library is missing.'
  return ''
}

function runToEnd(
  account: Account | undefined,
  program: string,
  programArgs: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const { command, args, options } = account
    ? account.start(program, programArgs)
    : { command: program, args: programArgs, options: {} }
  return new Promise((settle, reject) => {
    const child = spawn(command, args, { ...options, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    child.once('error', (error: NodeJS.ErrnoException) => {
      // The kernel says "no such file" of a program that is there when it lacks that program's loader.
      const otherLibrary = error.code === 'ENOENT' && command === program && existsSync(program)
      reject(
        new CannotStart(
          otherLibrary
            ? 'The embedded PostgreSQL needs glibc, and this Linux has another C library (Alpine, say). Set DATABASE_URL to a PostgreSQL of your own.'
            : `${command} could not be started: ${error.message}`,
        ),
      )
    })
    child.once('close', (code) => settle({ code, output: output.trim() }))
  })
}
