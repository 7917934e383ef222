import type { Duplex } from 'node:stream'
import pg from 'pg'

/*
 * Statements of one turn leave in one write, with one Sync behind them all. The driver's own pipelining puts a Sync
 * behind each, and PostgreSQL answers every Sync with a system call that wakes us up. One Sync also means that nothing
 * behind a statement that fails is run, the commit least of all.
 *
 * A statement goes this way when it is prepared on its connection and what its rows look like is known: from its second
 * time there, or after `prepare`. Before that it goes the driver's way.
 */

/** What a statement came to: its rows, and the word that PostgreSQL ends it with (`SELECT`, `COMMIT`). */
export type Ran<Row> = { readonly rows: Row[]; readonly command: string }

/**
 * Runs a named statement on this connection, after everything that was sent on it before. What is sent in one turn
 * leaves at its end, or before that with `flush`.
 */
export function sendTogether<Row>(
  client: pg.PoolClient,
  { name, text }: { readonly name: string; readonly text: string },
  values: readonly unknown[],
): Promise<Ran<Row>> {
  return new Promise((resolve, reject) => {
    const asks = waiting.get(client) ?? []
    if (asks.length === 0) {
      waiting.set(client, asks)
      process.nextTick(() => flush(client))
    }
    asks.push({ name, text, values, rows: [], resolve: resolve as Asked['resolve'], reject })
  })
}

/** Sends what waits for the end of this turn, so that whatever is sent next comes behind it. */
export function flush(client: pg.PoolClient): void {
  const asks = waiting.get(client)
  if (asks === undefined || asks.length === 0) return
  waiting.delete(client)
  const readers = readersOf(client)
  try {
    inOneWrite(client, () => {
      if (goTogether(client, asks)) {
        client.query(new Together(asks, readers))
      } else for (const ask of asks) sendAlone(client, ask, readers)
    })
  } catch (error) {
    for (const { reject } of asks) reject?.(error)
  }
}

/**
 * Sends statements as a transaction of their own: PostgreSQL commits what stands before a Sync, or undoes all of it. What
 * was sent on this connection before may still be under way. @throws what the first statement that fails is told.
 */
export function sendWhole(client: pg.PoolClient, asks: readonly Asked[]): Promise<void> {
  return new Promise((resolve, reject) => {
    if (asks.length === 0) return resolve()
    const copies = asks.map((ask) => ({ ...ask, rows: [] }))
    inOneWrite(client, () => client.query(new Together(copies, readersOf(client), { resolve, reject })))
  })
}

/** Has a statement prepared on this connection, so that the first time it is run it goes with others. */
export function prepare(client: pg.PoolClient, { name, text }: Pick<Ask, 'name' | 'text'>): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (fields: readonly pg.FieldDef[]) => {
      readersOf(client).set(name, readerOf(client, fields))
      resolve()
    }
    client.query(new Preparation(name, text, done, reject))
  })
}

/** Whether these, asked for in one turn, leave behind one Sync: prepared on this connection, and in plain values. */
export function goTogether(
  client: pg.PoolClient,
  asks: readonly { readonly name: string; readonly values: readonly unknown[] }[],
): boolean {
  const readers = readersOf(client)
  return asks.every((ask) => readers.has(ask.name) && ask.values.every(isPlain))
}

export function isPrepared(client: pg.PoolClient, name: string): boolean {
  return readersOf(client).has(name)
}

type Value = Buffer | string | number | bigint | boolean | null
type Reader = (fields: readonly (string | null)[]) => unknown

/** A statement, its values, and who waits for what it comes to. */
export type Asked = {
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
  readonly resolve?: ((ran: Ran<unknown>) => void) | undefined
  readonly reject?: ((error: unknown) => void) | undefined
}
type Ask = Asked & { readonly rows: unknown[]; command?: string }

/** The part of the driver's connection that its query classes use; public there, and not in its types. */
type Connection = {
  readonly stream: Duplex
  readonly bind: (message: {
    statement: string
    values: readonly unknown[]
    valueMapper: (value: Value) => Buffer | string | null
  }) => void
  readonly execute: () => void
  readonly parse: (message: { name: string; text: string }) => void
  readonly describe: (message: { type: 'S'; name: string }) => void
  readonly sync: () => void
}

const waiting = new WeakMap<pg.PoolClient, Ask[]>()
const readers = new WeakMap<pg.PoolClient, Map<string, Reader>>()

function connectionOf(client: pg.PoolClient): Connection {
  return (client as unknown as { connection: Connection }).connection
}

function readersOf(client: pg.PoolClient): Map<string, Reader> {
  const known = readers.get(client)
  if (known) return known
  const made = new Map<string, Reader>()
  readers.set(client, made)
  return made
}

function inOneWrite(client: pg.PoolClient, send: () => void): void {
  const { stream } = connectionOf(client)
  stream.cork()
  try {
    send()
  } catch (error) {
    // Half of it waits to leave: let go, it would be committed with whatever is sent next; held back, so would all the rest be.
    stream.destroy()
    throw error
  }
  stream.uncork()
}

// With a callback: the driver's own promises cost a second one each, to mend stack traces.
function sendAlone(client: pg.PoolClient, ask: Ask, known: Map<string, Reader>): void {
  const { name, text, values, resolve, reject } = ask
  void client.query({ name, text, values: values as unknown[] }, (error, result) => {
    if (error) return reject?.(error)
    if (!known.has(name)) known.set(name, readerOf(client, result.fields))
    resolve?.({ rows: result.rows, command: result.command })
  })
}

function readerOf(client: pg.PoolClient, fields: readonly pg.FieldDef[]): Reader {
  const columns = fields.map(({ name, dataTypeID }) => ({ name, parse: client.getTypeParser(dataTypeID, 'text') }))
  // All rows are copies of one, so that they have the same shape.
  const empty = Object.fromEntries(columns.map(({ name }) => [name, null]))
  return (values) => {
    const row: Record<string, unknown> = { ...empty }
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at]
      const value = values[at]
      if (column && value !== null && value !== undefined) row[column.name] = column.parse(value)
    }
    return row
  }
}

/** What needs no help of the driver's to be sent. */
function isPlain(value: unknown): value is Value {
  return value === null || typeof value !== 'object' ? value !== undefined : Buffer.isBuffer(value)
}

function asParameter(value: Value): Buffer | string | null {
  return value === null || typeof value === 'string' || Buffer.isBuffer(value) ? value : String(value)
}

/**
 * One query to the driver, many to PostgreSQL. What they come to is told when PostgreSQL is ready: until then a Sync may
 * still undo it. When one fails, all have; and all are told that they have when a row of theirs cannot be read.
 */
class Together extends pg.Query {
  readonly #asks: readonly Ask[]
  readonly #readers: ReadonlyMap<string, Reader>
  readonly #whole: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined
  #done = 0
  #unreadable: unknown

  constructor(
    asks: readonly Ask[],
    readers: ReadonlyMap<string, Reader>,
    whole?: { resolve: () => void; reject: (error: unknown) => void },
  ) {
    super('')
    this.#asks = asks
    this.#readers = readers
    this.#whole = whole
  }

  override submit = (connection: unknown): void => {
    const to = connection as Connection
    for (const { name, values } of this.#asks) {
      to.bind({ statement: name, values, valueMapper: asParameter })
      to.execute()
    }
    to.sync()
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const ask = this.#asks[this.#done]
    try {
      ask?.rows.push(this.#readers.get(ask.name)?.(fields))
    } catch (error) {
      this.#unreadable ??= error
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const ask = this.#asks[this.#done++]
    if (ask) ask.command = text.split(' ', 1)[0] ?? ''
  }

  handleError(error: unknown): void {
    for (const { reject } of this.#asks) reject?.(error)
    this.#whole?.reject(error)
  }

  handleReadyForQuery(): void {
    if (this.#unreadable !== undefined) this.handleError(this.#unreadable)
    else {
      for (const { resolve, rows, command = '' } of this.#asks) resolve?.({ rows, command })
      this.#whole?.resolve()
    }
  }
}

/** Parses a statement under its name and asks what its rows look like. */
class Preparation extends pg.Query {
  /** The driver notes a statement as parsed by these two. */
  readonly name: string
  readonly text: string
  readonly #done: (fields: readonly pg.FieldDef[]) => void
  readonly #failed: (error: unknown) => void
  #fields: readonly pg.FieldDef[] = []

  constructor(
    name: string,
    text: string,
    done: (fields: readonly pg.FieldDef[]) => void,
    failed: (error: unknown) => void,
  ) {
    super('')
    this.name = name
    this.text = text
    this.#done = done
    this.#failed = failed
  }

  override submit = (connection: unknown): void => {
    const to = connection as Connection
    to.parse({ name: this.name, text: this.text })
    to.describe({ type: 'S', name: this.name })
    to.sync()
  }

  handleRowDescription({ fields }: { fields: readonly pg.FieldDef[] }): void {
    this.#fields = fields
  }

  handleError(error: unknown): void {
    this.#failed(error)
  }

  handleReadyForQuery(): void {
    this.#done(this.#fields)
  }
}
