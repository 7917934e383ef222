import type { Job } from '#platform/jobs.ts'
import { publishCommitments } from './publish-commitments.ts'

export const jobs: readonly Job[] = [
  {
    name: 'seeds.publish-commitments',
    cron: '20 0 * * *',
    run: (app) => publishCommitments(app, app.clock.now()),
  },
]
