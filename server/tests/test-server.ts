import { randomBytes } from 'node:crypto'
import { statfsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres, stopLeftOverServer } from '#platform/postgres/embedded.ts'
import { isProcessAlive } from '#platform/postgres/embedded-claim.ts'
import { migrateUp } from '#platform/postgres/migrate.ts'

/*
 * PostgreSQL for one run of tests: a real server with its real settings (nothing durable is turned off),
 * on a memory disk where there is one. A migrated template is made once; each test file gets a copy of it.
 */

/** Plain data, so that it can be handed to test workers. */
export type TestRun = { readonly runId: string; readonly adminUrl: string; readonly template: string }

export type TestServer = { readonly testRun: TestRun; readonly serverPid: number; readonly stop: () => Promise<void> }

export type TestDatabase = {
  readonly name: string
  readonly connectionString: string
  readonly drop: () => Promise<void>
}

const FOLDER = 'casino-club-test-'
const ROOM_NEEDED = 2 ** 30

/** Starts a server of its own for this run and migrates the template. Its folder goes with it, even after kill -9. */
export async function startTestServer(): Promise<TestServer> {
  const parent = memoryDisk() ?? tmpdir()
  await removeAbandoned(parent)
  const dataDir = await mkdtemp(join(parent, `${FOLDER}${process.pid}-`))
  const server = await startEmbeddedPostgres({ dataDir, deleteWhenStopped: true })
  const runId = randomBytes(4).toString('hex')
  const testRun = { runId, adminUrl: server.connectionString, template: `casino_test_${runId}_template` }
  try {
    await asAdmin(testRun, `create database ${testRun.template}`)
    await migrateUp(urlOf(testRun, testRun.template))
  } catch (error) {
    await server.stop()
    throw error
  }
  return { testRun, serverPid: server.serverPid, stop: server.stop }
}

/** A migrated database of one's own. `empty`: not even migrated. */
export async function createDatabaseOf(testRun: TestRun, options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const name = `casino_test_${testRun.runId}_${randomBytes(6).toString('hex')}`
  // Copying files, measured: 28 ms on a memory disk, against 150 ms for a copy through the WAL (the default).
  const template = options.empty ? 'template0' : testRun.template
  await asAdmin(testRun, `create database ${name} template ${template} strategy file_copy`)
  return {
    name,
    connectionString: urlOf(testRun, name),
    drop: async () => {
      refuseForeignName(testRun, name)
      await asAdmin(testRun, `drop database if exists ${name} with (force)`)
    },
  }
}

/** Tests write only to databases that they made themselves in this very run (mission A3). */
export async function refuseForeignDatabase(testRun: TestRun, connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>('select current_database() as name')
    refuseForeignName(testRun, rows[0]?.name ?? '')
  } finally {
    await client.end()
  }
}

function refuseForeignName(testRun: TestRun, name: string): void {
  if (name.startsWith(`casino_test_${testRun.runId}_`) && name !== testRun.template) return
  throw new Error(`Tests do not touch the database "${name}": this run (${testRun.runId}) did not create it.`)
}

async function asAdmin(testRun: TestRun, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: testRun.adminUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** The same server, another database. The form differs by socket and TCP, the name of the database does not. */
function urlOf({ adminUrl }: TestRun, name: string): string {
  return adminUrl.replace(/\/casino(?=\?|$)/, `/${name}`)
}

function memoryDisk(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize >= ROOM_NEEDED ? '/dev/shm' : undefined
  } catch {
    return undefined
  }
}

/** Folders of runs whose process is gone, should even the watch over them have been killed. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = Number(/^casino-club-test-(\d+)-/.exec(name)?.[1])
    if (!pid || isProcessAlive(pid)) continue
    const folder = join(parent, name)
    try {
      await stopLeftOverServer(folder)
      await rm(folder, { recursive: true, force: true })
    } catch {
      // Another account's: not ours to clear away.
    }
  }
}
