import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase } from '#tests/database.ts'
import { type Database, hotStatement, openDatabase, type Tx, type Write } from './database.ts'

const ownPid = hotStatement<{ pid: number }>('own_pid', 'select pg_backend_pid() as pid')
const insert = hotStatement<never>('test_insert', 'insert into told (key, pid) values ($1, pg_backend_pid())')
const touch = hotStatement<never>('test_touch', `update held set times = times + 1 where key = 'a'`)
const later = hotStatement<never>('test_later', 'insert into checked_later (key) values ($1)')

let database: Database

beforeAll(async () => {
  database = openDatabase((await createTestDatabase()).connectionString, { connections: 3, batches: 2 })
  await database.pool.query(`
    create table told (key text primary key, pid integer not null, at timestamptz not null default clock_timestamp());
    create table held (key text primary key, times integer not null);
    insert into held values ('a', 0);
    create table checked_later (key text not null unique deferrable initially deferred)`)
})
afterAll(() => database.close())

/** A batch that asks for nothing that it waits for. */
const told = (...keys: string[]) => database.inBatch(async () => ({ writes: keys.map(insertOf), answer: keys }))
const insertOf = (key: string): Write => ({ statement: insert, values: [key] })
const rows = async () =>
  (await database.pool.query<{ key: string; pid: number }>('select key, pid from told order by key')).rows
const keys = async () => (await rows()).map(({ key }) => key)

/** Until the line is there, and all statements of these tests are prepared on it. */
async function lineOpen(): Promise<number> {
  for (let times = 0; times < 100; times++) {
    await database.pool.query('delete from told')
    await Promise.all([told('x'), told('y'), told('z')])
    await database.inBatch(async () => ({ writes: [{ statement: touch, values: [] }], answer: null }))
    await checkedLater('x')
    const pids = new Set((await rows()).map(({ pid }) => pid))
    const [pid] = pids
    if (times > 3 && pids.size === 1 && pid !== undefined) return pid
    await wait(5)
  }
  throw new Error('no line was opened')
}
const checkedLater = (...of: string[]) =>
  database
    .inBatch(async () => ({ writes: of.map((key) => ({ statement: later, values: [key] })), answer: null }))
    .finally(() => database.pool.query('delete from checked_later'))

let line: number
beforeEach(async () => {
  line = await lineOpen()
  await database.pool.query('delete from told')
})

describe('batches that are decided in one turn', () => {
  test('leave one behind the other on one connection: the next is not held back until the first is answered', async () => {
    const holder = await database.pool.connect()
    await holder.query(`begin; select from held where key = 'a' for update`)
    const released = holder.query('select pg_sleep(0.2); commit')
    const first = database.inBatch(async () => ({ writes: [{ statement: touch, values: [] }], answer: 'first' }))
    const second = told('behind')
    await wait(50)
    // For half a second nothing is sent from here: whatever the database does now, it was given before.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    const awake = Date.now()
    await released
    holder.release()

    expect(await first).toBe('first')
    expect(await second).toEqual(['behind'])
    expect(await rows()).toEqual([{ key: 'behind', pid: line }])
    const { rows: done } = await database.pool.query<{ at: Date }>('select at from told')
    expect(done[0]?.at.getTime()).toBeLessThan(awake)
  })

  test('are transactions of their own: one that fails is undone whole, and nothing else', async () => {
    const all = await Promise.allSettled([told('a'), told('b', 'a', 'c'), told('d')])

    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(all[1]).toMatchObject({ reason: { code: '23505', constraint: 'told_pkey' } })
    expect(await rows()).toEqual([
      { key: 'a', pid: line },
      { key: 'd', pid: line },
    ])
  })

  test('are told of only once they are committed: what the commit refuses, they hear', async () => {
    await expect(checkedLater('twice', 'twice')).rejects.toMatchObject({ code: '23505' })
  })

  test('get the rows of what they asked for and did not wait for', async () => {
    const asked: unknown[] = []
    await told('x')
    for (const time of [1, 2, 3]) {
      await database.inBatch(async (tx) => {
        void tx.run(ownPid, []).then((found) => asked.push(found[0]?.pid))
        return { writes: [insertOf(`${time}`)], answer: null }
      })
      await wait(20)
    }
    expect(asked).toHaveLength(3)
    expect(asked.at(-1)).toBe(line)
  })

  test('that ask and then give up leave nothing open', async () => {
    const asked: Promise<unknown>[] = []
    const failed = database.inBatch(async (tx) => {
      asked.push(tx.run(ownPid, []))
      throw new Error('given up')
    })

    await expect(failed).rejects.toThrow('given up')
    await expect(asked[0]).rejects.toThrow('given up')
  })
})

test('a batch that waits for an answer has a connection to itself, and is one transaction with its writes', async () => {
  const pids: (number | undefined)[] = []
  const looks = (key: string, fails: boolean) =>
    database.inBatch(async (tx: Tx) => {
      pids.push((await tx.run(ownPid, []))[0]?.pid)
      await tx.write([insertOf(key)])
      return { writes: fails ? [insertOf(key)] : [], answer: null }
    })
  const all = await Promise.allSettled([looks('a', false), looks('b', true), told('c')])

  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(pids).not.toContain(line)
  expect(await keys()).toEqual(['a', 'c'])
})

test('a batch that can get no connection hears why, and so does whatever it asks after that', async () => {
  const away = openDatabase('postgres://nobody@127.0.0.1:1/none', { connections: 1, batches: 1 })
  const said: string[] = []
  const failed = away.inBatch(async (tx) => {
    await tx.run(ownPid, []).catch((error: Error) => said.push(error.message))
    await tx.run(ownPid, []).catch((error: Error) => said.push(error.message))
    return { writes: [], answer: null }
  })

  await expect(failed).rejects.toThrow('ECONNREFUSED')
  expect(said).toEqual([expect.stringContaining('ECONNREFUSED'), expect.stringContaining('ECONNREFUSED')])
  await away.close()
})

test('a line that is lost fails what was on it; the next goes another way until there is a new one', async () => {
  const holder = await database.pool.connect()
  await holder.query(`begin; select from held where key = 'a' for update`)
  const lost = Promise.allSettled([
    database.inBatch(async () => ({ writes: [{ statement: touch, values: [] }], answer: null })),
    told('a'),
  ])
  await wait(20)
  await holder.query('select pg_terminate_backend($1)', [line])
  await holder.query('commit')
  holder.release()

  expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await told('b')).toEqual(['b'])
  expect(await keys()).toEqual(['b'])
  expect(await lineOpen()).not.toBe(line)
})
