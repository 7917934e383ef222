import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { expect, inject, test, vi } from 'vitest'
import { openHub } from '#platform/hub.ts'
import { openLog } from '#platform/log.ts'
import { createTestDatabase } from '#tests/database.ts'

test('a hub that the database turns away for a while comes back once, however often it tried', async () => {
  const { connectionString, name } = await createTestDatabase()
  const admin = new pg.Client({ connectionString: inject('testRun').adminUrl })
  await admin.connect()
  const hub = await openHub(connectionString, openLog('silent'))
  const heard: string[] = []
  hub.on('topic', (key) => heard.push(key))
  const listeners = async () =>
    (await admin.query('select pid from pg_stat_activity where datname = $1', [name])).rows as { pid: number }[]

  await admin.query(`alter database ${name} allow_connections false`)
  for (const { pid } of await listeners()) await admin.query('select pg_terminate_backend($1)', [pid])
  await wait(1_200)
  await admin.query(`alter database ${name} allow_connections true`)

  // It has missed things, so everybody is told to look again.
  await vi.waitFor(() => expect(heard).toEqual(['*']), { timeout: 10_000 })
  await wait(500)
  expect(await listeners()).toHaveLength(1)
  await hub.close()
  await admin.end()
})
