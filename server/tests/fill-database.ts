import { openLog } from '#platform/log.ts'
import type { App } from '#server/app.ts'
import { parseConfig } from '#server/config.ts'
import { openHouse } from '#server/house.ts'
import { openApp } from '#server/open-app.ts'
import { seedDemo } from '#server/seed-demo.ts'

/** The house's own handle on a database of a test, without a web app and without a word. */
export async function withApp<T>(connectionString: string, work: (app: App) => Promise<T>): Promise<T> {
  const config = parseConfig({ NODE_ENV: 'test' }, (name) => `test secret that is long enough for ${name}`)
  const app = await openApp(config, connectionString, { log: openLog('silent') })
  try {
    return await work(app)
  } finally {
    await app.close()
  }
}

/** Lives in a migrated database for some days, through the real code, until every reaction has run. */
export async function fillDatabase(connectionString: string): Promise<void> {
  await withApp(connectionString, async (app) => {
    const house = await openHouse(app, { webFolder: 'no web app' })
    await seedDemo(house)
    await house.relay.drain()
    await house.stop()
  })
}
