import { DAY } from '#vocabulary/clock.ts'
import { Bug } from '#vocabulary/failure.ts'

/*
 * Columns of rows in PostgreSQL's binary form of arrays, ready for `unnest`. As text, every element would be quoted
 * here and taken apart there: a tenth of what PostgreSQL and a twentieth of what Node did for a round (measured at 64
 * callers). The driver passes buffers on as they are. Each name goes with the one type of element that it says.
 */

/** `bigint[]`. */
export function numbers<Row>(rows: readonly Row[], of: (row: Row) => bigint | number | null): Buffer {
  return fixedWidth(rows, of, INT8)
}

/** `integer[]`. */
export function integers<Row>(rows: readonly Row[], of: (row: Row) => number): Buffer {
  return fixedWidth(rows, of, INT4)
}

/** `timestamptz[]`. */
export function instants<Row>(rows: readonly Row[], of: (row: Row) => Date | null): Buffer {
  return fixedWidth(rows, of, TIMESTAMPTZ)
}

/** `date[]`, of days as `YYYY-MM-DD`. */
export function days<Row>(rows: readonly Row[], of: (row: Row) => string): Buffer {
  return fixedWidth(rows, of, DATE)
}

/** `uuid[]`. */
export function uuids<Row>(rows: readonly Row[], of: (row: Row) => string): Buffer {
  return fixedWidth(rows, of, UUID)
}

/** `text[]`. */
export function texts<Row>(rows: readonly Row[], of: (row: Row) => string | null): Buffer {
  return anyWidth(rows, of, TEXT)
}

/** `jsonb[]`; `undefined` and null are SQL's null. */
export function jsons<Row>(rows: readonly Row[], of: (row: Row) => unknown): Buffer {
  return anyWidth(
    rows,
    (row) => {
      const value = of(row)
      if (value === null || value === undefined) return null
      const text: string | undefined = JSON.stringify(value)
      if (text === undefined) throw new Bug(`a ${typeof value} is no JSON`)
      return text
    },
    JSON_TEXT,
  )
}

/** `bytea[]`. */
export function bytes<Row>(rows: readonly Row[], of: (row: Row) => Buffer): Buffer {
  return anyWidth(rows, of, BYTEA)
}

/** How one element is written. Made once: a closure made for each batch would be compiled anew after each collection. */
type FixedForm<Value> = {
  readonly type: number
  readonly width: number
  readonly put: (value: Value, into: Column, at: number) => void
}
type AnyForm<Value> = {
  readonly type: number
  /** Bytes that it will not take more than. */
  readonly most: (value: Value) => number
  /** @returns how many bytes it took. */
  readonly put: (value: Value, into: Column, at: number) => number
}

/** The same bytes twice: numbers go through the view, which V8 turns into single instructions. */
type Column = { readonly bytes: Buffer; readonly view: DataView }

const YEAR_2000 = Date.UTC(2000, 0, 1)

const INT8: FixedForm<bigint | number> = {
  type: 20,
  width: 8,
  put: (value, { view }, at) => {
    if (typeof value === 'bigint') {
      if (BigInt.asIntN(64, value) !== value) throw new Bug(`${value} has more than 64 bits`)
      view.setBigInt64(at, value)
    } else if (Number.isSafeInteger(value)) {
      view.setInt32(at, Math.floor(value / 2 ** 32))
      view.setUint32(at + 4, value >>> 0)
    } else throw new Bug(`${value} is no whole number`)
  },
}
const INT4: FixedForm<number> = {
  type: 23,
  width: 4,
  put: (value, { view }, at) => {
    if ((value | 0) !== value) throw new Bug(`${value} is no whole number of 32 bits`)
    view.setInt32(at, value)
  },
}
const TIMESTAMPTZ: FixedForm<Date> = {
  type: 1184,
  width: 8,
  put: (value, { view }, at) => view.setBigInt64(at, BigInt(value.getTime() - YEAR_2000) * 1000n),
}
const DATE: FixedForm<string> = {
  type: 1082,
  width: 4,
  put: (value, { view }, at) => {
    const day = Date.parse(value)
    if (Number.isNaN(day)) throw new Bug(`${value} is no day`)
    view.setInt32(at, (day - YEAR_2000) / DAY)
  },
}
const UUID: FixedForm<string> = {
  type: 2950,
  width: 16,
  put: (value, { bytes: into }, at) => {
    if (into.write(value.replaceAll('-', ''), at, 16, 'hex') !== 16) throw new Bug(`${value} is no UUID`)
  },
}
/** In UTF-8 a UTF-16 unit takes three bytes at most. */
const MOST_BYTES_PER_UNIT = 3
const TEXT: AnyForm<string> = {
  type: 25,
  most: (value) => value.length * MOST_BYTES_PER_UNIT,
  put: (value, { bytes: into }, at) => into.write(value, at),
}
const JSON_TEXT: AnyForm<string> = {
  type: 3802,
  most: (value) => 1 + value.length * MOST_BYTES_PER_UNIT,
  put: (value, { bytes: into }, at) => {
    into[at] = 1 // the version of the form
    return 1 + into.write(value, at + 1)
  },
}
const BYTEA: AnyForm<Buffer> = {
  type: 17,
  most: (value) => value.length,
  put: (value, { bytes: into }, at) => value.copy(into, at),
}

const HEADER_BYTES = 20
const LENGTH_BYTES = 4
const NULL_LENGTH = -1

function header({ view }: Column, elementType: number, elements: number): void {
  view.setInt32(0, 1) // dimensions
  view.setInt32(4, 1) // there may be nulls
  view.setInt32(8, elementType)
  view.setInt32(12, elements)
  view.setInt32(16, 1) // the first index
}

function columnOf(size: number): Column {
  const bytes = Buffer.allocUnsafe(size)
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, size) }
}

function fixedWidth<Row, Value>(
  rows: readonly Row[],
  of: (row: Row) => Value | null,
  { type, width, put }: FixedForm<Value>,
): Buffer {
  const column = columnOf(HEADER_BYTES + rows.length * (LENGTH_BYTES + width))
  header(column, type, rows.length)
  let at = HEADER_BYTES
  for (const row of rows) {
    const value = of(row)
    column.view.setInt32(at, value === null ? NULL_LENGTH : width)
    at += LENGTH_BYTES
    if (value === null) continue
    put(value, column, at)
    at += width
  }
  return column.bytes.subarray(0, at)
}

/** Where elements are gathered whose lengths are not known beforehand. One column at a time: nothing waits meanwhile. */
let gathered = columnOf(64 * 1024)
/** A larger one is not kept. */
const MOST_KEPT = 1024 * 1024

function anyWidth<Row, Value>(
  rows: readonly Row[],
  of: (row: Row) => Value | null | undefined,
  { type, most, put }: AnyForm<Value>,
): Buffer {
  header(gathered, type, rows.length)
  let at = HEADER_BYTES
  for (const row of rows) {
    const value = of(row)
    const isNull = value === null || value === undefined
    makeRoom(at, LENGTH_BYTES + (isNull ? 0 : most(value)))
    const length = isNull ? NULL_LENGTH : put(value, gathered, at + LENGTH_BYTES)
    gathered.view.setInt32(at, length)
    at += LENGTH_BYTES + Math.max(0, length)
  }
  const column = gathered.bytes.subarray(0, at)
  if (gathered.bytes.length <= MOST_KEPT) return Buffer.from(column)
  gathered = columnOf(MOST_KEPT)
  return column
}

function makeRoom(used: number, more: number): void {
  if (used + more <= gathered.bytes.length) return
  const larger = columnOf(2 * (used + more))
  gathered.bytes.copy(larger.bytes, 0, 0, used)
  gathered = larger
}
