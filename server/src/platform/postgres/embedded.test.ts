import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, expect, test } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/postgres/embedded.ts'
import { chooseAccount } from '#platform/postgres/embedded-account.ts'
import { findPostgresBinaries } from '#platform/postgres/embedded-binaries.ts'
import { borrowEmbeddedPostgres } from '#platform/postgres/embedded-borrow.ts'
import { isProcessAlive } from '#platform/postgres/embedded-claim.ts'

const OWNER = fileURLToPath(new URL('../../../tests/own-embedded-postgres.ts', import.meta.url))
const isRoot = process.getuid?.() === 0

// One made and stopped folder, copied for each test: making one takes a second.
const home = await mkdtemp(join(tmpdir(), 'casino-club-embedded-'))
const prototype = join(home, 'prototype')
{
  const server = await startEmbeddedPostgres({ dataDir: prototype })
  await query(server.connectionString, 'create table kept (n int primary key)')
  await server.stop()
}
let folders = 0
const stops: (() => Promise<unknown>)[] = []
const children: ChildProcess[] = []

function newFolder(): string {
  const folder = join(home, `f${++folders}`)
  execFileSync('cp', ['-a', prototype, folder])
  return folder
}

afterEach(async () => {
  for (const child of children.splice(0)) await kill9(child)
  for (const stop of stops.splice(0)) await stop()
  for (let i = 1; i <= folders; i++) await writersGone(join(home, `f${i}`))
})
afterAll(() => rm(home, { recursive: true, force: true }))

async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir })
  stops.push(server.stop)
  return server
}

type Owner = { process: ChildProcess; connectionString: string; serverPid: number; refused?: string }

async function startOwner(dataDir: string, as = plainly): Promise<Owner> {
  const { command, args, options } = as(process.execPath, [OWNER, dataDir])
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const lines = createInterface({ input: child.stdout })
  const [line] = (await once(lines, 'line')) as [string]
  return { process: child, ...(JSON.parse(line) as Omit<Owner, 'process'>) }
}
const plainly = (command: string, args: readonly string[]) => ({ command, args, options: {} })

async function kill9(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** Every process that mentions this folder: PostgreSQL's, and the shell that watches over it. */
function processesOf(dataDir: string): number[] {
  return readdirSync('/proc')
    .filter((each) => /^\d+$/.test(each) && Number(each) !== process.pid)
    .filter((each) => {
      try {
        return (
          readFileSync(`/proc/${each}/cmdline`, 'utf8')
            .split('\0')
            .some((word) => word === dataDir || word.startsWith(`${dataDir}/`)) && isProcessAlive(Number(each))
        )
      } catch {
        return false
      }
    })
    .map(Number)
}

async function writersGone(dataDir: string): Promise<void> {
  for (const end = Date.now() + 15_000; processesOf(dataDir).length > 0; await wait(20)) {
    if (Date.now() > end) throw new Error(`still there: ${processesOf(dataDir)}`)
  }
}

function watchersOf(dataDir: string): number[] {
  return processesOf(dataDir).filter((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('casino-club-watch'),
  )
}

test('a new server is durable, checksummed, sorts alike everywhere, and is reached over a socket that needs a password', async () => {
  const server = await start(newFolder())
  expect(
    await query(
      server.connectionString,
      `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
              current_setting('synchronous_commit') as commit, current_setting('data_checksums') as checksums,
              pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale,
              inet_server_addr() as address, current_database() as name
         from pg_database where datname = current_database()`,
    ),
  ).toEqual([
    {
      fsync: 'on',
      pages: 'on',
      commit: 'on',
      checksums: 'on',
      encoding: 'UTF8',
      provider: 'b',
      locale: 'C.UTF-8',
      address: null,
      name: 'casino',
    },
  ])
  expect(statSync(join(home, `f${folders}`, 'database-password')).mode & 0o777).toBe(0o600)
  const withoutPassword = server.connectionString.replace(/:[0-9a-f]+@/, ':wrong@')
  await expect(query(withoutPassword, 'select 1')).rejects.toThrow(/password authentication failed/)
  const overTcp = server.connectionString.replace(/@.*$/, `@127.0.0.1:${server.port}/casino`)
  expect(await query(overTcp, 'select host(inet_server_addr()) as address')).toEqual([{ address: '127.0.0.1' }])
  expect(statSync(`/proc/${server.serverPid}`).uid).not.toBe(0)
})

test('stopping leaves no process and no claim; the next start has the same data on the same port', async () => {
  const folder = newFolder()
  const first = await start(folder)
  await query(first.connectionString, 'insert into kept values (1)')
  await Promise.all([first.stop(), first.stop()])
  expect(processesOf(folder)).toEqual([])
  expect(readdirSync(folder).filter((each) => each.startsWith('running'))).toEqual([])
  expect(existsSync(join(folder, 'database', 'postmaster.pid'))).toBe(false)

  const second = await start(folder)
  expect(await query(second.connectionString, 'select n from kept')).toEqual([{ n: 1 }])
  expect(second.connectionString).toBe(first.connectionString)
})

test('a second start on the same folder says who has it and where, and harms nothing', async () => {
  const folder = newFolder()
  const owner = await startOwner(folder)
  const message = `Casino Club is already running on this folder (process ${owner.process.pid}, http://localhost:3999)`
  await expect(startEmbeddedPostgres({ dataDir: folder })).rejects.toThrow(message)
  expect(await query(owner.connectionString, 'select 1 as up')).toEqual([{ up: 1 }])
  // Also within one process.
  const own = await start(newFolder())
  await expect(startEmbeddedPostgres({ dataDir: join(home, `f${folders}`) })).rejects.toThrow('already running')
  await own.stop()
})

test('of many that start at the same moment at most one gets the folder', async () => {
  const folder = newFolder()
  const owners = await Promise.all([1, 2, 3, 4].map(() => startOwner(folder)))
  expect(owners.filter(({ refused }) => refused === undefined).length).toBeLessThanOrEqual(1)
  for (const { refused } of owners) if (refused) expect(refused).toContain('already running')
})

test('a command borrows the server of a running club and leaves it running', async () => {
  const folder = newFolder()
  const owner = await startOwner(folder)
  const borrowed = await borrowEmbeddedPostgres({ dataDir: folder })
  expect(borrowed.connectionString).toBe(owner.connectionString)
  await borrowed.stop()
  expect(await query(owner.connectionString, 'select 1 as up')).toEqual([{ up: 1 }])
})

test('kill -9 of the club: PostgreSQL does not stay behind, and what was committed is there', async () => {
  const folder = newFolder()
  const owner = await startOwner(folder)
  await query(owner.connectionString, 'insert into kept values (2)')
  await kill9(owner.process)
  await writersGone(folder)
  const server = await start(folder)
  expect(await query(server.connectionString, 'select n from kept')).toEqual([{ n: 2 }])
})

test('kill -9 of the club and its watch: the next start stops the PostgreSQL left behind', async () => {
  const folder = newFolder()
  const owner = await startOwner(folder)
  for (const pid of watchersOf(folder)) process.kill(pid, 'SIGKILL')
  await query(owner.connectionString, 'insert into kept values (3)')
  await kill9(owner.process)
  await wait(300)
  expect(isProcessAlive(owner.serverPid)).toBe(true)

  const server = await start(folder)
  expect(isProcessAlive(owner.serverPid)).toBe(false)
  expect(await query(server.connectionString, 'select n from kept')).toEqual([{ n: 3 }])
})

test('kill -9 of everything in the middle of writing: nothing acknowledged is lost', async () => {
  const folder = newFolder()
  const owner = await startOwner(folder)
  const client = new pg.Client({ connectionString: owner.connectionString })
  client.on('error', () => undefined)
  await client.connect()
  let acknowledged = 99
  const writes = (async () => {
    for (;;) {
      await client.query('insert into kept values ($1)', [acknowledged + 1])
      acknowledged++
    }
  })().catch(() => undefined)
  await wait(400)
  for (const pid of [...watchersOf(folder), owner.process.pid ?? 0, owner.serverPid]) process.kill(pid, 'SIGKILL')
  await writes

  const server = await start(folder)
  const rows = await query(server.connectionString, 'select max(n) as last, count(*)::int as rows from kept')
  expect(acknowledged).toBeGreaterThan(100)
  expect(rows[0]?.['last']).toBeGreaterThanOrEqual(acknowledged)
  expect(rows[0]?.['rows']).toBe(Number(rows[0]?.['last']) - 99)
})

test('process ids that others have now are not mistaken for ours', async () => {
  const folder = newFolder()
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore' })
  children.push(stranger)
  const claim = { pid: stranger.pid, startedAt: 'before the last boot 1', host: 'here' }
  await writeFile(join(folder, `running.${stranger.pid}.json`), JSON.stringify(claim))
  await writeFile(join(folder, 'database', 'postmaster.pid'), `${stranger.pid}\n${join(folder, 'database')}\n`)

  const server = await start(folder)
  expect(await query(server.connectionString, 'select 1 as up')).toEqual([{ up: 1 }])
  expect(isProcessAlive(stranger.pid ?? 0)).toBe(true)
})

test('a first start that was cut short is begun again', async () => {
  const folder = join(home, `f${++folders}`)
  await mkdir(join(folder, 'database.new', 'base'), { recursive: true })
  await writeFile(join(folder, 'database.new', 'PG_VERSION'), '18\n')
  await writeFile(join(folder, 'database-password.new'), 'half')
  const server = await start(folder)
  expect(await query(server.connectionString, 'select 1 as up')).toEqual([{ up: 1 }])
  expect(readdirSync(folder).filter((each) => each.endsWith('.new'))).toEqual([])
})

test('a port that is taken meanwhile is given up for another', async () => {
  const folder = newFolder()
  const port = Number(await readFile(join(folder, 'database-port'), 'utf8'))
  const thief = createServer().listen(port, '127.0.0.1')
  await once(thief, 'listening')
  const server = await start(folder)
  thief.close()
  expect(server.port).not.toBe(port)
  await expect(startEmbeddedPostgres({ dataDir: newFolder(), port: server.port })).rejects.toThrow(
    `Port ${server.port}, wanted for the database, is taken by another program.`,
  )
})

test('a server that dies on its own is told of; one that is stopped is not', async () => {
  const server = await start(newFolder())
  process.kill(server.serverPid, 'SIGKILL')
  expect(await server.died).toMatch(/PostgreSQL \(process \d+\) ended with SIGKILL; see .*database\.log/)

  const stopped = await start(newFolder())
  await stopped.stop()
  expect(await Promise.race([stopped.died, wait(100, 'quiet')])).toBe('quiet')
})

test.each(['fsync', 'full_page_writes', 'synchronous_commit'])('with %s off it does not start', async (setting) => {
  const folder = newFolder()
  await writeFile(join(folder, 'database', 'local.conf'), `${setting} = off\n`)
  await chmod(join(folder, 'database', 'local.conf'), 0o644)
  await expect(startEmbeddedPostgres({ dataDir: folder })).rejects.toThrow(
    new RegExp(`may lose committed rounds.*${setting} is off \\(set by: configuration file\\)`),
  )
  expect(processesOf(folder)).toEqual([])
})

test('a setting of the role that makes commits forgetful is noticed, too', async () => {
  const folder = newFolder()
  const server = await start(folder)
  await query(server.connectionString, 'alter role casino set synchronous_commit = off')
  await server.stop()
  await expect(startEmbeddedPostgres({ dataDir: folder })).rejects.toThrow(/synchronous_commit is off \(set by: user\)/)
})

test('a database of another major version is refused with the way out', async () => {
  const folder = newFolder()
  await writeFile(join(folder, 'database', 'PG_VERSION'), '17\n')
  await expect(startEmbeddedPostgres({ dataDir: folder })).rejects.toThrow(/made by PostgreSQL 17.*brings 18.*backup/)
})

test('a folder with a name that a socket or a URL cannot carry works over TCP', async () => {
  const folder = join(home, `한 국 어 ${'long'.repeat(30)}`)
  const server = await start(folder)
  expect(await query(server.connectionString, 'select inet_server_addr() is not null as tcp')).toEqual([{ tcp: true }])
})

// As root (CI) PostgreSQL runs as another account; below a folder that only root may enter, too.
test('below a folder that is closed to others it works all the same, and the folder stays closed', async () => {
  const closed = join(home, 'closed')
  await mkdir(closed, { mode: 0o700 })
  const server = await start(join(closed, 'data'))
  expect(await query(server.connectionString, 'select 1 as up')).toEqual([{ up: 1 }])
  expect(statSync(closed).mode & 0o777).toBe(0o700)
  expect(statSync(`/proc/${server.serverPid}`).uid).toBe(
    isRoot ? statSync(join(closed, 'data', 'database')).uid : process.getuid?.(),
  )
})

test('PostgreSQL’s own programs work below a folder that is closed to others (a clone in /root)', async () => {
  const closed = join(home, 'closed-clone')
  await mkdir(closed, { mode: 0o700 })
  const { root } = await findPostgresBinaries()
  execFileSync('cp', ['-a', root, closed])
  const initdb = join(closed, 'native', 'bin', 'initdb')
  const account = await chooseAccount(undefined, [initdb], () => undefined)
  const data = join(closed, 'data')
  await mkdir(data, { mode: 0o700 })
  if (account.owner) execFileSync('chown', [`${account.owner.uid}:${account.owner.gid}`, data])
  // It looks for `postgres` beside itself and for its templates above.
  const { command, args, options } = account.start(initdb, ['-D', data, '--no-sync', '--locale=C', '-U', 'casino'])
  const said = execFileSync(command, args, { ...options, cwd: '/', encoding: 'utf8' })
  expect(said).toContain('Success')
})

test('an ordinary account starts, is killed and starts again; it is told when a folder is not its own', async () => {
  // As root: under the account that PostgreSQL would get. Else: under our own.
  const { root } = await findPostgresBinaries()
  const account = await chooseAccount(undefined, [root, OWNER, process.execPath, home], () => undefined)
  const own = join(home, 'of-an-ordinary-account')
  await mkdir(own, { mode: 0o755 })
  if (account.owner) execFileSync('chown', [`${account.owner.uid}:${account.owner.gid}`, own])

  const first = await startOwner(own, account.start)
  expect(first.refused).toBeUndefined()
  await query(first.connectionString, 'create table kept (n int)')
  await kill9(first.process)
  const second = await startOwner(own, account.start)
  expect(await query(second.connectionString, 'select count(*)::int as rows from kept')).toEqual([{ rows: 0 }])
  second.process.kill('SIGTERM')
  await writersGone(own)

  // Where nobody may write: in a closed clone the account has a capability that opens what is another's.
  const { refused } = await startOwner('/dev/null/data', account.start)
  expect(refused).toMatch(/data folder \/dev\/null\/data cannot be made/)
})
