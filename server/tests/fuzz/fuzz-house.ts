import { openLog } from '#platform/log.ts'
import { parseConfig } from '#server/config.ts'
import { type House, openHouse } from '#server/house.ts'
import { openApp } from '#server/open-app.ts'

/**
 * A whole house on a migrated database, without limits on how often somebody may call, its clock standing still: what
 * changes was changed by a request.
 */
export async function openFuzzHouse(
  connectionString: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<House & { close: () => Promise<void> }> {
  const config = parseConfig(
    {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      RATE_LIMITS: 'false',
      PORT: '0',
      MAX_CONCURRENT_SESSIONS: '100',
      ...settings,
    },
    (name) => `fuzz secret that is long enough for ${name}`,
  )
  const startedAt = new Date()
  const app = await openApp(config, connectionString, { log: openLog('silent'), clock: { now: () => startedAt } })
  const house = await openHouse(app)
  return {
    ...house,
    close: async () => {
      await house.stop()
      await app.close()
    },
  }
}
