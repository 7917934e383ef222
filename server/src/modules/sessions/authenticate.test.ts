import { createHmac } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { createSigner } from 'fast-jwt'
import { expect, test } from 'vitest'
import { changeRank, changeStatus } from '#modules/accounts/change-standing.ts'
import { ask, logInAs, newcomer } from '#tests/at-the-door.ts'
import { handClock, openTestHouse } from '#tests/house.ts'
import { DAY, MINUTE, SECOND } from '#vocabulary/clock.ts'

const clock = handClock()
const house = await openTestHouse({ clock, settings: { MAX_CONCURRENT_SESSIONS: '10' } })
const secondProcess = await openTestHouse({
  connectionString: house.connectionString,
  clock,
  settings: { MAX_CONCURRENT_SESSIONS: '10' },
})
const { app } = house
const key = app.config.JWT_SECRET

const me = (token: string | null, at = house) => ask(at, 'GET', '/api/auth/me', { token })

type Parts = { header: Record<string, unknown>; claims: Record<string, unknown> }

function partsOf(token: string): Parts {
  const [header = '', claims = ''] = token.split('.')
  return {
    header: JSON.parse(Buffer.from(header, 'base64url').toString()),
    claims: JSON.parse(Buffer.from(claims, 'base64url').toString()),
  }
}

function signed({ header, claims }: Parts, secret = key, digest = 'sha256'): string {
  const input = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${input}.${createHmac(digest, secret).update(input).digest('base64url')}`
}

test('the token says who, where and how long, and nothing else', async () => {
  const { access, userId } = await newcomer(house)
  const { header, claims } = partsOf(access)
  const now = clock.now().getTime() / 1000
  expect(header).toEqual({ alg: 'HS256', typ: 'at+jwt' })
  expect(claims).toEqual({
    iss: 'casino-club',
    aud: 'player',
    sub: String(userId),
    sid: expect.stringMatching(/^\d+$/),
    jti: expect.any(String),
    iat: now,
    exp: now + 1800,
  })
  // The forger below has everything right but what it forges.
  expect((await me(signed({ header, claims }))).status).toBe(200)
})

test('forged tokens are nobody’s', async () => {
  const { access, refresh } = await newcomer(house)
  const other = await newcomer(house)
  const { header, claims } = partsOf(access)
  const [head, body, signature = ''] = access.split('.')
  const change = (changes: Parts['claims'], headers: Parts['header'] = {}) =>
    signed({ header: { ...header, ...headers }, claims: { ...claims, ...changes } })
  const without = (name: string) =>
    signed({ header, claims: Object.fromEntries(Object.entries(claims).filter(([each]) => each !== name)) })

  const forged: Record<string, string> = {
    'no signature': `${head}.${body}.`,
    'two parts': `${head}.${body}`,
    'another body': `${head}.${other.access.split('.')[1]}.${signature}`,
    'a bit of the signature': `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    'another key': signed({ header, claims }, 'another key that is long enough, as keys go'),
    'an empty key': signed({ header, claims }, ''),
    'alg none': signed({ header: { ...header, alg: 'none' }, claims }),
    'alg none, unsigned': signed({ header: { ...header, alg: 'none' }, claims }).replace(/[^.]+$/, ''),
    'alg None': signed({ header: { ...header, alg: 'None' }, claims }),
    'alg HS512': signed({ header: { ...header, alg: 'HS512' }, claims }, key, 'sha512'),
    'alg HS384': signed({ header: { ...header, alg: 'HS384' }, claims }, key, 'sha384'),
    'alg RS256': signed({ header: { ...header, alg: 'RS256' }, claims }),
    'alg hs256': signed({ header: { ...header, alg: 'hs256' }, claims }),
    'alg in a list': signed({ header: { ...header, alg: ['HS256'] }, claims }),
    'alg ES256': signed({ header: { ...header, alg: 'ES256' }, claims }),
    'alg EdDSA': signed({ header: { ...header, alg: 'EdDSA' }, claims }),
    'alg PS256': signed({ header: { ...header, alg: 'PS256' }, claims }),
    'no alg': signed({ header: { typ: 'at+jwt' }, claims }),
    'kid to a file, another key': signed({ header: { ...header, kid: '/dev/null' }, claims }, ''),
    'jku, another key': signed({ header: { ...header, jku: 'https://evil.example/keys' }, claims }, 'evil'.repeat(9)),
    'kid with SQL, another key': signed({ header: { ...header, kid: "' union select 'evil" }, claims }, 'evil'),
    'x5u, another key': signed({ header: { ...header, x5u: 'https://evil.example/x' }, claims }, 'evil'.repeat(9)),
    'x5c, another key': signed({ header: { ...header, x5c: ['ZXZpbA=='] }, claims }, 'evil'.repeat(9)),
    'a jwk of one’s own': signed({ header: { ...header, jwk: { kty: 'oct', k: 'ZXZpbA' } }, claims }, 'evil'),
    'typ JWT': change({}, { typ: 'JWT' }),
    'no typ': signed({ header: { alg: 'HS256' }, claims }),
    'a crit nobody knows': change({}, { crit: ['exp'] }),
    'another iss': change({ iss: 'casino' }),
    'aud operator': change({ aud: 'operator' }),
    'aud both': change({ aud: ['player', 'operator'] }),
    'another aud': change({ aud: 'club' }),
    'another sub': change({ sub: String(other.userId) }),
    'sub a number': change({ sub: other.userId }),
    'sub SQL': change({ sub: '1 or 1=1' }),
    'sid of another': change({ sid: partsOf(other.access).claims['sid'] }),
    'sid a number': change({ sid: 1 }),
    'sid zero': change({ sid: '0' }),
    'not before 2100': change({ nbf: 4_102_444_800 }),
    'nbf text': change({ nbf: 'now' }),
    'exp text': change({ exp: '99999999999' }),
    ...Object.fromEntries(Object.keys(claims).map((name) => [`without ${name}`, without(name)])),
    'the refresh token': refresh,
    'no token': '',
    dots: '..',
    'five parts, as if encrypted': `${head}.${body}.${signature}.${body}.${signature}`,
    'a part too many': `${access}.${signature}`,
    padded: `${head}=.${body}=.${signature}=`,
    'a token and another': `${access}, ${other.access}`,
    'a token and a space': `${access} `,
    'a huge token': `${head}.${'A'.repeat(5_000)}.${signature}`,
    'null characters': 'a\\u0000.b.c',
    'signed by fast-jwt itself, as JWT': createSigner({ key, algorithm: 'HS256' })(claims),
  }
  const answers = await Promise.all(
    Object.entries(forged).map(async ([name, token]) => {
      const { status, body } = await me(token || null)
      return [name, status, body.code]
    }),
  )
  expect(answers).toEqual(Object.keys(forged).map((name) => [name, 401, 'session.missing']))
  expect((await me(access)).status).toBe(200)
})

test('a session that does not exist has ended', async () => {
  const { header, claims } = partsOf((await newcomer(house)).access)
  const reply = await me(signed({ header, claims: { ...claims, sid: '999999999' } }))
  expect([reply.status, reply.body.code]).toEqual([401, 'session.ended'])
})

test('a token expires to the second, remembered or not', async () => {
  const { access } = await newcomer(house)
  clock.turn(30 * MINUTE - SECOND)
  expect((await me(access)).status).toBe(200)
  clock.turn(SECOND)
  for (const at of [house, secondProcess])
    expect((await me(access, at)).body).toMatchObject({ status: 401, code: 'session.token_expired' })
})

test('without a token, or with one of another kind of header, nobody is there', async () => {
  const { access } = await newcomer(house)
  for (const authorization of [undefined, access, `Basic ${access}`, `Token ${access}`]) {
    const headers = authorization === undefined ? {} : { authorization }
    const reply = await ask(house, 'GET', '/api/auth/me', { headers })
    expect([reply.status, reply.body.code]).toEqual([401, 'session.missing'])
  }
})

test('a logout counts at once, in another process too', async () => {
  const { access } = await newcomer(house)
  for (const at of [house, secondProcess]) expect((await me(access, at)).status).toBe(200)
  expect((await ask(house, 'POST', '/api/auth/logout', { token: access })).status).toBe(204)
  for (const at of [secondProcess, house]) {
    const reply = await me(access, at)
    expect([reply.status, reply.body.code, reply.body.reason]).toEqual([401, 'session.ended', 'logged_out'])
  }
})

test('another rank counts from the next request on, up and down, in sessions already open', async () => {
  const { access, userId } = await newcomer(house)
  const doors = async () =>
    Promise.all(
      ['/api/rbac/premium', '/api/rbac/vip'].map(
        async (url) => (await ask(secondProcess, 'GET', url, { token: access })).status,
      ),
    )
  expect(await doors()).toEqual([403, 403])
  expect((await ask(house, 'GET', '/api/rbac/vip', { token: access })).body.code).toBe('session.rank_too_low')
  await changeRank(app, BigInt(userId), 'PREMIUM')
  expect(await doors()).toEqual([200, 403])
  await changeRank(app, BigInt(userId), 'VIP')
  expect(await doors()).toEqual([200, 200])
  await changeRank(app, BigInt(userId), 'STANDARD')
  expect(await doors()).toEqual([403, 403])
  expect((await ask(house, 'GET', '/api/rbac/vip')).status).toBe(401)
})

test('a ban ends every session at once, and the refresh token with it', async () => {
  const { access, refresh, siteId, userId } = await newcomer(house)
  const second = await logInAs(house, siteId)
  await changeStatus(app, BigInt(userId), 'banned')
  for (const token of [access, second.body.access_token])
    expect((await me(token, secondProcess)).body).toMatchObject({ code: 'session.ended', reason: 'banned' })
  const refreshed = await ask(secondProcess, 'POST', '/api/auth/refresh', { body: { refresh_token: refresh } })
  expect(refreshed.body).toMatchObject({ code: 'session.ended', reason: 'banned' })
})

test('a session in which nothing is done for a week ends; use, noted by the minute, keeps it', async () => {
  const { siteId } = await newcomer(house)
  const { body } = await logInAs(house, siteId)
  let { access_token: token, refresh_token: refresh } = body
  const renew = async () => {
    const reply = await ask(house, 'POST', '/api/auth/refresh', { body: { refresh_token: refresh } })
    token = reply.body.access_token
    refresh = reply.body.refresh_token
    return reply
  }
  for (let week = 0; week < 3; week++) {
    clock.turn(7 * DAY - MINUTE)
    expect((await renew()).status).toBe(200)
  }
  const { claims } = partsOf(token)
  const lastUsed = async () => {
    const { last_used_at } = await app.db.sql
      .selectFrom('sessions_session')
      .select('last_used_at')
      .where('id', '=', BigInt(String(claims['sid'])))
      .executeTakeFirstOrThrow()
    return last_used_at
  }
  const before = await lastUsed()
  clock.turn(59 * SECOND)
  await me(token)
  // Longer than uses are gathered for.
  await wait(500)
  expect(await lastUsed()).toEqual(before)
  clock.turn(SECOND)
  await me(token)
  await expect.poll(lastUsed).toEqual(clock.now())

  clock.turn(7 * DAY)
  expect((await renew()).body).toMatchObject({ code: 'session.ended', reason: 'expired' })
})

test('whatever is done in it, a session ends after thirty days', async () => {
  const { siteId } = await newcomer(house)
  let { body } = await logInAs(house, siteId)
  for (let day = 0; day < 30; day += 5) {
    clock.turn(5 * DAY - (day === 25 ? SECOND : 0))
    const reply = await ask(house, 'POST', '/api/auth/refresh', { body: { refresh_token: body.refresh_token } })
    expect(reply.status).toBe(200)
    body = reply.body
  }
  // The last access token does not outlive its session.
  expect((await me(body.access_token)).status).toBe(200)
  clock.turn(SECOND)
  expect((await me(body.access_token)).status).toBe(401)
  const reply = await ask(house, 'POST', '/api/auth/refresh', { body: { refresh_token: body.refresh_token } })
  expect(reply.body).toMatchObject({ code: 'session.ended', reason: 'expired' })
})

test('a hundred requests at once are answered by a few queries', async () => {
  const players = await Promise.all(Array.from({ length: 5 }, () => newcomer(house)))
  const replies = await Promise.all(Array.from({ length: 100 }, (_, at) => me(players[at % 5]?.access ?? '')))
  expect(replies.map(({ body }) => (body as unknown as { user_id: number }).user_id)).toEqual(
    Array.from({ length: 100 }, (_, at) => players[at % 5]?.userId),
  )
})
