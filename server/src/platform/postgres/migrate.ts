import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type MigrationBuilder, type RunnerOption, runner } from 'node-pg-migrate'
import pg from 'pg'

/*
 * One linear history of SQL files, `server/migrations/NNNN_name.sql`, each with an up and a down section.
 * All pending steps happen in one transaction or not at all, so a failed start leaves the database as the
 * release before knows it. Several processes may start at once: one migrates, the others wait and find it done.
 */

export type Migration = {
  /** `0002_ledger` */
  readonly name: string
  readonly file: string
  readonly up: Section
  readonly down: Section
}

type Section = { readonly sql: string; readonly firstLine: number }

export type MigrationStep = { readonly name: string; readonly direction: 'up' | 'down' }

export type MigrationResult = {
  readonly done: readonly string[]
  /** The newest migration the database has now; undefined when it has none. */
  readonly head: string | undefined
  /** Migrations that the database has and this release does not know: a newer release was here. */
  readonly ahead: readonly string[]
}

export type MigrateOptions = {
  /** Called before each step. */
  readonly onStep?: (step: MigrationStep) => void
  /** Default: `server/migrations`. */
  readonly dir?: string
  /** At most so many steps. Default: all pending ones. */
  readonly steps?: number
}

export const MIGRATIONS_TABLE = 'platform_migration'
const MIGRATIONS_DIR = fileURLToPath(new URL('../../../migrations', import.meta.url))
const NAME = /^\d{4}_[a-z0-9]+(-[a-z0-9]+)*\.sql$/
const UP = /^-- Up Migration[^\n]*$/gm
const DOWN = /^-- Down Migration[^\n]*$/gm

/** Brings the database to the newest migration of this release. Done already: does nothing. */
export function migrateUp(connectionString: string, options: MigrateOptions = {}): Promise<MigrationResult> {
  return migrate(connectionString, 'up', options)
}

/** Takes the newest `steps` migrations back. What their tables held is gone: docs/runbooks/rollback.md. */
export function migrateDown(
  connectionString: string,
  steps: number,
  options: Omit<MigrateOptions, 'steps'> = {},
): Promise<MigrationResult> {
  return migrate(connectionString, 'down', { ...options, steps })
}

/**
 * Every migration of this release, oldest first.
 *
 * @throws Error naming a file that is misnamed, misnumbered, or lacks a section.
 */
export async function listMigrations(dir = MIGRATIONS_DIR): Promise<Migration[]> {
  const names = (await readdir(dir)).filter((each) => !each.startsWith('.')).sort()
  return Promise.all(
    names.map(async (name, i) => {
      if (!NAME.test(name)) throw new Error(`server/migrations/${name}: name it like 0007_what-it-makes.sql`)
      if (Number(name.slice(0, 4)) !== i + 1) {
        throw new Error(
          `server/migrations/${name}: number ${String(i + 1).padStart(4, '0')} comes next; history has no gap and no fork`,
        )
      }
      return readMigration(join(dir, name))
    }),
  )
}

async function readMigration(file: string): Promise<Migration> {
  const text = await readFile(file, 'utf8')
  const [up, ...moreUps] = text.matchAll(UP)
  const [down, ...moreDowns] = text.matchAll(DOWN)
  if (!up || !down || moreUps.length + moreDowns.length > 0 || down.index < up.index) {
    throw new Error(`${file}: needs one line "-- Up Migration" and after it one line "-- Down Migration"`)
  }
  const section = (from: number, to: number): Section => ({
    sql: text.slice(from, to),
    firstLine: text.slice(0, from).split('\n').length,
  })
  const migration = {
    name: basename(file, '.sql'),
    file,
    up: section(up.index, down.index),
    down: section(down.index, text.length),
  }
  for (const [name, { sql }] of Object.entries({ up: migration.up, down: migration.down })) {
    if (!sql.replaceAll(/--[^\n]*/g, '').trim()) throw new Error(`${file}: the ${name} section is empty`)
    // The runner has opened a transaction over all steps; one of these would end it half-way.
    if (/^\s*(begin|commit|rollback)\s*;/im.test(sql)) throw new Error(`${file}: leave begin and commit to the runner`)
  }
  return migration
}

async function migrate(
  connectionString: string,
  direction: 'up' | 'down',
  { onStep, dir = MIGRATIONS_DIR, steps }: MigrateOptions,
): Promise<MigrationResult> {
  const known = await listMigrations(dir)
  let running: Migration | undefined
  const actionsOf = (migration: Migration) => {
    const action = (of: 'up' | 'down') => (pgm: MigrationBuilder) => {
      running = migration
      onStep?.({ name: migration.name, direction: of })
      // The final newline keeps a comment at the end of the section from swallowing what is appended to it.
      pgm.sql(`${migration[of].sql}\n`)
    }
    return { up: action('up'), down: action('down') }
  }
  const options: RunnerOption = {
    databaseUrl: { connectionString, application_name: 'casino-club migrations' },
    dir,
    direction,
    ...(steps === undefined ? {} : { count: steps }),
    migrationsTable: MIGRATIONS_TABLE,
    checkOrder: true,
    singleTransaction: true,
    advisoryLockMode: 'wait',
    logger: { info: silent, warn: silent, error: silent },
    migrationLoaderStrategies: [
      {
        extensions: ['.sql'],
        loader: async () => known.map((each) => ({ id: each.file, filePaths: [each.file], actions: actionsOf(each) })),
      },
    ],
  }
  const done = await runner(options).catch((error: unknown) => {
    throw explain(error, running?.[direction], running?.file, direction)
  })
  return { done: done.map(({ name }) => name), ...(await readHead(connectionString, known)) }
}

const silent = () => undefined

function explain(error: unknown, section: Section | undefined, file: string | undefined, direction: string): unknown {
  if (!(error instanceof pg.DatabaseError) || !section || !file) return error
  const line = error.position
    ? section.firstLine + section.sql.slice(0, Number(error.position)).split('\n').length - 1
    : undefined
  const where = `${basename(file)}${line ? `:${line}` : ''}`
  return new Error(
    `migration ${direction} failed at ${where}: ${error.message}${error.detail ? ` (${error.detail})` : ''}`,
    {
      cause: error,
    },
  )
}

/** What the database has, beside what this release knows. Does not change anything. */
async function readHead(
  connectionString: string,
  known: readonly Migration[],
): Promise<Pick<MigrationResult, 'head' | 'ahead'>> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(`select name from ${MIGRATIONS_TABLE} order by name`)
    const names = rows.map(({ name }) => name)
    const ours = new Set(known.map(({ name }) => name))
    return { head: names.at(-1), ahead: names.filter((each) => !ours.has(each)) }
  } finally {
    await client.end()
  }
}
