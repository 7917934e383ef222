import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openLog } from '#platform/log.ts'
import { openMetrics } from '#platform/metrics.ts'
import type { App } from '#server/app.ts'
import { parseConfig } from '#server/config.ts'
import { openHouse } from '#server/house.ts'
import { systemClock } from '#vocabulary/clock.ts'

/*
 * `npm run openapi` prints `docs/openapi.json` from the routes of the house. With `--check` it changes
 * nothing and fails when the committed file is stale.
 */

const FILE = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url))

/** The document, as `/openapi.json` serves it in development. No handler is run, so no database is needed. */
async function printDocument(): Promise<string> {
  const unfurnished = {
    config: parseConfig({ NODE_ENV: 'test' }),
    clock: systemClock,
    log: openLog('silent'),
    metrics: openMetrics(),
    hub: { on: () => () => undefined, close: async () => undefined },
    inTransaction: async () => undefined,
  } as unknown as App
  const { http } = await openHouse(unfurnished, { webFolder: 'no web app' })
  await http.ready()
  const document = http.swagger()
  await http.close()
  return `${JSON.stringify(document, null, 2)}\n`
}

const checkOnly = process.argv.includes('--check')
const fresh = await printDocument()
const committed = await readFile(FILE, 'utf8').catch(() => '')
const paths = Object.keys((JSON.parse(fresh) as { paths: object }).paths).length
if (fresh === committed) console.log(`docs/openapi.json is up to date: ${paths} paths`)
else if (checkOnly) {
  console.error('docs/openapi.json is not what the routes say: run "npm run openapi" and commit the result')
  process.exitCode = 1
} else {
  await mkdir(dirname(FILE), { recursive: true })
  await writeFile(FILE, fresh)
  console.log(`docs/openapi.json written: ${paths} paths`)
}
