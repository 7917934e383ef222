import type { Job } from '#platform/jobs.ts'
import { type Database, hotStatement } from '#platform/postgres/database.ts'
import { DAY, later } from '#vocabulary/clock.ts'

/* Events are handed on, not kept: what lasts is what the reactions have made of them. */

/** Long enough to see what led to a dead letter, short enough that a day's play is the most that lies about. */
export const HANDLED_KEPT_MS = DAY

/** Small enough that no round waits for the locks and the WAL of one. */
const SWEPT_AT_ONCE = 5_000

const sweepPage = hotStatement<{ last: bigint | null; swept: bigint; goes_on: boolean | null }>(
  'outbox_sweep',
  // Ids rise with time, so the walk ends at the first page that reaches into what is kept.
  `with page as materialized (
     select id, handled_at, happened_at from outbox_event where id > $1 order by id limit ${SWEPT_AT_ONCE}),
   swept as (
     delete from outbox_event e using page
      where e.id = page.id and page.handled_at < $2
        and not exists (select from outbox_delivery d where d.event_id = page.id)
     returning 1)
   select (select max(id) from page) as last, (select count(*) from swept) as swept,
          (select happened_at < $2 from page order by id desc limit 1) as goes_on`,
)

/**
 * Deletes events that were handled before that moment, page by page, each in a transaction of its own. What is
 * unhandled, waits for a retry or is a dead letter stays. Repeating it finds nothing more to do.
 *
 * @returns how many.
 */
export async function sweepOutbox(app: Pick<Database, 'inTransaction'>, before: Date): Promise<number> {
  let swept = 0
  for (let after: bigint | null = 0n; after !== null; ) {
    const from: bigint = after
    const [page] = await app.inTransaction((tx) => tx.run(sweepPage, [from, before]))
    swept += Number(page?.swept ?? 0n)
    after = page?.goes_on ? page.last : null
  }
  return swept
}

export const outboxJobs: readonly Job[] = [
  {
    name: 'outbox.sweep',
    cron: '*/10 * * * *',
    run: async (app) => {
      const swept = await sweepOutbox(app, later(app.clock.now(), -HANDLED_KEPT_MS))
      if (swept > 0) app.log.info({ swept }, 'handled events are gone')
    },
  },
]
