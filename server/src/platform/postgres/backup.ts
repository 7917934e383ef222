import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import pg from 'pg'
import { getConstructionPlans } from 'pg-boss'
import { listMigrations, MIGRATIONS_TABLE, migrateUp } from '#platform/postgres/migrate.ts'

/*
 * A backup that needs no other program: every row of one moment, in compressed files beside a manifest.
 *
 * Rows travel in PostgreSQL's own text form (`row::text`), so nothing is lost in a detour through JavaScript
 * types. The tables themselves are not in it: restoring migrates an empty database to the same migration
 * first. For large external servers pg_dump and point-in-time recovery are better
 * (docs/runbooks/backup-and-restore.md).
 */

export type Manifest = {
  readonly format: 1
  readonly takenAt: string
  readonly postgres: string
  readonly migrations: readonly string[]
  /** Of pg-boss's own tables, when it has any. */
  readonly jobsVersion: number | null
  readonly tables: readonly TableBackup[]
  readonly partitions: readonly { readonly name: string; readonly parent: string; readonly bound: string }[]
  readonly sequences: readonly { readonly name: string; readonly lastValue: string; readonly isCalled: boolean }[]
}

export type TableBackup = Contents & {
  readonly columns: readonly string[]
  readonly file: string
  readonly bytes: number
  readonly sha256: string
}

/** What a table holds, whatever the order of its rows. */
export type Contents = { readonly name: string; readonly rows: number; readonly checksum: string }

export type BackupOptions = {
  readonly onProgress?: (message: string) => void
  /** Default: `server/migrations`. */
  readonly migrationsDir?: string
}

/** Why a backup cannot be taken or restored, in words for the person who asked for it. */
export class BackupRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'BackupRefused'
  }
}

const MANIFEST = 'manifest.json'
const ROWS_AT_ONCE = 2_000
// The text of a row depends on these, and both sides must write it alike.
const SAME_TEXT = `set local datestyle = 'ISO'; set local intervalstyle = 'iso_8601'; set local timezone = 'UTC';
  set local extra_float_digits = 1; set local bytea_output = 'hex'; set local statement_timeout = 0`
/** Ours, and pg-boss's waiting jobs. */
const SCHEMAS = `('public', 'pgboss')`

/**
 * Writes every row of one moment into `folder`; players may go on playing meanwhile.
 *
 * The manifest is written last, so a folder without one is no backup. Holds personal data: files are
 * readable by their owner only.
 *
 * @throws BackupRefused when the folder is not empty.
 */
export async function takeBackup(
  connectionString: string,
  folder: string,
  { onProgress = () => undefined }: BackupOptions = {},
): Promise<Manifest> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length > 0)
    throw new BackupRefused(`${folder} is not empty; a backup needs a new folder.`)
  const client = await connect(connectionString)
  try {
    await client.query(`begin isolation level repeatable read read only; ${SAME_TEXT}`)
    const tables: TableBackup[] = []
    for (const table of await listTables(client)) {
      const backup = await writeTable(client, table, folder)
      tables.push(backup)
      onProgress(`${backup.name}: ${backup.rows} rows`)
    }
    const manifest: Manifest = {
      format: 1,
      takenAt: new Date().toISOString(),
      postgres: await readOne(client, `select current_setting('server_version')`),
      migrations: (await client.query<{ name: string }>(`select name from ${MIGRATIONS_TABLE} order by name`)).rows.map(
        ({ name }) => name,
      ),
      jobsVersion: await readJobsVersion(client),
      tables,
      partitions: await listPartitions(client),
      sequences: await listSequences(client),
    }
    await client.query('commit')
    await writeDurably(join(folder, MANIFEST), Readable.from([`${JSON.stringify(manifest, null, 2)}\n`]))
    return manifest
  } finally {
    await client.end()
  }
}

/**
 * Loads a backup into an empty database, in one transaction: all of it or nothing. Foreign keys, checks and
 * unique keys are enforced while loading; at the end every table is compared with what the manifest says.
 *
 * @throws BackupRefused when the database is not empty, a file is missing or changed, or this release does
 *   not know the backup's migrations.
 */
export async function restoreBackup(
  connectionString: string,
  folder: string,
  { onProgress = () => undefined, migrationsDir }: BackupOptions = {},
): Promise<Manifest> {
  const manifest = await readManifest(folder)
  await verifyFiles(folder, manifest)
  onProgress(`every file is as it was written on ${manifest.takenAt}`)
  await refuseNonEmpty(connectionString)
  await migrateTo(connectionString, manifest, migrationsDir)
  const client = await connect(connectionString)
  try {
    await client.query(`begin; ${SAME_TEXT}`)
    // pg-boss makes its own tables, and they are not in our migrations.
    if (manifest.jobsVersion !== null) await client.query(getConstructionPlans('pgboss'))
    await makePartitions(client, manifest)
    const present = await listTables(client)
    await refuseOtherShape(client, manifest, present)
    // Histories refuse to be changed or emptied; here they are being written for the first time.
    for (const { name } of present) await client.query(`alter table ${name} disable trigger user`)
    // What the migrations themselves have put in is in the backup too.
    for (const { name } of present.toReversed()) await client.query(`delete from only ${name}`)
    for (const { name } of present) {
      const table = manifest.tables.find((each) => each.name === name)
      if (!table) continue
      await loadTable(client, table, folder)
      await compare(client, table)
      onProgress(`${name}: ${table.rows} rows, as written`)
    }
    await client.query('set constraints all immediate') // else deferred ones would be in the way of the next line
    for (const { name } of present) await client.query(`alter table ${name} enable trigger user`)
    for (const { name, lastValue, isCalled } of manifest.sequences) {
      await client.query('select setval($1::regclass, $2, $3)', [name, lastValue, isCalled])
    }
    await refreshViews(client)
    await client.query('commit')
    await client.query('analyze')
    return manifest
  } finally {
    await client.end()
  }
}

/** The contents of every table, to compare two databases. */
export async function readContents(connectionString: string): Promise<Contents[]> {
  const client = await connect(connectionString)
  try {
    await client.query(`begin isolation level repeatable read read only; ${SAME_TEXT}`)
    const contents: Contents[] = []
    for (const { name } of await listTables(client)) contents.push(await readTableContents(client, name))
    return contents.sort((a, b) => a.name.localeCompare(b.name))
  } finally {
    await client.end()
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, application_name: 'casino-club backup' })
  await client.connect()
  return client
}

async function readOne(client: pg.Client, sql: string): Promise<string> {
  const { rows } = await client.query<string[]>({ text: sql, rowMode: 'array' })
  return rows[0]?.[0] ?? ''
}

type Table = { readonly name: string; readonly columns: string[] }

/**
 * Every table with rows of its own, referenced ones before those that refer to them. A partition stands where
 * its whole table stands: it may be younger than a table that refers to it.
 */
async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; root: string; columns: string[]; refers_to: string[] }>(`
    select format('%I.%I', n.nspname, c.relname) as name,
           coalesce(pg_partition_root(c.oid), c.oid)::oid::text as root,
           (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
           (select coalesce(array_agg(distinct coalesce(pg_partition_root(k.confrelid), k.confrelid)::oid::text), '{}')
              from pg_constraint k where k.contype = 'f'
               and k.conrelid in (c.oid, pg_partition_root(c.oid))) as refers_to
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname in ${SCHEMAS}
       and c.relname <> '${MIGRATIONS_TABLE}'
     order by c.oid`)
  const ordered: typeof rows = []
  const placed = new Set<string>()
  const visit = (root: string, path: readonly string[]) => {
    if (placed.has(root) || path.includes(root)) return
    const members = rows.filter((each) => each.root === root)
    for (const { refers_to } of members) for (const other of refers_to) visit(other, [...path, root])
    placed.add(root)
    ordered.push(...members)
  }
  for (const { root } of rows) visit(root, [])
  return ordered.map(({ name, columns }) => ({ name, columns }))
}

async function writeTable(client: pg.Client, { name, columns }: Table, folder: string): Promise<TableBackup> {
  const file = `${name}.rows.gz`
  const contents = await readTableContents(client, name)
  await client.query(`declare rows no scroll cursor for select r::text from only ${name} as r`)
  async function* lines() {
    for (;;) {
      const { rows } = await client.query<string[]>({ text: `fetch ${ROWS_AT_ONCE} from rows`, rowMode: 'array' })
      if (rows.length === 0) return
      yield rows.map(([text]) => `${JSON.stringify(text)}\n`).join('')
    }
  }
  const written = await writeDurably(join(folder, file), Readable.from(lines()), createGzip({ level: 3 }))
  await client.query('close rows')
  return { ...contents, columns, file, ...written }
}

/** A number that is the same for the same rows in any order: the sum of half an md5 of each. */
async function readTableContents(client: pg.Client, name: string): Promise<Contents> {
  const { rows } = await client.query<{ rows: string; checksum: string }>(
    `select count(*) as rows, coalesce(sum(('x' || left(md5(r::text), 16))::bit(64)::bigint::numeric), 0)::text as checksum
       from only ${name} as r`,
  )
  return { name, rows: Number(rows[0]?.rows), checksum: rows[0]?.checksum ?? '' }
}

/** Writes to the disk and not only to the operating system's memory of it. */
async function writeDurably(
  file: string,
  source: Readable,
  compression?: ReturnType<typeof createGzip>,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  const target = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true })
  async function* counted(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  if (compression) await pipeline(source, compression, counted, target)
  else await pipeline(source, counted, target)
  return { bytes, sha256: hash.digest('hex') }
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => undefined)
  if (text === undefined) throw new BackupRefused(`${folder} holds no complete backup: there is no ${MANIFEST} in it.`)
  const manifest = JSON.parse(text) as Manifest
  if (manifest.format !== 1) throw new BackupRefused(`This release does not know backups of format ${manifest.format}.`)
  return manifest
}

async function verifyFiles(folder: string, { tables }: Manifest): Promise<void> {
  for (const { file, sha256 } of tables) {
    const hash = createHash('sha256')
    try {
      await pipeline(createReadStream(join(folder, file)), hash)
    } catch {
      throw new BackupRefused(`${file} is missing from the backup.`)
    }
    if (hash.digest('hex') !== sha256)
      throw new BackupRefused(`${file} is not what the backup wrote; it has been changed.`)
  }
}

async function refuseNonEmpty(connectionString: string): Promise<void> {
  const client = await connect(connectionString)
  try {
    const { rows } = await client.query<{ name: string }>(`
      select format('%I.%I', n.nspname, c.relname) as name
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm', 'S') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
       order by 1 limit 3`)
    if (rows.length === 0) return
    throw new BackupRefused(
      `The database is not empty (${rows.map(({ name }) => name).join(', ')} …). Restore into a new one: another DATABASE_URL, or DATA_DIR=.data-restored`,
    )
  } finally {
    await client.end()
  }
}

async function migrateTo(connectionString: string, { migrations }: Manifest, dir?: string): Promise<void> {
  const known = (await listMigrations(dir)).map(({ name }) => name)
  const unknown = migrations.filter((each, i) => known[i] !== each)
  if (unknown.length > 0) {
    throw new BackupRefused(
      `This release does not know the backup's migrations (${unknown[0]}); use the release that took it.`,
    )
  }
  await migrateUp(connectionString, { steps: migrations.length, ...(dir ? { dir } : {}) })
}

async function listPartitions(client: pg.Client): Promise<Manifest['partitions']> {
  const { rows } = await client.query<Manifest['partitions'][number]>(`
    select format('%I.%I', n.nspname, c.relname) as name, i.inhparent::regclass::text as parent,
           pg_get_expr(c.relpartbound, c.oid) as bound
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_inherits i on i.inhrelid = c.oid
     where c.relispartition and c.relkind in ('r', 'p') and n.nspname in ${SCHEMAS} order by c.oid`)
  return rows
}

/** Partitions are made as time goes by, so a database that has just been migrated may lack some. */
async function makePartitions(client: pg.Client, { partitions }: Manifest): Promise<void> {
  for (const { name, parent, bound } of partitions) {
    await client.query(`create table if not exists ${name} partition of ${parent} ${bound}`)
  }
}

async function listSequences(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, sequencename) as name from pg_sequences where schemaname in ${SCHEMAS} order by 1`,
  )
  const sequences: Manifest['sequences'][number][] = []
  for (const { name } of rows) {
    const { rows: values } = await client.query<{ last_value: string; is_called: boolean }>(
      `select last_value, is_called from ${name}`,
    )
    const value = values[0]
    if (value && name !== `public.${MIGRATIONS_TABLE}_id_seq`) {
      sequences.push({ name, lastValue: value.last_value, isCalled: value.is_called })
    }
  }
  return sequences
}

async function refuseOtherShape(client: pg.Client, manifest: Manifest, present: readonly Table[]): Promise<void> {
  for (const { name, columns } of manifest.tables) {
    const now = present.find((each) => each.name === name)?.columns.join()
    if (now !== columns.join()) {
      throw new BackupRefused(
        `${name} has other columns than in the backup (${now ?? 'no such table'} instead of ${columns}); use the release that took it.`,
      )
    }
  }
  const jobsVersion = await readJobsVersion(client)
  if (manifest.jobsVersion !== jobsVersion) {
    throw new BackupRefused(
      `The jobs in the backup are of version ${manifest.jobsVersion} of pg-boss's tables, here they are of ${jobsVersion}; use the release that took it.`,
    )
  }
}

async function readJobsVersion(client: pg.Client): Promise<number | null> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('pgboss.version') is not null as there`)
  return rows[0]?.there ? Number(await readOne(client, 'select version::text from pgboss.version')) : null
}

async function loadTable(client: pg.Client, { name, columns, file }: TableBackup, folder: string): Promise<void> {
  // A named statement, so that it is planned once. Generated columns are left out: PostgreSQL fills them.
  const statement = {
    name: `restore ${name}`,
    text: `insert into ${name} (${columns.join(', ')}) overriding system value
           select ${columns.map((each) => `(r).${each}`).join(', ')} from unnest($1::${name}[]) as r`,
  }
  let batch: string[] = []
  const flush = async () => {
    if (batch.length > 0) await client.query({ ...statement, values: [batch] })
    batch = []
  }
  for await (const line of linesOf(join(folder, file))) {
    batch.push(JSON.parse(line) as string)
    if (batch.length >= ROWS_AT_ONCE) await flush()
  }
  await flush()
}

/** Split at line feeds only: node:readline would also split at the line separators that a text may hold. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = ''
  const text = createReadStream(file).pipe(createGunzip()).setEncoding('utf8') as AsyncIterable<string>
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest) throw new BackupRefused(`${file} ends in the middle of a row.`)
}

async function compare(client: pg.Client, table: TableBackup): Promise<void> {
  const { rows, checksum } = await readTableContents(client, table.name)
  if (rows === table.rows && checksum === table.checksum) return
  throw new BackupRefused(
    `${table.name} holds ${rows} rows (${checksum}) after loading, not ${table.rows} (${table.checksum}).`,
  )
}

async function refreshViews(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, matviewname) as name from pg_matviews where schemaname in ${SCHEMAS}`,
  )
  for (const { name } of rows) await client.query(`refresh materialized view ${name}`)
}
