import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Contents, readContents } from '#platform/postgres/backup.ts'
import { listMigrations, migrateDown, migrateUp } from '#platform/postgres/migrate.ts'
import { createTestDatabase } from '#tests/database.ts'
import { fillDatabase } from '#tests/fill-database.ts'
import { findForwardReferences, readSchema } from '#tests/schema-fingerprint.ts'

const migrations = await listMigrations()
const names = migrations.map(({ name }) => name)

describe('the history', () => {
  test('goes from nothing to its one head, up, down one and up again at every step', async () => {
    const { connectionString } = await createTestDatabase({ empty: true })
    let before = await readSchema(connectionString)
    for (const { name } of migrations) {
      await migrateUp(connectionString, { steps: 1 })
      const after = await readSchema(connectionString)
      expect(after, `${name} changes something`).not.toEqual(before)

      await migrateDown(connectionString, 1)
      expect(await readSchema(connectionString), `${name} down leaves what was there before it`).toEqual(before)

      await migrateUp(connectionString, { steps: 1 })
      expect(await readSchema(connectionString), `${name} up again makes the same`).toEqual(after)
      before = after
    }
    const { head, done } = await migrateUp(connectionString)
    expect({ head, done }).toEqual({ head: names.at(-1), done: [] })
  })

  test('on a seeded database every step goes down and up again, and what is older keeps its rows', async () => {
    const { connectionString } = await createTestDatabase()
    await fillDatabase(connectionString)
    const schema = await readSchema(connectionString)
    let filled = await readContents(connectionString)
    expect(filled.filter(({ rows }) => rows > 0).length).toBeGreaterThan(3)

    for (const name of names.toReversed()) {
      await migrateDown(connectionString, 1)
      const older = await readContents(connectionString)
      const kept = filled.filter((each) => older.some((other) => other.name === each.name))
      expect(changedTables(kept, older), `${name} down changes rows of`).toEqual([])
      filled = older
    }
    expect(filled).toEqual([])
    await migrateUp(connectionString)
    expect(await readSchema(connectionString)).toEqual(schema)
  })

  test('no foreign key points at a later table', async () => {
    const { connectionString } = await createTestDatabase()
    expect(await findForwardReferences(connectionString)).toEqual([])
  })

  test('four processes start at once on an empty database: one migrates, the others find it done', async () => {
    const { connectionString } = await createTestDatabase({ empty: true })
    const results = await Promise.all([1, 2, 3, 4].map(() => migrateUp(connectionString)))
    expect(results.map(({ done }) => done.length).sort((a, b) => b - a)).toEqual([names.length, 0, 0, 0])
    expect(new Set(results.map(({ head }) => head))).toEqual(new Set([names.at(-1)]))
  })
})

/** A step may add columns to an older table or take them away; then only the number of rows can be compared. */
function changedTables(before: readonly Contents[], after: readonly Contents[]): string[] {
  return before
    .filter((each) => after.find(({ name }) => name === each.name)?.rows !== each.rows)
    .map(({ name }) => name)
}

describe('the runner', () => {
  const folders: string[] = []
  afterAll(() => Promise.all(folders.map((each) => rm(each, { recursive: true }))))

  async function historyOf(files: Readonly<Record<string, string>>): Promise<string> {
    const dir = await mkdtemp(join(tmpdir(), 'casino-club-history-'))
    folders.push(dir)
    for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text)
    return dir
  }
  const step = (up: string, down: string) => `-- Up Migration\n${up}\n-- Down Migration\n${down}\n`
  const good = { '0001_a.sql': step('create table a (id int); -- the first', 'drop table a;') }

  test('a step that fails takes the steps before it back, and says where', async () => {
    const { connectionString } = await createTestDatabase({ empty: true })
    const dir = await historyOf({
      ...good,
      '0002_b.sql': step('create table b (id int);\nselect no_such;', 'select 1;'),
    })
    await expect(migrateUp(connectionString, { dir })).rejects.toThrow(/0002_b\.sql:3: column "no_such" does not exist/)
    expect(await readSchema(connectionString)).not.toContainEqual(expect.stringContaining('column a.id'))
  })

  test('a database that a newer release has migrated is left alone, and said to be ahead', async () => {
    const { connectionString } = await createTestDatabase({ empty: true })
    const newer = await historyOf({ ...good, '0002_b.sql': step('create table b (id int);', 'drop table b;') })
    await migrateUp(connectionString, { dir: newer })
    const result = await migrateUp(connectionString, { dir: await historyOf(good) })
    expect(result).toEqual({ done: [], head: '0002_b', ahead: ['0002_b'] })
  })

  test('a file put before one that has been applied is refused', async () => {
    const { connectionString } = await createTestDatabase({ empty: true })
    await migrateUp(connectionString, { dir: await historyOf(good) })
    const forked = await historyOf({ '0001_other.sql': step('select 1;', 'select 1;') })
    await expect(migrateUp(connectionString, { dir: forked })).rejects.toThrow(/0001_other is preceding already run/)
  })

  test.each([
    ['a gap', { ...good, '0003_c.sql': step('select 1;', 'select 1;') }, /number 0002 comes next/],
    ['two heads', { ...good, '0001_z.sql': step('select 1;', 'select 1;') }, /number 0002 comes next/],
    ['a bad name', { '1_a.sql': step('select 1;', 'select 1;') }, /name it like/],
    ['no way back', { '0001_a.sql': '-- Up Migration\nselect 1;\n' }, /needs one line/],
    ['an empty way back', { '0001_a.sql': step('select 1;', '-- nothing') }, /the down section is empty/],
    ['its own commit', { '0001_a.sql': step('select 1;\ncommit;', 'select 1;') }, /leave begin and commit/],
  ])('%s is refused', async (_, files, message) => {
    await expect(listMigrations(await historyOf(files))).rejects.toThrow(message)
  })
})
