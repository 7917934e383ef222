import type { Job } from '#platform/jobs.ts'
import { auditHouse } from './audit-house.ts'

export const jobs: readonly Job[] = [
  {
    name: 'operator.audit-house',
    cron: '15 4 * * *',
    run: async (app) => {
      const { differences, postings } = await auditHouse(app)
      for (const difference of differences) app.log.error(difference, 'the books differ')
      app.log.info({ postings: String(postings), differences: differences.length }, 'the books were audited')
    },
  },
]
