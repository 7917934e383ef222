import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase } from '#tests/database.ts'
import { type Database, hotStatement, type Tx, type Write } from './database.ts'
import { openDatabase } from './open-database.ts'

const ownPid = hotStatement<{ pid: number }>('own_pid', 'select pg_backend_pid() as pid')
const insert = hotStatement<never>('test_insert', 'insert into told (key, pid) values ($1, pg_backend_pid())')
const touch = hotStatement<never>('test_touch', `update held set pid = pg_backend_pid() where key = 'a'`)
const later = hotStatement<never>('test_later', 'insert into checked_later (key) values ($1)')

let database: Database
let connectionString: string

beforeAll(async () => {
  connectionString = (await createTestDatabase()).connectionString
  database = openDatabase(connectionString, { connections: 3, batches: 2 })
  await database.pool.query(`
    create table told (key text primary key, pid integer not null, at timestamptz not null default clock_timestamp());
    create table held (key text primary key, pid integer not null);
    insert into held values ('a', 0);
    create table checked_later (key text not null unique deferrable initially deferred)`)
})

/** A batch that asks for nothing that it waits for. */
const told = (...keys: string[]) => database.inBatch(async () => ({ writes: keys.map(insertOf), answer: keys }))
const insertOf = (key: string): Write => ({ statement: insert, values: [key] })
const rows = async () =>
  (await database.pool.query<{ key: string; pid: number }>('select key, pid from told order by key')).rows
const keys = async () => (await rows()).map(({ key }) => key)

const insertLater = (key: string): Write => ({ statement: later, values: [key] })
const TOUCH: Write = { statement: touch, values: [] }

/** Until the line is there and all statements of these tests are prepared on it. @returns its backend. */
async function lineOpen(): Promise<number> {
  const all = (key: string) =>
    database.inBatch(async () => ({ writes: [insertOf(key), insertLater(key), TOUCH], answer: null }))
  for (let times = 0; times < 200; times++) {
    await database.pool.query('delete from told; delete from checked_later')
    // At once: on any other way they would have a connection each.
    await Promise.all([all('x'), all('y'), all('z')])
    const pids = new Set((await rows()).map(({ pid }) => pid))
    const [pid] = pids
    if (pids.size === 1 && pid !== undefined) return pid
    await wait(5)
  }
  throw new Error('no line was opened')
}

const backends = async () =>
  (
    await database.pool.query<{ pid: number; state: string }>(
      `select pid, state from pg_stat_activity
       where application_name = 'casino-club batches' and datname = current_database() order by pid`,
    )
  ).rows

let line: number
beforeEach(async () => {
  line = await lineOpen()
  await database.pool.query('delete from told; delete from checked_later')
})

describe('batches that are decided in one turn', () => {
  test('one with a value that cannot be written leaves nothing behind, not even with the next', async () => {
    const unwritable = Object.assign(() => undefined, {
      toString: () => {
        throw new Error('cannot be written')
      },
    })
    const half = database.inBatch(async () => ({
      writes: [insertOf('half'), { statement: insert, values: [unwritable] }],
      answer: null,
    }))
    await expect(half).rejects.toThrow('cannot be written')
    // The line is lost with it; what is sent before that is known fails, and is asked again.
    await expect.poll(() => told('next').then(keys, () => 'not yet')).toEqual(['next'])
  })

  test('leave one behind the other on one connection: the next is not held back until the first is answered', async () => {
    const holder = await database.pool.connect()
    await holder.query(`begin; select from held where key = 'a' for update`)
    const released = holder.query('select pg_sleep(0.2); commit')
    const first = database.inBatch(async () => ({ writes: [TOUCH], answer: 'first' }))
    const second = told('behind')
    await wait(50)
    // For a while nothing is sent from here: whatever the database does now, it was given before.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500)
    const awake = Date.now()
    await released
    holder.release()

    expect(await first).toBe('first')
    expect(await second).toEqual(['behind'])
    expect(await rows()).toEqual([{ key: 'behind', pid: line }])
    const { rows: done } = await database.pool.query<{ at: Date; pid: number }>('select at, held.pid from told, held')
    expect(done[0]?.at.getTime()).toBeLessThan(awake)
    expect(done[0]?.pid).toBe(line)
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
    const twice = database.inBatch(async () => ({ writes: [insertLater('a'), insertLater('a'), TOUCH], answer: null }))

    await expect(twice).rejects.toMatchObject({ code: '23505' })
  })

  test('get the rows of what they asked for and did not wait for', async () => {
    let pid: number | undefined
    for (let times = 0; times < 200 && pid !== line; times++) {
      await database.inBatch(async (tx) => {
        tx.run(ownPid, []).then(
          (found) => {
            pid = found[0]?.pid
          },
          () => undefined,
        )
        return { writes: [insertOf(`${times}`)], answer: null }
      })
      await wait(5)
    }
    expect(pid).toBe(line)
  })

  test('that ask and then give up open nothing, and nobody needs to listen', async () => {
    const unheard: unknown[] = []
    const note = (error: unknown) => void unheard.push(error)
    process.on('unhandledRejection', note)
    const asked: Promise<unknown>[] = []
    const before = await backends()
    const failed = database.inBatch(async (tx) => {
      void tx.run(ownPid, [])
      asked.push(tx.run(ownPid, []))
      throw new Error('given up')
    })

    await expect(failed).rejects.toThrow('given up')
    await expect(asked[0]).rejects.toThrow('given up')
    await wait(50)
    process.off('unhandledRejection', note)
    expect(unheard).toEqual([])
    expect(await backends()).toEqual(before)
  })

  test('hear that they are over when they ask later, and no transaction is begun for that', async () => {
    let kept: Tx | undefined
    await database.inBatch(async (tx) => {
      kept = tx
      return { writes: [insertOf('a')], answer: null }
    })

    await expect(kept?.run(ownPid, [])).rejects.toThrow('over')
    expect((await backends()).filter(({ state }) => state !== 'idle')).toEqual([])
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
  // More often than there are connections to be had: none is left behind.
  for (let times = 0; times < 5; times++) {
    const holder = await database.pool.connect()
    await holder.query(`begin; select from held where key = 'a' for update`)
    const lost = Promise.allSettled([database.inBatch(async () => ({ writes: [TOUCH], answer: null })), told('a')])
    await wait(20)
    await holder.query('select pg_terminate_backend($1)', [line])
    await holder.query('commit')
    holder.release()

    expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await told('b')).toEqual(['b'])
    expect(await keys()).toEqual(['b'])
    const next = await lineOpen()
    expect(next).not.toBe(line)
    line = next
    await database.pool.query('delete from told')
  }
})

test('closing waits for what is on the line', async () => {
  // Of its own: the pool, too, would wait for a connection that was taken from it.
  const holder = new pg.Client({ connectionString })
  await holder.connect()
  await holder.query(`begin; select from held where key = 'a' for update`)
  const batch = database.inBatch(async () => ({ writes: [TOUCH, insertOf('last')], answer: 'done' }))
  await wait(20)
  const order: string[] = []
  const closed = database.close().then(() => order.push('closed'))
  await wait(100)
  order.push('released')
  await holder.query('commit')
  await holder.end()

  expect(await batch).toBe('done')
  await closed
  expect(order).toEqual(['released', 'closed'])
})
