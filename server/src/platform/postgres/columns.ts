import { Bug } from '#vocabulary/failure.ts'

/*
 * Columns of rows in PostgreSQL's binary form of arrays, ready for `unnest`. As text, every element would be quoted
 * here and taken apart there: a tenth of what PostgreSQL and a twentieth of what Node did for a round (measured at 64
 * callers). The driver passes buffers on as they are. Each name goes with the one type of element that it says.
 */

/** `bigint[]`. */
export function numbers<Row>(rows: readonly Row[], of: (row: Row) => bigint | number | null): Buffer {
  return fixedWidth(rows, INT8, 8, (row, into, at) => {
    const value = of(row)
    if (value === null) return false
    if (typeof value === 'bigint') into.writeBigInt64BE(value, at)
    else if (Number.isSafeInteger(value)) {
      into.writeInt32BE(Math.floor(value / 2 ** 32), at)
      into.writeUInt32BE(value >>> 0, at + 4)
    } else throw new Bug(`${value} is no whole number`)
    return true
  })
}

/** `integer[]`. */
export function integers<Row>(rows: readonly Row[], of: (row: Row) => number): Buffer {
  return fixedWidth(rows, INT4, 4, (row, into, at) => {
    into.writeInt32BE(of(row), at)
    return true
  })
}

/** `timestamptz[]`. */
export function instants<Row>(rows: readonly Row[], of: (row: Row) => Date | null): Buffer {
  return fixedWidth(rows, TIMESTAMPTZ, 8, (row, into, at) => {
    const value = of(row)
    if (value === null) return false
    into.writeBigInt64BE(BigInt(value.getTime() - YEAR_2000) * 1000n, at)
    return true
  })
}

/** `date[]`, of days as `YYYY-MM-DD`. */
export function days<Row>(rows: readonly Row[], of: (row: Row) => string): Buffer {
  return fixedWidth(rows, DATE, 4, (row, into, at) => {
    const day = Date.parse(of(row))
    if (Number.isNaN(day)) throw new Bug(`${of(row)} is no day`)
    into.writeInt32BE((day - YEAR_2000) / 86_400_000, at)
    return true
  })
}

/** `uuid[]`. */
export function uuids<Row>(rows: readonly Row[], of: (row: Row) => string): Buffer {
  return fixedWidth(rows, UUID, 16, (row, into, at) => {
    const value = of(row)
    if (into.write(value.replaceAll('-', ''), at, 16, 'hex') !== 16) throw new Bug(`${value} is no UUID`)
    return true
  })
}

/** `text[]`. */
export function texts<Row>(rows: readonly Row[], of: (row: Row) => string | null): Buffer {
  return anyWidth(rows, TEXT, (row) => {
    const value = of(row)
    return value === null ? null : Buffer.from(value)
  })
}

/** `jsonb[]`; `undefined` and null are SQL's null. */
export function jsons<Row>(rows: readonly Row[], of: (row: Row) => unknown): Buffer {
  return anyWidth(rows, JSONB, (row) => {
    const value = of(row)
    // The first byte is the version of the form.
    return value === undefined || value === null ? null : Buffer.from(`\u0001${JSON.stringify(value)}`)
  })
}

/** `bytea[]`. */
export function bytes<Row>(rows: readonly Row[], of: (row: Row) => Buffer): Buffer {
  return anyWidth(rows, BYTEA, of)
}

const BYTEA = 17
const INT8 = 20
const INT4 = 23
const TEXT = 25
const DATE = 1082
const TIMESTAMPTZ = 1184
const UUID = 2950
const JSONB = 3802
const YEAR_2000 = Date.UTC(2000, 0, 1)

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

/** @param fill writes one element and says whether there is one. */
function fixedWidth<Row>(
  rows: readonly Row[],
  elementType: number,
  width: number,
  fill: (row: Row, into: Buffer, at: number) => boolean,
): Buffer {
  const column = Buffer.allocUnsafe(HEADER_BYTES + rows.length * (LENGTH_BYTES + width))
  header(column, elementType, rows.length)
  let at = HEADER_BYTES
  for (const row of rows) {
    const isThere = fill(row, column, at + LENGTH_BYTES)
    column.writeInt32BE(isThere ? width : NULL_LENGTH, at)
    at += LENGTH_BYTES + (isThere ? width : 0)
  }
  return column.subarray(0, at)
}

function anyWidth<Row>(rows: readonly Row[], elementType: number, of: (row: Row) => Buffer | null): Buffer {
  const elements = rows.map(of)
  const column = Buffer.allocUnsafe(
    elements.reduce((sum, element) => sum + LENGTH_BYTES + (element?.length ?? 0), HEADER_BYTES),
  )
  header(column, elementType, rows.length)
  let at = HEADER_BYTES
  for (const element of elements) {
    column.writeInt32BE(element?.length ?? NULL_LENGTH, at)
    at += LENGTH_BYTES
    if (element) at += element.copy(column, at)
  }
  return column
}
