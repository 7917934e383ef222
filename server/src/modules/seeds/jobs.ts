import type { Job } from '#platform/jobs.ts'
import { publishCommitments } from './publish-commitments.ts'

export const jobs: readonly Job[] = [
  {
    name: 'seeds.publish-commitments',
    // Every hour: whoever is not up at night enters the day when it is.
    cron: '20 * * * *',
    run: (app) => publishCommitments(app, app.clock.now()),
  },
]
