import type { Hub } from '#platform/hub.ts'
import type { Log } from '#platform/log.ts'
import type { Metrics } from '#platform/metrics.ts'
import type { Database } from '#platform/postgres/database.ts'
import type { Config } from '#server/config.ts'
import type { Clock } from '#vocabulary/clock.ts'

/** What every use case may lean on: its first argument. Values, no container. */
export type App = Database & {
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly hub: Hub
}
