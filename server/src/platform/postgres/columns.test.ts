import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#tests/database.ts'
import { bytes, instants, jsons, numbers, texts, words } from './columns.ts'
import { type Database, openDatabase } from './database.ts'

/* Whatever goes in as a column comes out of PostgreSQL as it was. */

let database: Database

beforeAll(async () => {
  database = openDatabase((await createTestDatabase()).connectionString, { connections: 1, batches: 1 })
})
afterAll(() => database.close())

async function through(column: string, type: string): Promise<unknown[]> {
  const { rows } = await database.pool.query(`select each from unnest($1::${type}[]) as column_of (each)`, [column])
  return rows.map((row: { each: unknown }) => row.each)
}

const same = <Value>(value: Value): Value => value
const nullOr = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null })
// PostgreSQL keeps no NUL in texts; a lone surrogate is no text at all.
const anyText = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))

test.each<[string, string, fc.Arbitrary<unknown>, (values: never[]) => string]>([
  ['numbers', 'bigint', nullOr(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)), (values) => numbers<never>(values, same)],
  ['texts', 'text', nullOr(anyText), (values) => texts<never>(values, same)],
  ['words', 'uuid', fc.uuid(), (values) => words<never>(values, same)],
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

test.each(['a,b', '', '{', 'a b', '"', 'null', 'NULL'])('no word: %j', (text) => {
  expect(() => words([text], same)).toThrow('not')
})
