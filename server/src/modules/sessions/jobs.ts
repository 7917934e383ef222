import type { Job } from '#platform/jobs.ts'
import { DAY, later } from '#vocabulary/clock.ts'
import { deleteSessionsBefore } from './sessions.sql.ts'

/** Long enough to show a player where a session came from when something looks wrong. */
const KEPT_MS = 90 * DAY

export const jobs: readonly Job[] = [
  {
    name: 'sessions.forget-old-ones',
    cron: '17 4 * * *',
    run: async (app) => {
      const gone = await app.inTransaction((tx) => deleteSessionsBefore(tx, later(app.clock.now(), -KEPT_MS)))
      app.log.info({ sessions: String(gone) }, 'old sessions are gone')
    },
  },
]
