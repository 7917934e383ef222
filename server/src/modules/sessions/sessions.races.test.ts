import { expect, test } from 'vitest'
import { changeStatus } from '#modules/accounts/change-standing.ts'
import { ask, logInAs, newcomer, PASSWORD } from '#tests/at-the-door.ts'
import { openTestHouse } from '#tests/house.ts'

const settings = { MAX_CONCURRENT_SESSIONS: '3' }
const house = await openTestHouse({ settings })
const secondProcess = await openTestHouse({ connectionString: house.connectionString, settings })
const { app } = house
const houses = [house, secondProcess]
const either = (at: number) => houses[at % 2] ?? house

test('fifty refreshes with one token at once, in two processes: one successor (lockSession)', async () => {
  const player = await newcomer(house)
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      ask(either(at), 'POST', '/api/auth/refresh', { body: { refresh_token: player.refresh } }),
    ),
  )
  expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200))
  expect(new Set(replies.map(({ body }) => body.refresh_token)).size).toBe(1)
  const { rows } = await app.pool.query(
    `select t.rotation from sessions_refresh_token t join sessions_session s on s.id = t.session_id
      where s.player_id = $1 order by t.rotation`,
    [player.userId],
  )
  expect(rows).toEqual([{ rotation: 0 }, { rotation: 1 }])
})

test('thirty logins at once where three sessions are allowed: three are left (lockPlayer)', async () => {
  const player = await newcomer(house)
  // Each from an address of its own: the lock on the guesses of one client would hold them in line, too.
  const replies = await Promise.all(
    Array.from({ length: 30 }, (_, at) => logInAs(either(at), player.siteId, PASSWORD, { from: `203.0.113.${at}` })),
  )
  expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200))
  const tokens = [player.access, ...replies.map(({ body }) => body.access_token)]
  const alive = await Promise.all(tokens.map((token, at) => ask(either(at), 'GET', '/api/auth/me', { token })))
  expect(alive.filter(({ status }) => status === 200)).toHaveLength(3)
  expect(
    alive.filter(({ body }) => body.code === 'session.ended' && body.reason === 'signed_in_elsewhere'),
  ).toHaveLength(28)
})

test('refresh and logout at once: whichever comes first, the session is over (its row alone decides)', async () => {
  for (let round = 0; round < 10; round++) {
    const player = await newcomer(house)
    const [refreshed, loggedOut] = await Promise.all([
      ask(house, 'POST', '/api/auth/refresh', { body: { refresh_token: player.refresh } }),
      ask(secondProcess, 'POST', '/api/auth/logout', { token: player.access }),
    ])
    expect(loggedOut.status).toBe(204)
    const token = refreshed.status === 200 ? refreshed.body.access_token : player.access
    expect((await ask(house, 'GET', '/api/auth/me', { token })).body.reason).toBe('logged_out')
  }
})

test('a ban among logins: whichever comes first, no session is left (lockPlayer)', async () => {
  for (let round = 0; round < 10; round++) {
    const player = await newcomer(house)
    const attempts = Array.from({ length: 6 }, (_, at) =>
      logInAs(either(at), player.siteId, PASSWORD, { from: `203.0.113.${at}` }),
    )
    await attempts[round % 6]
    const [logins] = await Promise.all([
      Promise.all(attempts),
      changeStatus(secondProcess.app, BigInt(player.userId), 'banned'),
    ])
    for (const { status, body } of logins) {
      if (status === 403) continue
      const me = await ask(house, 'GET', '/api/auth/me', { token: body.access_token })
      expect(me.body.code).toBe('session.ended')
    }
  }
})
