import { openHub } from '#platform/hub.ts'
import { type Log, openLog } from '#platform/log.ts'
import { openMetrics } from '#platform/metrics.ts'
import { openDatabase } from '#platform/postgres/open-database.ts'
import type { App } from '#server/app.ts'
import type { Config } from '#server/config.ts'
import type { Clock } from '#vocabulary/clock.ts'
import { systemClock } from '#vocabulary/clock.ts'

/** Opens what every use case leans on. `close` gives every connection back. */
export async function openApp(
  config: Config,
  connectionString: string,
  options: { clock?: Clock; log?: Log } = {},
): Promise<App> {
  const log = options.log ?? openLog(config.LOG_LEVEL)
  const database = openDatabase(connectionString, {
    connections: config.DATABASE_CONNECTIONS,
    batches: config.BATCHES_IN_FLIGHT,
  })
  const hub = await openHub(connectionString, log)
  return {
    ...database,
    config,
    clock: options.clock ?? systemClock,
    log,
    metrics: openMetrics(),
    hub,
    close: async () => {
      await hub.close()
      await database.close()
    },
  }
}
