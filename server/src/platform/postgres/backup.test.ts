import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readContents, restoreBackup, takeBackup } from '#platform/postgres/backup.ts'
import { migrateUp } from '#platform/postgres/migrate.ts'
import { createTestDatabase } from '#tests/database.ts'

// A schema with everything that makes rows hard to carry, and rows to match.
const SCHEMA = `-- Up Migration
create table kind (id int primary key, "Order" text not null, gone int);
alter table kind drop column gone;
create table event (id bigint generated always as identity, day date not null, kind_id int not null references kind,
  primary key (id, day)) partition by range (day);
create table event_2026_01 partition of event for values from ('2026-01-01') to ('2026-02-01');
create table odd (
  id bigint generated always as identity primary key, earlier bigint references odd, text text, bytes bytea,
  number numeric, small real, double double precision, list text[], document jsonb, at timestamptz,
  length interval, twice bigint generated always as (id * 2) stored);
create table mark (event_id bigint, day date, foreign key (event_id, day) references event);
create materialized view kinds as select count(*) as kinds from kind;
create function refuse() returns trigger language plpgsql as $$ begin raise exception 'append-only'; end $$;
create trigger odd_is_append_only before update or delete or truncate on odd execute function refuse();
insert into kind values (1, 'made by the migration');
-- Down Migration
drop table mark, odd, event, kind cascade;
drop function refuse;
`
const ROWS = `
insert into kind values (2, 'and by us');
refresh materialized view kinds;
create table event_2026_02 partition of event for values from ('2026-02-01') to ('2026-03-01');
insert into event (day, kind_id) values ('2026-01-31', 1), ('2026-02-01', 2), ('2026-02-02', 2);
insert into mark values (2, '2026-02-01');
insert into odd (earlier, text, bytes, number, small, double, list, document, at, length) values
  (null, null, null, null, null, null, null, null, null, null),
  (1, '', '\\x', 'NaN', '-Infinity', 0.1, '{}', 'null', 'infinity', '1 mon -3 days 04:05:06.7'),
  (2, E'tab\\t line\\n return\\r "quoted" \\\\ (1,2) , NULL \\u2028 \\u2029 한국어 🎰', '\\xdeadbeef00', 1e-200, 1.17549435e-38,
   0.30000000000000004, array['a,b', null, '"', E'\\\\', '{}', ''], '{"k": "\\\\u0041\\\\n", "n": 12345678901234567890.123}',
   '2026-03-08 01:59:59.999999+09', '-00:00:00.000001');
`

const folders: string[] = []
let migrationsDir: string
let source: string

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'casino-club-backup-'))
  folders.push(folder)
  return folder
}

async function run(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

const emptyDatabase = async () => (await createTestDatabase({ empty: true })).connectionString

beforeAll(async () => {
  migrationsDir = await newFolder()
  await writeFile(join(migrationsDir, '0001_odd-things.sql'), SCHEMA)
  source = await emptyDatabase()
  await migrateUp(source, { dir: migrationsDir })
  await run(source, ROWS)
})
afterAll(() => Promise.all(folders.map((each) => rm(each, { recursive: true }))))

test('every row comes back as it was: any text, partitions, computed columns, append-only tables, next ids', async () => {
  const folder = await newFolder()
  await takeBackup(source, folder)
  const target = await emptyDatabase()
  await restoreBackup(target, folder, { migrationsDir })

  expect(await readContents(target)).toEqual(await readContents(source))
  expect(await run(target, 'select * from odd order by id')).toEqual(await run(source, 'select * from odd order by id'))
  expect(await run(target, 'select kinds from kinds')).toEqual([{ kinds: '2' }])
  expect(await run(target, `insert into odd (text) values ('next') returning id`)).toEqual([{ id: '4' }])
  await expect(run(target, 'delete from odd')).rejects.toThrow('append-only')
  // Migrations go on from where the backup was.
  expect(await migrateUp(target, { dir: migrationsDir })).toMatchObject({ done: [], head: '0001_odd-things' })
})

test('readContents notices one changed character, one missing row and one row too many', async () => {
  const before = await readContents(source)
  for (const change of [
    `update kind set "Order" = 'and by vs' where id = 2`,
    'delete from mark',
    `insert into kind values (9, 'too many')`,
  ]) {
    const client = new pg.Client({ connectionString: source })
    await client.connect()
    await client.query(change)
    const after = await readContents(source)
    expect(after, change).not.toEqual(before)
    await client.query(`delete from kind where id = 9; update kind set "Order" = 'and by us' where id = 2`)
    if (change.includes('mark')) await client.query(`insert into mark values (2, '2026-02-01')`)
    await client.end()
  }
  expect(await readContents(source)).toEqual(before)
})

test('a backup is of one moment, while others go on writing', async () => {
  const busy = await emptyDatabase()
  await migrateUp(busy, { dir: migrationsDir })
  const writer = new pg.Client({ connectionString: busy })
  await writer.connect()
  let writing = true
  // Two tables that always have equally many new rows; later tables are read later.
  const writes = (async () => {
    for (let i = 10; writing; i++) {
      await writer.query(`begin; insert into kind values (${i}, 'x'); insert into odd (text) values ('x'); commit`)
    }
  })()
  const folder = await newFolder()
  await new Promise((settle) => setTimeout(settle, 200))
  await takeBackup(busy, folder)
  writing = false
  await writes
  await writer.end()

  const target = await emptyDatabase()
  await restoreBackup(target, folder, { migrationsDir })
  const [counts] = await run(
    target,
    'select (select count(*) from kind) - 1 as kinds, (select count(*) from odd) as odds',
  )
  expect(counts?.['kinds']).toBe(counts?.['odds'])
  expect(Number(counts?.['odds'])).toBeGreaterThan(0)
})

test('waiting jobs come along', async () => {
  const jobs = await emptyDatabase()
  await migrateUp(jobs, { dir: migrationsDir })
  const before = new PgBoss(jobs)
  await before.start()
  await before.createQueue('mail')
  await before.send('mail', { to: 'nobody@example.invalid' })
  await before.stop()
  const folder = await newFolder()
  await takeBackup(jobs, folder)

  const target = await emptyDatabase()
  await restoreBackup(target, folder, { migrationsDir })
  const after = new PgBoss(target)
  await after.start()
  expect((await after.fetch('mail')).map(({ data }) => data)).toEqual([{ to: 'nobody@example.invalid' }])
  await after.stop()
})

test('files are for their owner only', async () => {
  const folder = await newFolder()
  await takeBackup(source, folder)
  for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o077, name).toBe(0)
})

test('a database that holds anything is not restored into', async () => {
  const folder = await newFolder()
  await takeBackup(source, folder)
  const target = await emptyDatabase()
  await run(target, 'create table somebody_elses (id int)')
  await expect(restoreBackup(target, folder, { migrationsDir })).rejects.toThrow(/not empty \(public.somebody_elses/)
})

test('a folder that holds anything is not written to', async () => {
  await expect(takeBackup(source, migrationsDir)).rejects.toThrow(/not empty/)
})

test.each([
  [
    'a changed file',
    (folder: string) => appendFile(join(folder, 'public.odd.rows.gz'), 'x'),
    /not what the backup wrote/,
  ],
  ['a missing file', (folder: string) => rm(join(folder, 'public.odd.rows.gz')), /missing from the backup/],
  ['an unfinished backup', (folder: string) => rm(join(folder, 'manifest.json')), /no complete backup/],
  ['a newer release’s backup', (folder: string) => edit(folder, '0001_odd-things', '0001_newer'), /does not know/],
  ['other columns', (folder: string) => edit(folder, '"bytes",', '"octets",'), /other columns/],
  ['a row less than counted', (folder: string) => edit(folder, '"rows": 3', '"rows": 4'), /holds 3 rows/],
])('%s is refused, and nothing is loaded', async (_, harm, message) => {
  const folder = await newFolder()
  await takeBackup(source, folder)
  await harm(folder)
  const target = await emptyDatabase()
  await expect(restoreBackup(target, folder, { migrationsDir })).rejects.toThrow(message)
  const tables = await run(target, `select to_regclass('odd') is not null as made`)
  if (tables[0]?.['made']) expect(await run(target, 'select id from odd')).toEqual([])
})

async function edit(folder: string, from: string, to: string): Promise<void> {
  const file = join(folder, 'manifest.json')
  const text = await readFile(file, 'utf8')
  expect(text).toContain(from)
  await writeFile(file, text.replace(from, to))
}
