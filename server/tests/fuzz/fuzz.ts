import { parseArgs } from 'node:util'
import { say } from '#server/tell-progress.ts'
import { openFuzzHouse } from '#tests/fuzz/fuzz-house.ts'
import { runFuzz, tell } from '#tests/fuzz/run-fuzz.ts'
import { createDatabaseOf, startTestServer } from '#tests/test-server.ts'

/* npm run fuzz -- --requests 100000: the long run of fuzz.test.ts, on a database of its own. */

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string' } },
})
const wholeNumber = (name: string, text: string): number => {
  if (/^\d+$/.test(text)) return Number(text)
  say(`--${name} ${text}: a whole number`)
  process.exit(2)
}
const requests = wholeNumber('requests', values.requests)
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : wholeNumber('seed', values.seed)

/** A database each: sums over all rows take the longer the more there are. */
const REQUESTS_PER_HOUSE = 10_000

const server = await startTestServer()
const startedAt = Date.now()
const byStatus: Record<string, number> = {}
let sent = 0
let failure: string | undefined
let neverDone: readonly string[] = []
let operations = 0
try {
  say(`Fuzzing, seed ${seed}: ${requests} requests`)
  for (let house = 0; sent < requests && failure === undefined; house++) {
    const database = await createDatabaseOf(server.testRun)
    const open = await openFuzzHouse(database.connectionString)
    // A failure names its own seed: that of the first house is the one given.
    const report = await runFuzz(open, { requests: Math.min(REQUESTS_PER_HOUSE, requests - sent), seed: seed + house })
    await open.close()
    await database.drop()
    sent += report.sent
    for (const [status, times] of Object.entries(report.byStatus)) byStatus[status] = (byStatus[status] ?? 0) + times
    neverDone = house === 0 ? report.neverDone : neverDone.filter((each) => report.neverDone.includes(each))
    operations = report.operations
    failure = report.failure
    say(
      `${sent} requests to ${operations} operations in ${Math.round((Date.now() - startedAt) / 1000)} s: ${tell(byStatus)}`,
    )
  }
  if (neverDone.length > 0) say(`never answered with success: ${neverDone.join(', ')}`)
  say(
    failure === undefined
      ? `✓ no 5xx, nothing undeclared, nothing changed by a refusal: at most ${(3 / sent).toExponential(1)} of such requests would show one (95 %)`
      : `✗ ${failure}`,
  )
  process.exitCode = failure === undefined ? 0 : 1
} finally {
  await server.stop()
}
