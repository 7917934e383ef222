import { openLog } from '#platform/log.ts'
import type { App } from '#server/app.ts'
import { parseConfig } from '#server/config.ts'
import { openApp } from '#server/open-app.ts'
import type { Clock } from '#vocabulary/clock.ts'

/** An app of this test on a database. Every process of a run has the same secrets, so that each can open the seeds. */
export async function openChanceApp(connectionString: string, clock: Clock): Promise<App> {
  const config = parseConfig({ NODE_ENV: 'test' }, (name) => `a secret that is long enough for ${name}`)
  return openApp(config, connectionString, { log: openLog('error'), clock })
}

/** A clock that stands at the beginning of play, and is turned a day at a time. */
export function chanceClock(): Clock & { readonly turn: (milliseconds: number) => void } {
  let now = Date.parse('2026-11-23T03:00:00Z')
  return {
    now: () => new Date(now),
    turn: (milliseconds) => {
      now += milliseconds
    },
  }
}
