import { PgBoss } from 'pg-boss'
import type { Log } from '#platform/log.ts'
import type { App } from '#server/app.ts'

/** Something that is done on a schedule, outside any request. Running it twice does no harm. */
export type Job = {
  /** `module.what-it-does`; unique. */
  readonly name: string
  /** Five fields, read in Asia/Seoul. */
  readonly cron: string
  readonly run: (app: App) => Promise<void>
}

export type Jobs = { readonly stop: () => Promise<void> }

/** Runs jobs with pg-boss, which keeps its own tables in the schema `pgboss`. Several processes share the work. */
export async function openJobs(app: App, connectionString: string, jobs: readonly Job[]): Promise<Jobs> {
  const boss = new PgBoss({ connectionString, application_name: 'casino-club jobs', max: 3 })
  boss.on('error', (error) => (app.log satisfies Log).error({ err: error }, 'the job engine stumbled'))
  await boss.start()
  for (const job of jobs) {
    await boss.createQueue(job.name, { policy: 'singleton' })
    await boss.work(job.name, async () => job.run(app))
    await boss.schedule(job.name, job.cron, null, { tz: 'Asia/Seoul' })
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 5_000 }) }
}
