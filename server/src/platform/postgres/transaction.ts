import { Kysely, PostgresDialect, type PostgresPool } from 'kysely'
import type pg from 'pg'
import type { HotStatement, Tx, Write } from '#platform/postgres/database.ts'
import { flush, sendTogether } from '#platform/postgres/send-together.ts'
import { sqlStateOf } from '#platform/postgres/sql-state.ts'
import type { Tables } from '#platform/postgres/tables.ts'
import { Bug } from '#vocabulary/failure.ts'

type Statement = HotStatement<never>

export const BEGIN: Statement = { name: 'house_begin', text: 'begin' }
export const BEGIN_SNAPSHOT: Statement = {
  name: 'house_begin_snapshot',
  text: 'begin isolation level repeatable read read only',
}
export const COMMIT: Statement = { name: 'house_commit', text: 'commit' }

const RETRIED = new Set(['40001', '40P01'])
const MOST_ATTEMPTS = 4

/** Tries again after a deadlock or a serialisation failure, three times at most. */
export async function insist<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries >= MOST_ATTEMPTS || !RETRIED.has(sqlStateOf(error) ?? '')) throw error
    }
  }
}

/** Runs `work` between `begin` and `commit`, on a connection of its own. */
export function transact<T>(pool: pg.Pool, begin: Statement, work: (tx: Tx) => Promise<T>): Promise<T> {
  return insist(async () => {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      const begun = begins(client, begin)
      const worked = await work(txOn(client))
      await begun
      await commits(client)
      return worked
    } catch (error) {
      broken = await rollBack(client)
      throw error
    } finally {
      client.release(broken)
    }
  })
}

/** Not to be awaited at once: the server answers it together with the first statement of the work. */
export function begins(client: pg.PoolClient, begin: Statement): Promise<unknown> {
  const begun = sendTogether(client, begin, [])
  begun.catch(() => undefined)
  return begun
}

export async function commits(client: pg.PoolClient): Promise<void> {
  const { command } = await sendTogether(client, COMMIT, [])
  // What PostgreSQL answers when something before it failed, and nobody minded.
  if (command !== 'COMMIT') throw new Bug(`a transaction was not committed but: ${command}`)
}

/** @returns why it could not. Such a connection is thrown away, not handed to the next caller. */
export async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  flush(client)
  return client.query('rollback').then(
    () => undefined,
    (failure: Error) => failure,
  )
}

const handles = new WeakMap<pg.PoolClient, Tx>()

/** A transaction on a connection that has one. */
function txOn(client: pg.PoolClient): Tx {
  const known = handles.get(client)
  if (known) return known
  const tx = {
    sql: kyselyOn(async () => client),
    run: async <Row>(statement: HotStatement<Row>, values: readonly unknown[]) =>
      (await sendTogether<Row>(client, statement, values)).rows,
    write: async (writes: readonly Write[]) => {
      await Promise.all(writes.map(({ statement, values }) => sendTogether(client, statement, values)))
    },
  } as unknown as Tx
  handles.set(client, tx)
  return tx
}

/** Kysely wants a pool; a transaction is one connection. This pool always hands out that one. */
export function kyselyOn(own: () => Promise<pg.PoolClient>): Kysely<Tables> {
  const connect = async () => {
    const client = await own()
    // Kysely's statements are the driver's to send, and come behind what was asked for before them.
    const query = (...asked: Parameters<pg.PoolClient['query']>) => {
      flush(client)
      return client.query(...asked)
    }
    return { query, release: () => undefined }
  }
  const onlyThisOne = { connect, end: async () => undefined } as unknown as PostgresPool
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: onlyThisOne }) })
}
