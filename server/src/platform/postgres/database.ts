import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { Tables } from '#platform/postgres/tables.ts'

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
   * The same, on one of the few connections whose plans are made for full tables (see `openDatabase`). The work only looks and
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
