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
  return anyWidth(rows, of, JSONB)
}

/** `bytea[]`. */
export function bytes<Row>(rows: readonly Row[], of: (row: Row) => Buffer): Buffer {
  return anyWidth(rows, of, BYTEA)
}

/** How one element is written. Made once: a closure made for each batch would be compiled anew after each collection. */
type FixedForm<Value> = {
  readonly type: number
  readonly width: number
  readonly put: (value: Value, into: Buffer, at: number) => void
}
type AnyForm<Value> = { readonly type: number; readonly pack: (value: Value) => Buffer }

const YEAR_2000 = Date.UTC(2000, 0, 1)

const INT8: FixedForm<bigint | number> = {
  type: 20,
  width: 8,
  put: (value, into, at) => {
    if (typeof value === 'bigint') into.writeBigInt64BE(value, at)
    else if (Number.isSafeInteger(value)) {
      into.writeInt32BE(Math.floor(value / 2 ** 32), at)
      into.writeUInt32BE(value >>> 0, at + 4)
    } else throw new Bug(`${value} is no whole number`)
  },
}
const INT4: FixedForm<number> = { type: 23, width: 4, put: (value, into, at) => into.writeInt32BE(value, at) }
const TIMESTAMPTZ: FixedForm<Date> = {
  type: 1184,
  width: 8,
  put: (value, into, at) => into.writeBigInt64BE(BigInt(value.getTime() - YEAR_2000) * 1000n, at),
}
const DATE: FixedForm<string> = {
  type: 1082,
  width: 4,
  put: (value, into, at) => {
    const day = Date.parse(value)
    if (Number.isNaN(day)) throw new Bug(`${value} is no day`)
    into.writeInt32BE((day - YEAR_2000) / 86_400_000, at)
  },
}
const UUID: FixedForm<string> = {
  type: 2950,
  width: 16,
  put: (value, into, at) => {
    if (into.write(value.replaceAll('-', ''), at, 16, 'hex') !== 16) throw new Bug(`${value} is no UUID`)
  },
}
const TEXT: AnyForm<string> = { type: 25, pack: (value) => Buffer.from(value) }
// The first byte is the version of the form.
const JSONB: AnyForm<unknown> = { type: 3802, pack: (value) => Buffer.from(`\u0001${JSON.stringify(value)}`) }
const BYTEA: AnyForm<Buffer> = { type: 17, pack: (value) => value }

const HEADER_BYTES = 20
const LENGTH_BYTES = 4
const NULL_LENGTH = -1

function header(into: Buffer, elementType: number, elements: number): void {
  into.writeInt32BE(1, 0) // dimensions
  into.writeInt32BE(1, 4) // there may be nulls
  into.writeInt32BE(elementType, 8)
  into.writeInt32BE(elements, 12)
  into.writeInt32BE(1, 16) // the first index
}

function fixedWidth<Row, Value>(
  rows: readonly Row[],
  of: (row: Row) => Value | null,
  { type, width, put }: FixedForm<Value>,
): Buffer {
  const column = Buffer.allocUnsafe(HEADER_BYTES + rows.length * (LENGTH_BYTES + width))
  header(column, type, rows.length)
  let at = HEADER_BYTES
  for (const row of rows) {
    const value = of(row)
    column.writeInt32BE(value === null ? NULL_LENGTH : width, at)
    at += LENGTH_BYTES
    if (value === null) continue
    put(value, column, at)
    at += width
  }
  return column.subarray(0, at)
}

function anyWidth<Row, Value>(
  rows: readonly Row[],
  of: (row: Row) => Value | null | undefined,
  { type, pack }: AnyForm<Value>,
): Buffer {
  const elements: (Buffer | null)[] = []
  let length = HEADER_BYTES
  for (const row of rows) {
    const value = of(row)
    const element = value === null || value === undefined ? null : pack(value)
    elements.push(element)
    length += LENGTH_BYTES + (element?.length ?? 0)
  }
  const column = Buffer.allocUnsafe(length)
  header(column, type, rows.length)
  let at = HEADER_BYTES
  for (const element of elements) {
    column.writeInt32BE(element?.length ?? NULL_LENGTH, at)
    at += LENGTH_BYTES
    if (element) at += element.copy(column, at)
  }
  return column
}
