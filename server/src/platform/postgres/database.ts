import { Kysely, PostgresDialect, type PostgresPool } from 'kysely'
import pg from 'pg'
import { flush, goTogether, sendTogether } from '#platform/postgres/send-together.ts'
import type { Tables } from '#platform/postgres/tables.ts'
import { Bug } from '#vocabulary/failure.ts'

/*
 * Two handles, so that the type in your hand says whether you may write: `Db` reads outside any
 * transaction, `Tx` is one transaction. Functions that write take `tx: Tx`; `Db` is not assignable to it.
 */

declare const isDb: unique symbol
declare const isTx: unique symbol

type Handle = {
  /** Kysely on our own tables, with types made from the migrated database. */
  readonly sql: Kysely<Tables>
  /** Runs a named, prepared statement: half the cost of an unnamed one, a third of Kysely's. */
  readonly run: <Row>(statement: HotStatement<Row>, values: readonly unknown[]) => Promise<Row[]>
}

export type Db = Handle & { readonly [isDb]: true }
export type Tx = Handle & {
  readonly [isTx]: true
  /** Runs writes in this order, sent together: one way to the database and back however many they are. */
  readonly write: (writes: readonly Write[]) => Promise<void>
}
/** For queries that only read: either will do. */
export type Reads = Db | Tx

/** A statement worth naming. `Row` is a promise of the author's; the tests run every one of them. */
export type HotStatement<Row> = { readonly name: string; readonly text: string; readonly row?: Row }

export function hotStatement<Row>(name: string, text: string): HotStatement<Row> {
  return { name, text }
}

/** A write as data: what is to be run with which values, by whoever holds the transaction. */
export type Write = { readonly statement: HotStatement<never>; readonly values: readonly unknown[] }

/** What a batch comes to: everything it writes, and what its callers hear once that is committed. */
export type Decided<T> = { readonly writes: readonly Write[]; readonly answer: T }

export type Database = {
  readonly db: Db
  /**
   * Runs `work` in one transaction (read committed) and commits it. A throw rolls everything back.
   * A deadlock or a serialisation failure runs `work` again from the start, three times at most:
   * keep nothing outside the database in it.
   */
  readonly inTransaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  /**
   * The same, on one of the few connections whose plans are made for full tables (see below). The work only looks and
   * decides; what it wants written leaves together with the commit, one way to the database and back for both. A write
   * must therefore fail in the database when it does not do what was decided on (see `house_require_rows`): one that
   * fails takes the commit behind it with it.
   */
  readonly inBatch: <T>(work: (tx: Tx) => Promise<Decided<T>>) => Promise<T>
  /** Reads one state of the whole database, while others go on writing. */
  readonly inSnapshot: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
  readonly pool: pg.Pool
}

const DATE = 1082
const INT8 = 20
const INT8_ARRAY = 1016
const TIMESTAMPTZ = 1184
const parseInt8Array = pg.types.getTypeParser(INT8_ARRAY as never) as (text: string) => string[]

const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    // A day is a day: as a Date it would be a midnight in whatever zone the machine is in.
    if (format !== 'binary' && oid === DATE) return (text: string) => text
    if (format !== 'binary' && oid === INT8) return BigInt
    if (format !== 'binary' && oid === TIMESTAMPTZ) return instantOf
    if (format !== 'binary' && oid === INT8_ARRAY) return (text: string) => parseInt8Array(text).map(BigInt)
    return pg.types.getTypeParser(oid, format as 'text')
  },
}

const parseInstant = pg.types.getTypeParser(TIMESTAMPTZ) as (text: string) => Date
const UTC_INSTANT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00$/

// Our connections speak UTC, which the engine itself reads in a third of the time.
function instantOf(text: string): Date {
  return UTC_INSTANT.test(text) ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : parseInstant(text)
}

// A plan made on empty tables gets two to three times slower as they grow, so the batch connections
// plan once, generically, and only ever walk indexes (performance.md, "What PostgreSQL can do").
const BATCH_PLANS = [
  'plan_cache_mode=force_generic_plan',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'enable_seqscan=off',
  'jit=off',
]

const RETRIED = new Set(['40001', '40P01'])
const MOST_ATTEMPTS = 4

export function openDatabase(connectionString: string, options: { connections: number; batches: number }): Database {
  const pool = new pg.Pool({
    connectionString,
    types,
    max: options.connections,
    // Statements that do not wait for each other's results share a round trip.
    pipeline: true,
    application_name: 'casino-club',
  })
  const batchPool = new pg.Pool({
    connectionString,
    types,
    max: options.batches,
    pipeline: true,
    // Kept for good: after ten quiet seconds (the default) the next round would pay for a login and for a dozen plans.
    idleTimeoutMillis: 0,
    application_name: 'casino-club batches',
    options: BATCH_PLANS.map((setting) => `-c ${setting}`).join(' '),
  })
  // An idle connection that dies (a killed backend, a restarted server) is replaced on next use.
  for (const each of [pool, batchPool]) {
    each.on('error', () => undefined)
    // One that dies between two statements of a transaction has nobody waiting for it: unheard, the event would
    // end the process. The next statement on it fails, and says why.
    each.on('connect', (client) => void client.on('error', () => undefined))
  }

  const db = handleOn(pool) as unknown as Db
  return {
    db,
    pool,
    inTransaction: (work) => transact(pool, BEGIN, work, commit),
    inBatch: (work) => transact(batchPool, BEGIN, work, writeAndCommit),
    inSnapshot: (work) => transact(pool, BEGIN_SNAPSHOT, work, commit),
    close: async () => {
      await Promise.all([pool.end(), batchPool.end()])
    },
  }
}

const BEGIN = hotStatement<never>('house_begin', 'begin')
const BEGIN_SNAPSHOT = hotStatement<never>('house_begin_snapshot', 'begin isolation level repeatable read read only')
const COMMIT = hotStatement<never>('house_commit', 'commit')

async function transact<Work, T>(
  pool: pg.Pool,
  begin: HotStatement<never>,
  work: (tx: Tx) => Promise<Work>,
  finish: (client: pg.PoolClient, worked: Work, begun: Promise<unknown>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      // Not awaited: the server answers it together with the first statement of the work.
      const begun = sendTogether(client, begin, [])
      begun.catch(() => undefined)
      const worked = await work(txOn(client))
      return await finish(client, worked, begun)
    } catch (error) {
      flush(client)
      // A connection that cannot even roll back is thrown away, not handed to the next caller.
      await client.query('rollback').catch((failure: Error) => {
        broken = failure
      })
      if (attempt >= MOST_ATTEMPTS || !RETRIED.has(sqlStateOf(error) ?? '')) throw error
    } finally {
      client.release(broken)
    }
  }
}

async function commit<T>(client: pg.PoolClient, worked: T, begun: Promise<unknown>): Promise<T> {
  await begun
  await committed(client)
  return worked
}

async function writeAndCommit<T>(
  client: pg.PoolClient,
  { writes, answer }: Decided<T>,
  begun: Promise<unknown>,
): Promise<T> {
  // Work that asked for nothing has its writes go along with the `begin`, behind one Sync. Where they would go one by one,
  // nothing may run behind a `begin` that fails.
  const turn = [BEGIN, ...writes.map(({ statement }) => statement), COMMIT].map(({ name }, at) => {
    return { name, values: writes[at - 1]?.values ?? [] }
  })
  if (!goTogether(client, turn)) await begun
  const written = writes.map(({ statement, values }) => sendTogether(client, statement, values))
  await Promise.all([begun, ...written, committed(client)])
  return answer
}

async function committed(client: pg.PoolClient): Promise<void> {
  const { command } = await sendTogether(client, COMMIT, [])
  // What PostgreSQL answers when something before it failed, and nobody minded.
  if (command !== 'COMMIT') throw new Bug(`a transaction was not committed but: ${command}`)
}

/** PostgreSQL's five-character code of an error, if it is one of PostgreSQL's. */
export function sqlStateOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}

/** The constraint that a write ran into, by its name in the migration. */
export function brokenConstraint(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.constraint : undefined
}

async function run<Row>(
  client: pg.PoolClient,
  statement: HotStatement<Row>,
  values: readonly unknown[],
): Promise<Row[]> {
  return (await sendTogether<Row>(client, statement, values)).rows
}

const handles = new WeakMap<pg.PoolClient, Tx>()

// Kysely wants a pool; a transaction is one connection. This pool always hands out that one.
function txOn(client: pg.PoolClient): Tx {
  const known = handles.get(client)
  if (known) return known
  // Kysely's statements are the driver's to send, and come behind what was asked for before them.
  const query = ((...asked: Parameters<pg.PoolClient['query']>) => {
    flush(client)
    return client.query(...asked)
  }) as unknown as pg.PoolClient['query']
  const onlyThisOne = { connect: async () => ({ query, release: () => undefined }), end: async () => undefined }
  const tx = {
    sql: new Kysely<Tables>({ dialect: new PostgresDialect({ pool: onlyThisOne as unknown as PostgresPool }) }),
    run: <Row>(statement: HotStatement<Row>, values: readonly unknown[]) => run(client, statement, values),
    write: async (writes: readonly Write[]) => {
      await Promise.all(writes.map(({ statement, values }) => sendTogether(client, statement, values)))
    },
  } as unknown as Tx
  handles.set(client, tx)
  return tx
}

function handleOn(pool: pg.Pool): Handle {
  return {
    sql: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    run: async <Row>(statement: HotStatement<Row>, values: readonly unknown[]) =>
      (await pool.query({ name: statement.name, text: statement.text, values: [...values] })).rows as Row[],
  }
}
