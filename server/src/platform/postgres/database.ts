import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { batches } from '#platform/postgres/batch.ts'
import { Line } from '#platform/postgres/line.ts'
import type { Tables } from '#platform/postgres/tables.ts'
import { BEGIN, BEGIN_SNAPSHOT, transact } from '#platform/postgres/transaction.ts'

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
   * fails takes the commit behind it with it. Work that decides without waiting for an answer takes no connection: its
   * writes leave behind those of the batch before it (see `Line`).
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
    max: options.batches + 1,
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

  const line = new Line(batchPool)
  const db = handleOn(pool) as unknown as Db
  return {
    db,
    pool,
    inTransaction: (work) => transact(pool, BEGIN, work),
    inBatch: batches(batchPool, line),
    inSnapshot: (work) => transact(pool, BEGIN_SNAPSHOT, work),
    close: async () => {
      await Promise.all([line.close(), pool.end(), batchPool.end()])
    },
  }
}

function handleOn(pool: pg.Pool): Handle {
  return {
    sql: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    run: async <Row>(statement: HotStatement<Row>, values: readonly unknown[]) =>
      (await pool.query({ name: statement.name, text: statement.text, values: [...values] })).rows as Row[],
  }
}
