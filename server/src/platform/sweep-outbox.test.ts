import { beforeEach, expect, test } from 'vitest'
import { sweepOutbox } from '#platform/sweep-outbox.ts'
import { createTestDatabase } from '#tests/database.ts'
import { withApp } from '#tests/fill-database.ts'

const { connectionString } = await createTestDatabase()
const NOW = new Date('2026-11-23T03:00:00Z')
const old = (count: number, label: string, handledAt: string | null = '2026-11-20T00:00:00Z') =>
  `insert into outbox_event (kind, player_id, payload, happened_at, handled_at)
   select 'test.happened', 1, '{"label": "${label}"}', '2026-11-19T00:00:00Z',
          ${handledAt === null ? 'null' : `'${handledAt}'`} from generate_series(1, ${count})`

const run = (sql: string) => withApp(connectionString, async ({ pool }) => (await pool.query(sql)).rows)
const left = () =>
  run(`select payload->>'label' as label, count(*)::int as count from outbox_event group by 1 order by min(id)`)
const sweep = () => withApp(connectionString, (app) => sweepOutbox(app, NOW))

beforeEach(() => run('truncate outbox_delivery, outbox_event restart identity'))

test('what was handled before goes, in pages; what is unhandled, waits or was handled since stays', async () => {
  await run(
    `${old(6_000, 'old')}; ${old(1, 'unhandled', null)}; ${old(1, 'dead')}; ${old(6_000, 'old, too')};
     ${old(1, 'late', '2026-11-24T00:00:00Z')};
     insert into outbox_delivery (event_id, reaction, player_id, attempts, next_attempt_at, dead_at)
     select id, 'test.reaction', 1, 10, now(), now() from outbox_event where payload->>'label' = 'dead'`,
  )
  expect(await sweep()).toBe(12_000)
  const kept = [
    { label: 'unhandled', count: 1 },
    { label: 'dead', count: 1 },
    { label: 'late', count: 1 },
  ]
  expect(await left()).toEqual(kept)
  expect(await sweep()).toBe(0)
  expect(await left()).toEqual(kept)
})

test('nothing there: nothing done', async () => {
  expect(await sweep()).toBe(0)
})
