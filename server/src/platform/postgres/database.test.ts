import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#tests/database.ts'
import { type Database, hotStatement, openDatabase } from './database.ts'

const ownPid = hotStatement<{ pid: number }>('own_pid', 'select pg_backend_pid() as pid')

let database: Database

beforeAll(async () => {
  database = openDatabase((await createTestDatabase()).connectionString, { connections: 3, batches: 2 })
})
afterAll(() => database.close())

test.each([
  ['inTransaction', () => database.inTransaction],
  ['inBatch', () => database.inBatch],
] as const)(
  '%s: a connection that dies between two statements fails that transaction and nothing else',
  async (_, of) => {
    const dying = of()(async (tx) => {
      const [own] = await tx.run(ownPid, [])
      await database.pool.query('select pg_terminate_backend($1)', [own?.pid])
      await wait(50)
      await tx.run(ownPid, [])
    })

    await expect(dying).rejects.toThrow(/terminat|not queryable/i)
    expect(await of()(async (tx) => tx.run(ownPid, []))).toHaveLength(1)
  },
)
