import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#tests/database.ts'
import { bytes, days, instants, integers, jsons, numbers, texts, uuids } from './columns.ts'
import type { Database } from './database.ts'
import { openDatabase } from './open-database.ts'

/* Whatever goes in as a column comes out of PostgreSQL as it was. */

let database: Database

beforeAll(async () => {
  database = openDatabase((await createTestDatabase()).connectionString, { connections: 1, batches: 1 })
})
afterAll(() => database.close())

async function through(column: Buffer, type: string): Promise<unknown[]> {
  const { rows } = await database.pool.query(`select each from unnest($1::${type}[]) as column_of (each)`, [column])
  return rows.map((row: { each: unknown }) => row.each)
}

const same = <Value>(value: Value): Value => value
const nullOr = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null })
// PostgreSQL keeps no NUL in texts; a lone surrogate is no text at all.
const anyText = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))

const aDay = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

test.each<[string, string, fc.Arbitrary<unknown>, (values: never[]) => Buffer]>([
  ['numbers', 'bigint', nullOr(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)), (values) => numbers<never>(values, same)],
  ['texts', 'text', nullOr(anyText), (values) => texts<never>(values, same)],
  ['uuids', 'uuid', fc.uuid(), (values) => uuids<never>(values, same)],
  ['integers', 'integer', fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (values) => integers<never>(values, same)],
  ['days', 'date', aDay, (values) => days<never>(values, same)],
  [
    'instants',
    'timestamptz',
    nullOr(fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })),
    (values) => instants<never>(values, same),
  ],
  ['bytes', 'bytea', fc.uint8Array().map((array) => Buffer.from(array)), (values) => bytes<never>(values, same)],
  ['jsons', 'jsonb', fc.dictionary(fc.constantFrom('a', 'b"', '\\c'), anyText), (values) => jsons<never>(values, same)],
])('%s', async (_, type, arbitrary, columnOf) => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitrary, { maxLength: 20 }), async (values) => {
      expect(await through(columnOf(values as never[]), type)).toEqual(values)
    }),
    { numRuns: 50 },
  )
})

test('whole numbers of both kinds', async () => {
  const each = [0, -1, 1, 2 ** 32, -(2 ** 32) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]
  expect(await through(numbers(each, same), 'bigint')).toEqual(each.map(BigInt))
})

test.each([1.5, Number.NaN, 2 ** 53])('no whole number: %d', (number) => {
  expect(() => numbers([number], same)).toThrow('no whole number')
})

test.each(['', 'a,b', '6ef64480', 'zz6f4480-0000-4000-8000-000000000000'])('no UUID: %j', (text) => {
  expect(() => uuids([text], same)).toThrow('no UUID')
})

test.each([2n ** 63n, -(2n ** 63n) - 1n])('more than 64 bits: %d', (number) => {
  expect(() => numbers([number], same)).toThrow('more than 64 bits')
})

test.each([1.5, 2 ** 31, -(2 ** 31) - 1, Number.NaN])('no whole number of 32 bits: %d', (number) => {
  expect(() => integers([number], same)).toThrow('no whole number of 32 bits')
})

test.each([Symbol('a'), () => 1, { toJSON: () => undefined }])('no JSON', (value) => {
  expect(() => jsons([value], same)).toThrow('is no JSON')
})

test('columns of any size, made before any of them is read', async () => {
  const values = [
    ['가나다'],
    Array.from({ length: 5 }, (_, at) => `${at} ${'한'.repeat(30_000)}`),
    ['한'.repeat(600_000), 'behind it'],
    ['라마바', '', 'x'.repeat(70_000)],
  ]
  const columns = values.map((column) => texts(column, same))
  expect(await Promise.all(columns.map((column) => through(column, 'text')))).toEqual(values)
  const asJson = values.map((column) => jsons(column, (text) => ({ text })))
  expect(await Promise.all(asJson.map((column) => through(column, 'jsonb')))).toEqual(
    values.map((column) => column.map((text) => ({ text }))),
  )
})
