import { parseOptions } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { ask, logInAs, newcomer, newSiteId, PASSWORD, WEB } from '#tests/at-the-door.ts'
import { handClock, openTestHouse } from '#tests/house.ts'
import { DAY, HOUR, MINUTE, SECOND } from '#vocabulary/clock.ts'
import { changeStatus } from './change-standing.ts'

const clock = handClock()
const house = await openTestHouse({ clock, settings: { MAX_CONCURRENT_SESSIONS: '100' } })
const { app } = house

const STRANGER = '198.51.100.66'

/** As our web app on a device that is known from an earlier login. */
async function knownDevice(siteId: string) {
  const { cookies } = await logInAs(house, siteId, PASSWORD, { headers: WEB })
  return { headers: WEB, cookies: { '__Host-device': cookies['__Host-device'] ?? '' } }
}

test('a login gives tokens and notes when it was', async () => {
  const { siteId } = await newcomer(house)
  clock.turn(HOUR)
  const reply = await logInAs(house, siteId.toUpperCase())
  expect(reply.status).toBe(200)
  expect(reply.body).toMatchObject({
    token_type: 'bearer',
    expires_in: 1800,
    user: { site_id: siteId, last_login_at: clock.now().toISOString() },
  })
  expect((await ask(house, 'GET', '/api/auth/me', { token: reply.body.access_token })).status).toBe(200)
})

test('an unknown id and a wrong password get the same answer, byte for byte', async () => {
  const { siteId } = await newcomer(house)
  const wrong = await logInAs(house, siteId, 'a wrong password')
  expect([wrong.status, wrong.body.code]).toEqual([401, 'accounts.wrong_credentials'])
  const without = (reply: { text: string; headers: object }) => [
    reply.text.replace(/"request_id":"[^"]+"/, ''),
    Object.entries(reply.headers).filter(([name]) => !['x-request-id', 'date'].includes(name)),
  ]
  for (const unknown of [newSiteId(), 'x', 'no such form!', 'null \u0000 character', "' or 1=1 --", '네온여우'])
    expect(without(await logInAs(house, unknown, 'a wrong password'))).toEqual(without(wrong))
})

test('five wrong ones, then this client waits ten minutes, whether or not there is such an account', async () => {
  const { siteId } = await newcomer(house)
  for (const name of [siteId, newSiteId()]) {
    for (let attempt = 0; attempt < 5; attempt++)
      expect((await logInAs(house, name, `wrong ${attempt}`, { from: STRANGER })).status).toBe(401)
    const locked = await logInAs(house, name, PASSWORD, { from: STRANGER })
    expect([locked.status, locked.body.code, locked.body.retry_after_seconds]).toEqual([
      429,
      'accounts.locked_out',
      600,
    ])
    expect(locked.headers['retry-after']).toBe('600')
  }
  clock.turn(599 * SECOND)
  expect((await logInAs(house, siteId, PASSWORD, { from: STRANGER })).body.retry_after_seconds).toBe(1)
  clock.turn(1 * SECOND)
  expect((await logInAs(house, siteId, PASSWORD, { from: STRANGER })).status).toBe(200)
})

test('a right one sets the count back', async () => {
  const { siteId } = await newcomer(house)
  for (let round = 0; round < 3; round++) {
    for (let attempt = 0; attempt < 4; attempt++)
      expect((await logInAs(house, siteId, 'wrong one', { from: '192.0.2.1' })).status).toBe(401)
    expect((await logInAs(house, siteId, PASSWORD, { from: '192.0.2.1' })).status).toBe(200)
  }
})

test('a stranger cannot lock the owner out: not elsewhere, and on a known device not even at one address', async () => {
  const { siteId } = await newcomer(house)
  const device = await knownDevice(siteId)
  for (let attempt = 0; attempt < 6; attempt++) await logInAs(house, siteId, 'wrong one', { from: '192.0.2.2' })
  expect((await logInAs(house, siteId, PASSWORD, { from: '192.0.2.2' })).status).toBe(429)
  expect((await logInAs(house, siteId, PASSWORD, { from: '192.0.2.3' })).status).toBe(200)
  expect((await logInAs(house, siteId, PASSWORD, { ...device, from: '192.0.2.2' })).status).toBe(200)
})

test('a known device has five of its own', async () => {
  const { siteId } = await newcomer(house)
  const device = await knownDevice(siteId)
  for (let attempt = 0; attempt < 5; attempt++)
    expect((await logInAs(house, siteId, 'wrong one', device)).status).toBe(401)
  expect((await logInAs(house, siteId, PASSWORD, device)).status).toBe(429)
  // It is not known to another account, so there it is any client.
  const other = await newcomer(house)
  expect((await logInAs(house, other.siteId, PASSWORD, device)).status).toBe(200)
})

test('a made-up device is none', async () => {
  const { siteId } = await newcomer(house)
  for (let attempt = 0; attempt < 5; attempt++) await logInAs(house, siteId, 'wrong one', { from: '192.0.2.4' })
  for (const device of ['x', 'A'.repeat(22), 'null\u0000'])
    expect(
      (
        await logInAs(house, siteId, PASSWORD, {
          from: '192.0.2.4',
          headers: WEB,
          cookies: { '__Host-device': encodeURIComponent(device) },
        })
      ).status,
    ).toBe(429)
})

test('a hundred in a row from everywhere close the account to strangers for a day, and not to its owner', async () => {
  const { siteId } = await newcomer(house)
  const device = await knownDevice(siteId)
  for (let attempt = 0; attempt < 100; attempt++)
    expect((await logInAs(house, siteId, 'wrong one', { from: `10.1.${attempt % 50}.1` })).status).toBe(401)
  const closed = await logInAs(house, siteId, PASSWORD, { from: '10.2.0.1' })
  expect([closed.status, closed.body.retry_after_seconds]).toEqual([429, DAY / SECOND])
  expect((await logInAs(house, siteId, PASSWORD, { ...device, from: '10.1.0.1' })).status).toBe(200)
  // The owner has come: the count starts anew, for everyone.
  expect((await logInAs(house, siteId, PASSWORD, { from: '10.2.0.1' })).status).toBe(200)
})

test('one password on a thousand accounts: the address waits after fifty, known devices there do not', async () => {
  const from = '198.51.100.77'
  const { siteId } = await newcomer(house)
  const device = await knownDevice(siteId)
  const statuses: number[] = []
  for (let account = 0; account < 1_000; account++)
    statuses.push((await logInAs(house, `victim_${account}`, 'spray and pray', { from })).status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(50)
  expect(statuses.filter((status) => status === 429)).toHaveLength(950)
  expect((await logInAs(house, siteId, PASSWORD, { from })).status).toBe(429)
  expect((await logInAs(house, siteId, PASSWORD, { ...device, from })).status).toBe(200)
  clock.turn(10 * MINUTE)
  expect((await logInAs(house, siteId, PASSWORD, { from })).status).toBe(200)
})

test('a new address of the same IPv6 network is the same client, and the same address', async () => {
  const { siteId } = await newcomer(house)
  for (let attempt = 0; attempt < 5; attempt++)
    expect((await logInAs(house, siteId, 'wrong one', { from: `2001:db8:7:1::${attempt}` })).status).toBe(401)
  expect((await logInAs(house, siteId, PASSWORD, { from: '2001:db8:7:1:ffff::9' })).status).toBe(429)
  expect((await logInAs(house, siteId, PASSWORD, { from: '2001:db8:7:2::9' })).status).toBe(200)

  const statuses: number[] = []
  for (let account = 0; account < 60; account++)
    statuses.push((await logInAs(house, `prey_${account}`, 'spray', { from: `2001:db8:7:3::${account}` })).status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(50)
})

test('three thousand a minute from everywhere: strangers wait a minute, known devices do not', async () => {
  const { siteId } = await newcomer(house)
  const device = await knownDevice(siteId)
  await app.pool.query(
    "update credentials_failure set failures = 2999, last_failed_at = $1, locked_until = null where kind = 'everyone'",
    [clock.now()],
  )
  expect((await logInAs(house, 'anybody', 'wrong one', { from: '10.3.0.1' })).status).toBe(401)
  const wait = await logInAs(house, siteId, PASSWORD, { from: '10.3.0.2' })
  expect([wait.status, wait.body.retry_after_seconds]).toEqual([429, 60])
  expect((await logInAs(house, siteId, PASSWORD, { ...device, from: '10.3.0.2' })).status).toBe(200)
  clock.turn(MINUTE)
  expect((await logInAs(house, siteId, PASSWORD, { from: '10.3.0.2' })).status).toBe(200)
})

test('a banned player learns so with the right password only', async () => {
  const { siteId, userId } = await newcomer(house)
  await changeStatus(app, BigInt(userId), 'banned')
  expect((await logInAs(house, siteId, 'wrong one')).body.code).toBe('accounts.wrong_credentials')
  const reply = await logInAs(house, siteId)
  expect([reply.status, reply.body.code]).toEqual([403, 'accounts.banned'])
  await changeStatus(app, BigInt(userId), 'active')
  expect((await logInAs(house, siteId)).status).toBe(200)
})

test('a login raises the cost of the hash, in parallel logins too', async () => {
  const dear = await openTestHouse({
    connectionString: house.connectionString,
    clock,
    settings: { NODE_ENV: 'development', MAX_CONCURRENT_SESSIONS: '100', DEMO: 'false' },
  })
  const { siteId, userId } = await newcomer(house)
  const hash = async () => {
    const { password_hash } = await app.db.sql
      .selectFrom('accounts_player')
      .select('password_hash')
      .where('id', '=', BigInt(userId))
      .executeTakeFirstOrThrow()
    return password_hash
  }
  expect(parseOptions(await hash()).memoryCost).toBe(256)
  const replies = await Promise.all(Array.from({ length: 4 }, () => logInAs(dear, siteId)))
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(parseOptions(await hash()).memoryCost).toBe(19_456)
  const again = await hash()
  expect((await logInAs(dear, siteId)).status).toBe(200)
  expect(await hash()).toBe(again)
})

test.each([
  [{}],
  [{ site_id: 'abcd' }],
  [{ site_id: null, password: 'x' }],
  [{ site_id: 'abcd', password: { $ne: null } }],
  [{ site_id: 'abcd', password: 'x', otp: '000000' }],
  [{ site_id: 'a'.repeat(65), password: 'x' }],
  [{ site_id: 'abcd', password: 'x'.repeat(1025) }],
])('%j is refused as it is', async (body) => {
  expect((await ask(house, 'POST', '/api/auth/login', { body })).body.code).toBe('request.invalid')
})

test('a stranger’s page cannot log our browser in or out', async () => {
  const { siteId } = await newcomer(house)
  const { cookies } = await logInAs(house, siteId, PASSWORD, { headers: WEB })
  const attempts = [
    { headers: {} },
    { headers: { ...WEB, origin: 'https://evil.example' } },
    { headers: { ...WEB, 'sec-fetch-site': 'cross-site' } },
  ]
  for (const attempt of attempts) {
    const reply = await ask(house, 'POST', '/api/auth/logout', { ...attempt, cookies })
    expect([reply.status, reply.body.code]).toEqual([403, 'session.csrf'])
    const login = await logInAs(house, siteId, PASSWORD, { ...attempt, cookies })
    expect([login.status, login.body.code]).toEqual([403, 'session.csrf'])
  }
})
