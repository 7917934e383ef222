import { once } from 'node:events'
import { type ClientRequest, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ask, newcomer, PASSWORD } from '#tests/at-the-door.ts'
import { openTestHouse } from '#tests/house.ts'

const house = await openTestHouse({ settings: { MAX_CONCURRENT_SESSIONS: '1' } })
await house.http.listen({ port: 0, host: '127.0.0.1' })
const { port } = house.http.server.address() as AddressInfo
const { pool } = house.app

function beginLogin(siteId: string): ClientRequest {
  const headers = { 'content-type': 'application/json' }
  const sent = request({ host: '127.0.0.1', port, method: 'POST', path: '/api/auth/login', headers, agent: false })
  sent.on('error', () => undefined)
  sent.end(JSON.stringify({ site_id: siteId, password: PASSWORD }))
  return sent
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await isSo()); await wait(10))
    if (Date.now() > end) throw new Error('it never came to that')
}

const connections = (): Promise<number> =>
  new Promise((settle, fail) =>
    house.http.server.getConnections((error, count) => (error ? fail(error) : settle(count))),
  )

/** Logins that wait for the player's row. */
async function waiting(): Promise<number> {
  const { rows } = await pool.query<{ waiting: string }>(
    `select count(*) as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return Number(rows[0]?.waiting)
}

test('a login whose caller has hung up begins no session, and ends none (isGone)', async () => {
  const { siteId, userId, access } = await newcomer(house)
  const holder = await pool.connect()
  try {
    await holder.query('begin')
    await holder.query('select from accounts_player where id = $1 for update', [userId])
    const sent = beginLogin(siteId)
    await until(async () => (await waiting()) === 1)
    sent.destroy()
    await until(async () => (await connections()) === 0)
    await holder.query('commit')
    await until(async () => {
      const { rowCount } = await pool.query(
        `select from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
      )
      return (await waiting()) === 0 && rowCount === 0
    })
    expect((await ask(house, 'GET', '/api/auth/me', { token: access })).status).toBe(200)
    expect((await ask(house, 'GET', '/api/auth/sessions', { token: access })).body.items).toHaveLength(1)
  } finally {
    holder.release()
  }
})

test('one who waits for the answer gets in, and the earlier session ends', async () => {
  const { siteId, access } = await newcomer(house)
  const sent = beginLogin(siteId)
  const [answer] = await once(sent, 'response')
  answer.resume()
  expect(answer.statusCode).toBe(200)
  expect((await ask(house, 'GET', '/api/auth/me', { token: access })).status).toBe(401)
})
