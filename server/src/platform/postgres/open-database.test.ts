import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '#tests/database.ts'
import { type Database, hotStatement, type Tx, type Write } from './database.ts'
import { openDatabase } from './open-database.ts'

const ownPid = hotStatement<{ pid: number }>('own_pid', 'select pg_backend_pid() as pid')

let database: Database

beforeAll(async () => {
  database = openDatabase((await createTestDatabase()).connectionString, { connections: 3, batches: 2 })
})
afterAll(() => database.close())

type Transaction = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
const inBatch: Transaction = (work) => database.inBatch(async (tx) => ({ writes: [], answer: await work(tx) }))

test.each([
  ['inTransaction', (): Transaction => database.inTransaction],
  ['inBatch', (): Transaction => inBatch],
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

describe('a batch whose writes leave together with the commit', () => {
  const insert = (key: string): Write => ({
    statement: hotStatement<never>('test_insert', 'insert into written (key) values ($1)'),
    values: [key],
  })
  const requireRows = (found: number): Write => ({
    statement: hotStatement<never>('test_require', "select house_require_rows($1, 1, 'test_stands_as_locked')"),
    values: [found],
  })
  const keys = async () =>
    (await database.pool.query<{ key: string }>('select key from written order by key')).rows.map(({ key }) => key)

  beforeAll(() => database.pool.query('create table written (key text primary key)'))

  test('is committed whole', async () => {
    await expect(
      database.inBatch(async () => ({ writes: [insert('a'), requireRows(1), insert('b')], answer: 'done' })),
    ).resolves.toBe('done')
    expect(await keys()).toEqual(['a', 'b'])
  })

  test.each([
    ['breaks a constraint', insert('a'), 'written_pkey'],
    ['finds a row that is not as it was locked', requireRows(0), 'test_stands_as_locked'],
  ])('is undone whole when one of them %s, whatever stands before and behind it', async (_, broken, constraint) => {
    const failed = database.inBatch(async () => ({ writes: [insert('c'), broken, insert('d')], answer: 'done' }))

    await expect(failed).rejects.toMatchObject({ constraint })
    expect(await keys()).toEqual(['a', 'b'])
    // The connection is as good as before.
    await database.inBatch(async () => ({ writes: [insert('e')], answer: null }))
    await database.pool.query("delete from written where key = 'e'")
  })
})
