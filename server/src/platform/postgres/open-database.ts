import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { batches } from '#platform/postgres/batch.ts'
import type { Database, Db, HotStatement } from '#platform/postgres/database.ts'
import { Line } from '#platform/postgres/line.ts'
import type { Tables } from '#platform/postgres/tables.ts'
import { BEGIN, BEGIN_SNAPSHOT, transact } from '#platform/postgres/transaction.ts'

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

function handleOn(pool: pg.Pool): Pick<Db, 'sql' | 'run'> {
  return {
    sql: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    run: async <Row>(statement: HotStatement<Row>, values: readonly unknown[]) =>
      (await pool.query({ name: statement.name, text: statement.text, values: [...values] })).rows as Row[],
  }
}
