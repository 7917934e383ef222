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

const server = await startTestServer()
const startedAt = Date.now()
try {
  const database = await createDatabaseOf(server.testRun)
  const house = await openFuzzHouse(database.connectionString)
  say(`Fuzzing, seed ${seed}: ${requests} requests`)
  const report = await runFuzz(house, { requests, seed }, say)
  await house.close()
  say(
    `${report.sent} requests to ${report.operations} operations in ${Math.round((Date.now() - startedAt) / 1000)} s: ${tell(report.byStatus)}`,
  )
  if (report.neverDone.length > 0) say(`never answered with success: ${report.neverDone.join(', ')}`)
  say(
    report.failure === undefined
      ? `✓ no 5xx, nothing undeclared, nothing changed by a refusal: at most ${(3 / report.sent).toExponential(1)} of such requests would show one (95 %)`
      : `✗ ${report.failure}`,
  )
  process.exitCode = report.failure === undefined ? 0 : 1
} finally {
  await server.stop()
}
