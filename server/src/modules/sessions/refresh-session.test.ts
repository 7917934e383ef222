import { expect, test } from 'vitest'
import { ask, logInAs, newcomer, PASSWORD, WEB } from '#tests/at-the-door.ts'
import { handClock, openTestHouse } from '#tests/house.ts'
import { MINUTE, SECOND } from '#vocabulary/clock.ts'

const clock = handClock()
const house = await openTestHouse({ clock })
const { app } = house

const refresh = (token: string) => ask(house, 'POST', '/api/auth/refresh', { body: { refresh_token: token } })
const me = (token: string) => ask(house, 'GET', '/api/auth/me', { token })

test('a refresh spends the token and gives a new pair and the user', async () => {
  const player = await newcomer(house)
  clock.turn(31 * MINUTE)
  expect((await me(player.access)).body.code).toBe('session.token_expired')
  const reply = await refresh(player.refresh)
  expect(reply.status).toBe(200)
  expect(reply.body).toMatchObject({ token_type: 'bearer', expires_in: 1800, user: { user_id: player.userId } })
  expect(reply.body.refresh_token).not.toBe(player.refresh)
  expect((await me(reply.body.access_token)).status).toBe(200)
})

test('the token comes in the body, as bearer, or in our web app’s cookie', async () => {
  const player = await newcomer(house)
  const byBearer = await ask(house, 'POST', '/api/auth/refresh', { token: player.refresh })
  expect(byBearer.status).toBe(200)
  const byEmptyBody = await ask(house, 'POST', '/api/auth/refresh', { token: byBearer.body.refresh_token, body: {} })
  expect(byEmptyBody.status).toBe(200)

  const { cookies } = await logInAs(house, player.siteId, PASSWORD, { headers: WEB })
  const byCookie = await ask(house, 'POST', '/api/auth/refresh', { cookies, headers: WEB })
  expect(byCookie.body).toMatchObject({ access_token: null, refresh_token: null, user: { user_id: player.userId } })
  expect(byCookie.cookies['__Host-refresh']).not.toBe(cookies['__Host-refresh'])
  const none = await ask(house, 'POST', '/api/auth/refresh', { headers: WEB })
  expect([none.status, none.body.code]).toEqual([401, 'session.missing'])
  const another = await ask(house, 'POST', '/api/auth/refresh', { cookies })
  expect([another.status, another.body.code]).toEqual([403, 'session.csrf'])
})

test('a browser whose session is over loses its cookies', async () => {
  const player = await newcomer(house)
  const { cookies } = await logInAs(house, player.siteId, PASSWORD, { headers: WEB })
  await ask(house, 'POST', '/api/auth/logout', { cookies, headers: WEB })
  const over = await ask(house, 'POST', '/api/auth/refresh', { cookies, headers: WEB })
  expect([over.status, over.body.reason, over.cookies]).toEqual([
    401,
    'logged_out',
    { '__Host-access': '', '__Host-refresh': '' },
  ])
})

test('the same token again within ten seconds gives the same successor, and no harm is done', async () => {
  const player = await newcomer(house)
  const first = await refresh(player.refresh)
  clock.turn(9_999)
  const again = await refresh(player.refresh)
  expect([again.status, again.body.refresh_token]).toEqual([200, first.body.refresh_token])
  expect((await me(again.body.access_token)).status).toBe(200)
  expect((await refresh(first.body.refresh_token)).status).toBe(200)
})

test('a spent token after ten seconds ends the session, its successors and its access tokens', async () => {
  const player = await newcomer(house)
  const second = await refresh(player.refresh)
  clock.turn(10 * SECOND)
  const reused = await refresh(player.refresh)
  expect([reused.status, reused.body.code, reused.body.reason]).toEqual([401, 'session.ended', 'token_reused'])
  expect((await refresh(second.body.refresh_token)).body.reason).toBe('token_reused')
  for (const token of [player.access, second.body.access_token])
    expect((await me(token)).body).toMatchObject({ code: 'session.ended', reason: 'token_reused' })

  const events = await app.db.sql
    .selectFrom('outbox_event')
    .select('kind')
    .where('player_id', '=', BigInt(player.userId))
    .orderBy('id')
    .execute()
  expect(events.map(({ kind }) => kind)).toEqual([
    'accounts.signed_up',
    'ledger.value_moved',
    'sessions.token_reused',
    'sessions.session_ended',
  ])
})

test('a spent token whose successor is spent too ends the session at once', async () => {
  const player = await newcomer(house)
  const second = await refresh(player.refresh)
  const third = await refresh(second.body.refresh_token)
  expect((await refresh(player.refresh)).body.reason).toBe('token_reused')
  expect((await refresh(third.body.refresh_token)).status).toBe(401)
})

test('what could make a successor again is gone when the successor is spent', async () => {
  const player = await newcomer(house)
  const second = await refresh(player.refresh)
  await refresh(second.body.refresh_token)
  const { rows } = await app.pool.query(
    `select t.rotation, t.successor_salt is not null as salted
       from sessions_refresh_token t join sessions_session s on s.id = t.session_id
      where s.player_id = $1 order by t.rotation`,
    [player.userId],
  )
  expect(rows).toEqual([
    { rotation: 0, salted: false },
    { rotation: 1, salted: true },
    { rotation: 2, salted: false },
  ])
})

test('what is no token of ours has no session', async () => {
  const { access } = await newcomer(house)
  for (const token of ['x', 'A'.repeat(43), access.slice(0, 43), 'null\u0000', "' or 1=1 --"]) {
    const reply = await refresh(token)
    expect([reply.status, reply.body.code, reply.body.reason]).toEqual([401, 'session.ended', undefined])
  }
  for (const body of [{ refresh_token: 7 }, { refresh_token: 'x'.repeat(201) }, { token: 'x' }, []])
    expect((await ask(house, 'POST', '/api/auth/refresh', { body })).body.code).toBe('request.invalid')
  const operators = await ask(house, 'POST', '/api/auth/admin/refresh', {
    body: { refresh_token: (await newcomer(house)).refresh },
  })
  expect([operators.status, operators.body.code]).toEqual([401, 'session.ended'])
})

test('a refresh token opens nothing but its own refresh, an access token refreshes nothing', async () => {
  const { access, refresh } = await newcomer(house)
  const elsewhere = [
    await ask(house, 'POST', '/api/auth/admin/refresh', { body: { refresh_token: refresh } }),
    await ask(house, 'POST', '/api/auth/refresh', { body: { refresh_token: access } }),
    await ask(house, 'GET', '/api/auth/me', { token: refresh }),
  ]
  expect(elsewhere.map(({ status }) => status)).toEqual([401, 422, 401])
  // Nobody was taken for a thief: the session lives, and the token is still good for what it is.
  expect((await ask(house, 'GET', '/api/auth/me', { token: access })).status).toBe(200)
  expect((await ask(house, 'POST', '/api/auth/refresh', { body: { refresh_token: refresh } })).status).toBe(200)
})
