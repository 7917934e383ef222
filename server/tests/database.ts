import { afterAll, inject } from 'vitest'
import { createDatabaseOf, refuseForeignDatabase, type TestDatabase, type TestRun } from '#tests/test-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    testRun: TestRun
  }
}

/**
 * A migrated database of one's own, one per test file. Dropped when the file is done, whether or not
 * `drop` was called.
 */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const testRun = inject('testRun')
  const database = await createDatabaseOf(testRun, options)
  await refuseForeignDatabase(testRun, database.connectionString)
  afterAll(() => database.drop())
  return database
}
