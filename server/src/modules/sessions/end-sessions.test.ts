import { request } from 'node:http'
import { expect, test } from 'vitest'
import type { House } from '#server/house.ts'
import { ask, logInAs, newcomer, PASSWORD, WEB } from '#tests/at-the-door.ts'
import { openTestHouse } from '#tests/house.ts'
import { jobs } from './jobs.ts'

const settings = { MAX_CONCURRENT_SESSIONS: '2' }
const house = await openTestHouse({ settings })
const secondProcess = await openTestHouse({ connectionString: house.connectionString, settings })

const get = (url: string, token: string) => ask(house, 'GET', url, { token })

test('one more session than allowed ends the oldest', async () => {
  const { access: first, siteId } = await newcomer(house)
  const second = await logInAs(house, siteId)
  const third = await logInAs(house, siteId)
  expect((await get('/api/auth/me', first)).body).toMatchObject({
    code: 'session.ended',
    reason: 'signed_in_elsewhere',
  })
  expect((await get('/api/auth/me', second.body.access_token)).status).toBe(200)
  expect((await get('/api/auth/me', third.body.access_token)).status).toBe(200)
})

test('one sees one’s sessions and can end each, and nobody else’s', async () => {
  const { access, siteId } = await newcomer(house)
  const stranger = await newcomer(house)
  const phone = await logInAs(house, siteId, PASSWORD, {
    headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 15) Chrome/143.0.0.0 Mobile Safari/537.36' },
    from: '2001:db8:85a3::8a2e',
  })
  const { body } = await get('/api/auth/sessions', access)
  expect(body).toEqual({
    items: [
      {
        session_id: expect.any(Number),
        client: 'Chrome · Android',
        ip_hint: '2001:db8:*',
        created_at: expect.any(String),
        last_used_at: expect.any(String),
        is_current: false,
      },
      expect.objectContaining({ ip_hint: '203.0.*.*', is_current: true }),
    ],
  })
  const url = `/api/auth/sessions/${body.items[0]?.session_id}`
  for (const [token, path] of [
    [stranger.access, url],
    [access, '/api/auth/sessions/999999999'],
  ] as const) {
    const reply = await ask(house, 'DELETE', path, { token })
    expect([reply.status, reply.body.code]).toEqual([404, 'sessions.not_found'])
  }
  for (const id of ['0', '-1', 'x', '1e3', '99999999999999999999'])
    expect((await ask(house, 'DELETE', `/api/auth/sessions/${id}`, { token: access })).status).toBe(422)

  expect((await ask(house, 'DELETE', url, { token: access })).status).toBe(204)
  expect((await ask(house, 'DELETE', url, { token: access })).status).toBe(404)
  expect((await get('/api/auth/me', phone.body.access_token)).body.reason).toBe('ended_by_owner')
  expect((await get('/api/auth/sessions', access)).body.items).toHaveLength(1)
})

test('a logout everywhere ends all sessions, and takes the cookies back', async () => {
  const { access, siteId } = await newcomer(house)
  const { cookies } = await logInAs(house, siteId, PASSWORD, { headers: WEB })
  const reply = await ask(house, 'POST', '/api/auth/logout-all', { cookies, headers: WEB })
  expect([reply.status, reply.text]).toEqual([204, ''])
  expect(reply.cookies).toEqual({ '__Host-access': '', '__Host-refresh': '' })
  expect((await get('/api/auth/me', access)).body.reason).toBe('logged_out_everywhere')
  expect((await ask(house, 'GET', '/api/auth/me', { cookies, headers: WEB })).status).toBe(401)
})

test('an open stream is told and closed within two seconds, in another process too', async () => {
  const { access, siteId } = await newcomer(house)
  const other = await logInAs(house, siteId)
  const streams = await Promise.all([openLive(house, access), openLive(secondProcess, access)])
  const staying = await openLive(secondProcess, other.body.access_token)

  const start = performance.now()
  expect((await ask(house, 'POST', '/api/auth/logout', { token: access })).status).toBe(204)
  for (const stream of streams) {
    expect(await stream.closed).toContain('event: session_ended\ndata: {"reason":"logged_out"}\n\n')
  }
  expect(performance.now() - start).toBeLessThan(2_000)
  expect(staying.isOpen()).toBe(true)
  await ask(house, 'POST', '/api/auth/logout', { token: other.body.access_token })
  await staying.closed
})

test('a stream whose session ends while it opens is told too', async () => {
  const { access } = await newcomer(house)
  const [stream] = await Promise.all([
    openLive(secondProcess, access).catch(() => null),
    ask(house, 'POST', '/api/auth/logout', { token: access }),
  ])
  // Either the door was shut already, or the stream says so and closes.
  if (stream) expect(await stream.closed).toContain('event: session_ended')
})

test('old sessions go, with their tokens; a session of last month stays', async () => {
  const player = await newcomer(house)
  const old = await newcomer(house)
  await house.app.pool.query("update sessions_session set ends_at = now() - interval '91 days' where player_id = $1", [
    old.userId,
  ])
  for (const job of jobs) await job.run(house.app)
  const { rows } = await house.app.pool.query(
    `select s.player_id::int as player, count(t.*)::int as tokens
       from sessions_session s join sessions_refresh_token t on t.session_id = s.id
      where s.player_id in ($1, $2) group by 1`,
    [player.userId, old.userId],
  )
  expect(rows).toEqual([{ player: player.userId, tokens: 1 }])
})

test('without a session there is no stream', async () => {
  expect((await ask(house, 'GET', '/sse/live')).status).toBe(401)
})

async function openLive({ http }: House, token: string) {
  if (!http.server.listening) await http.listen({ port: 0, host: '127.0.0.1' })
  const address = http.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const asked = request({ port, host: '127.0.0.1', path: '/sse/live', headers: { authorization: `Bearer ${token}` } })
  asked.end()
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) =>
    asked.once('response', resolve).once('error', reject),
  )
  expect(response.statusCode).toBe(200)
  expect(response.headers['content-type']).toContain('text/event-stream')
  let text = ''
  let isOpen = true
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  const closed = new Promise<string>((resolve) =>
    response.on('close', () => {
      isOpen = false
      resolve(text)
    }),
  )
  return { closed, isOpen: () => isOpen }
}
