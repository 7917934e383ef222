import { argv } from 'node:process'
import { startEmbeddedPostgres } from '#platform/postgres/embedded.ts'
import { CannotStart } from '#platform/postgres/embedded-cannot-start.ts'

/*
 * A process that owns a data folder, for embedded.test.ts to kill. Says what it has in one line of JSON, then
 * works until SIGTERM.
 */

const holdOn = setInterval(() => undefined, 1_000)
try {
  const server = await startEmbeddedPostgres({ dataDir: argv[2] ?? '' })
  await server.announceUrl('http://localhost:3999')
  console.log(JSON.stringify({ connectionString: server.connectionString, serverPid: server.serverPid }))
  process.once('SIGTERM', async () => {
    await server.stop()
    clearInterval(holdOn)
  })
} catch (error) {
  clearInterval(holdOn)
  console.log(JSON.stringify({ refused: error instanceof CannotStart ? error.message : String(error) }))
}
