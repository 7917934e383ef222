import type { Job } from '#platform/jobs.ts'
import { DAY, later } from '#vocabulary/clock.ts'
import { deleteCountsBefore, deleteDevicesBefore } from './credentials.sql.ts'
import { DEVICE_KEPT_MS } from './known-device.ts'

/** As long as the longest-lived count (guesses.rules.ts). */
const COUNTS_KEPT_MS = 30 * DAY

export const jobs: readonly Job[] = [
  {
    name: 'credentials.forget-old-ones',
    cron: '27 4 * * *',
    run: async (app) => {
      const now = app.clock.now()
      await app.inTransaction(async (tx) => {
        const counts = await deleteCountsBefore(tx, later(now, -COUNTS_KEPT_MS))
        const devices = await deleteDevicesBefore(tx, later(now, -DEVICE_KEPT_MS))
        app.log.info({ counts: String(counts), devices: String(devices) }, 'old guesses and devices are gone')
      })
    },
  },
]
