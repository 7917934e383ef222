import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '#tests/database.ts'
import { openFuzzHouse } from '#tests/fuzz/fuzz-house.ts'
import { runFuzz } from '#tests/fuzz/run-fuzz.ts'

/* The short run; npm run fuzz -- --requests 100000 is the long one. */

const house = await openFuzzHouse((await createTestDatabase()).connectionString)
afterAll(house.close)

test('five thousand requests from our own OpenAPI document: nothing breaks, nothing is undeclared, refusals change nothing', async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  const report = await runFuzz(house, { requests: 5_000, seed })
  expect(report.failure, `FUZZ_SEED=${seed}`).toBeUndefined()
  expect(report.sent).toBe(5_000)
  expect(report.neverDone.length, report.neverDone.join(', ')).toBeLessThan(4)
}, 600_000)
