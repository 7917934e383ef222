import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase } from '#tests/database.ts'
import { type Database, hotStatement, type Write } from './database.ts'
import { openDatabase } from './open-database.ts'
import { flush, type Ran, sendTogether } from './send-together.ts'

const one = hotStatement<{ n: number }>('test_one', 'select $1::int as n')
const fails = hotStatement<never>('test_fails', 'select 1 / $1::int as n')
const insert = hotStatement<never>('test_insert', 'insert into told (key) values ($1)')

let database: Database
let client: pg.PoolClient
let readies = 0

beforeAll(async () => {
  database = openDatabase((await createTestDatabase()).connectionString, { connections: 3, batches: 1 })
  await database.pool.query('create table told (key text primary key)')
  client = await database.pool.connect()
  const { connection } = client as unknown as { connection: NodeJS.EventEmitter }
  connection.on('readyForQuery', () => readies++)
  // Both are prepared from here on, and go together.
  await Promise.allSettled([sendTogether(client, one, [0]), sendTogether(client, fails, [1])])
})
afterAll(async () => {
  client.release()
  await database.close()
})
beforeEach(async () => {
  await database.pool.query('delete from told')
  readies = 0
})

describe('statements of one turn', () => {
  test('are answered by one Ready, each with its own rows', async () => {
    const ran = await Promise.all([1, 2, 3, 4].map((n) => sendTogether(client, one, [n])))

    expect(ran.map(({ rows }) => rows)).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }], [{ n: 4 }]])
    expect(ran.every(({ command }) => command === 'SELECT')).toBe(true)
    expect(readies).toBe(1)
  })

  test('fail together when one of them fails, with its failure, and the connection goes on', async () => {
    const ran = await Promise.allSettled([
      sendTogether(client, one, [1]),
      sendTogether(client, fails, [0]),
      sendTogether(client, one, [3]),
    ])

    expect(ran.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    for (const each of ran) expect(each).toMatchObject({ reason: { code: '22012' } })
    expect((await sendTogether(client, one, [5])).rows).toEqual([{ n: 5 }])
  })

  test('fail, all of them, when the connection dies under them', async () => {
    const dying = await database.pool.connect()
    dying.on('error', () => undefined)
    await sendTogether(dying, one, [0])
    const sleep = hotStatement<never>('test_sleep', 'select pg_sleep($1)')
    await sendTogether(dying, sleep, [0])
    const { rows } = await dying.query<{ pid: number }>('select pg_backend_pid() as pid')
    const ran = Promise.allSettled([sendTogether(dying, sleep, [30]), sendTogether(dying, one, [2])])
    await wait(50)
    await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])

    expect((await ran).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    dying.release(true)
  })

  test('leave before whatever is sent after a flush', async () => {
    const order: string[] = []
    const first = sendTogether(client, one, [1]).then(() => order.push('first'))
    flush(client)
    const second = client.query('select 2').then(() => order.push('second'))
    await Promise.all([first, second])

    expect(order).toEqual(['first', 'second'])
  })
})

test('rows read the same the first time, by the driver, and from then on, by us', async () => {
  const all = hotStatement<Record<string, unknown>>(
    'test_all_types',
    `select $1::bigint as big, 7 as small, true as yes, null::bigint as none, date '2026-11-26' as day,
            timestamptz '2026-11-26 10:00:00.123+09' as at, '{"a":[1]}'::jsonb as json, '{1,2}'::bigint[] as bigs,
            'x y' as text, '\\x00ff'::bytea as bytes, 1.50::numeric as exact
       from generate_series(1, 2)`,
  )
  const { rows: first } = await sendTogether(client, all, [9007199254740993n])
  readies = 0
  const [{ rows: second }] = await Promise.all([
    sendTogether(client, all, [9007199254740993n]),
    sendTogether(client, one, [1]),
  ])

  expect(readies).toBe(1)
  expect(second).toEqual(first)
  expect(second[0]).toMatchObject({ big: 9007199254740993n, none: null, day: '2026-11-26', bigs: [1n, 2n] })
})

test('values that only the driver can put into words go its way, in their place', async () => {
  const any = hotStatement<{ found: boolean }>('test_any', 'select $1 = any($2::int[]) as found')
  const asked = () =>
    Promise.all([
      sendTogether(client, one, [1]),
      sendTogether(client, any, [2, [1, 2]]),
      sendTogether(client, one, [3]),
    ])
  await asked()

  const ran: Ran<unknown>[] = await asked()
  expect(ran.map(({ rows }) => rows)).toEqual([[{ n: 1 }], [{ found: true }], [{ n: 3 }]])
})

describe('a transaction', () => {
  const write = (key: string): Write => ({ statement: insert, values: [key] })
  const keys = async () =>
    (await database.pool.query<{ key: string }>('select key from told order by key')).rows.map(({ key }) => key)

  test('runs a statement of Kysely’s behind those of ours that were asked for before it', async () => {
    const bump = hotStatement<{ key: string }>('test_bump', `update told set key = key || '1' returning key`)
    for (const time of [1, 2]) {
      await database.pool.query('delete from told')
      await database.inTransaction(async (tx) => {
        await tx.write([write('a')])
        const ours = tx.run(bump, [])
        const theirs = sql`update told set key = key || '2'`.execute(tx.sql)
        await Promise.all([ours, theirs])
      })
      expect(await keys(), `time ${time}`).toEqual(['a12'])
    }
  })

  test.each(['prepared on this connection for the first time', 'already prepared'])(
    'with writes %s is undone whole when one of them fails, and the commit behind it is not run',
    async () => {
      const failed = database.inBatch(async () => ({ writes: [write('a'), write('a'), write('b')], answer: null }))

      await expect(failed).rejects.toMatchObject({ code: '23505' })
      expect(await keys()).toEqual([])
      await database.inBatch(async () => ({ writes: [write('c')], answer: null }))
      expect(await keys()).toEqual(['c'])
    },
  )

  test('whose work minded no failure is not told as committed', async () => {
    const swallowed = database.inTransaction(async (tx) => {
      await tx.write([write('a')])
      await tx.write([write('a')]).catch(() => undefined)
    })

    await expect(swallowed).rejects.toThrow('not committed but: ROLLBACK')
    expect(await keys()).toEqual([])
  })
})
