import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { auditHouse } from '#modules/operator/audit-house.ts'
import { readContents, restoreBackup, takeBackup } from '#platform/postgres/backup.ts'
import { fillDatabase, withApp } from '#tests/fill-database.ts'
import { createDatabaseOf, startTestServer } from '#tests/test-server.ts'

/*
 * The rehearsal that every CI run makes: a database that has been lived in is backed up, restored into an empty
 * one, both are compared row by row, and the books of the restored one are recomputed. Fails when anything differs.
 */

const server = await startTestServer()
const folder = await mkdtemp(join(tmpdir(), 'casino-club-rehearsal-'))
const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  const startedAt = Date.now()
  const result = await work()
  console.log(`  ${what}: ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
  return result
}
try {
  const before = await createDatabaseOf(server.testRun)
  const after = await createDatabaseOf(server.testRun, { empty: true })
  await timed('fill', () => fillDatabase(before.connectionString))
  const manifest = await timed('backup', () => takeBackup(before.connectionString, folder))
  await timed('restore', () => restoreBackup(after.connectionString, folder))
  const [wanted, got] = await timed('compare', () =>
    Promise.all([readContents(before.connectionString), readContents(after.connectionString)]),
  )
  const rows = wanted.reduce((sum, each) => sum + each.rows, 0)
  if (rows === 0) throw new Error('nothing was rehearsed: the database was empty')
  if (!isDeepStrictEqual(wanted, got)) {
    const differing = wanted.filter((each, i) => !isDeepStrictEqual(each, got[i])).map(({ name }) => name)
    throw new Error(`restored differently: ${differing.join(', ')}`)
  }
  const audit = await timed('audit', () => withApp(after.connectionString, auditHouse))
  if (audit.differences.length > 0)
    throw new Error(`the books differ: ${JSON.stringify(audit.differences.slice(0, 3))}`)
  if (audit.postings === 0n) throw new Error('nothing was rehearsed: the books are empty')
  console.log(`  ${rows} rows of ${manifest.tables.length} tables came back as they were, and the books are right`)
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
