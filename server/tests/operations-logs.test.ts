import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { createInvite } from '#modules/accounts/create-invite.ts'
import { makeBootstrapSecret } from '#modules/operators/make-bootstrap-secret.ts'
import { openLog } from '#platform/log.ts'
import { parseConfig } from '#server/config.ts'
import { openHouse } from '#server/house.ts'
import { openApp } from '#server/open-app.ts'
import { createTestDatabase } from '#tests/database.ts'

/*
 * Personal data and secrets are planted wherever a request or a fault can carry them, with the log at its
 * most talkative. None of them may come out (mission A5).
 */

const lines: string[] = []
const log = openLog('trace', { write: (line: string) => void lines.push(line) })
const { connectionString } = await createTestDatabase()
const config = parseConfig(
  { NODE_ENV: 'test', RATE_LIMITS: 'false', PORT: '0' },
  (name) => `a canary called ${name}, long enough`,
)
const app = await openApp(config, connectionString, { log })
const house = await openHouse(app)
afterAll(async () => {
  await house.stop()
  await app.close()
})

const CANARIES = {
  password: 'canary-Password-1',
  newPassword: 'canary-Password-2',
  wrongPassword: 'canary-Password-3',
  phone: '010-1234-9876',
  phoneTogether: '01098761234',
  phoneAbroad: '+82 10-5555-4444',
  email: 'canary.one@example.co.kr',
  emailInHeader: 'canary.two@example.com',
  emailInQuery: 'canary.three@example.com',
  name: '홍카나리',
  birthDate: '1991-07-17',
  residentNumber: '910717-1234567',
  card: '4111-1111-1111-1111',
  jwt: ['eyJhbGciOiJIUzI1NiJ9', 'eyJjYW5hcnkiOjF9', 'c2lnbmVkLWJ5LW5vYm9keQ'].join('.'),
  refresh: 'canaryRefreshToken_canaryRefreshToken_canar',
  cookie: 'canary-cookie-value',
  otp: '918273',
  recoveryCode: 'CANARY-RECOVE-RYCODE',
  bootstrap: 'canary-bootstrap-secret',
  databasePassword: 'canary-db-password',
  device: 'canaryDevice_canaryDev',
  jwtKey: config.JWT_SECRET,
  piiKey: config.PII_KEY,
} as const

test('of more than twenty canaries none is found in any line, whatever goes wrong', async () => {
  const { code } = await createInvite(app)
  const bootstrap = (await makeBootstrapSecret(app)) ?? ''
  const issued = new Set<string>([code, bootstrap])
  const c = CANARIES

  const send = async (method: 'GET' | 'POST' | 'PATCH', url: string, body?: unknown, headers: object = {}) => {
    const { payload, statusCode } = await house.http.inject({
      method,
      url,
      headers: {
        'user-agent': `Canary/1.0 (${c.emailInHeader})`,
        'x-forwarded-for': '198.51.100.99',
        referer: `https://elsewhere.example/?mail=${c.emailInQuery}&phone=${c.phoneTogether}`,
        cookie: `__Host-device=${c.device}; other=${c.cookie}`,
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const { access_token: access, refresh_token: refresh } = statusCode < 300 && payload ? JSON.parse(payload) : {}
    for (const token of [access, refresh]) if (typeof token === 'string') issued.add(token)
    return { statusCode, access: String(access), refresh: String(refresh) }
  }

  // The way in, right and wrong.
  const signUp = {
    site_id: 'guest_1',
    nickname: 'guest',
    phone_number: c.phone,
    password: c.password,
    invite_code: code,
  }
  const { access, refresh, statusCode } = await send('POST', '/api/auth/signup', signUp)
  expect(statusCode).toBe(201)
  const bearer = { authorization: `Bearer ${access}` }
  await send('POST', '/api/auth/signup', { ...signUp, phone_number: c.phoneAbroad, email: c.email })
  await send('POST', '/api/auth/login', { site_id: 'guest_1', password: c.wrongPassword })
  await send('POST', '/api/auth/login', { site_id: c.email, password: c.password })
  await send('PATCH', '/api/auth/password', { current_password: c.password, new_password: c.newPassword }, bearer)
  await send('POST', '/api/identity/verify', { birth_date: c.birthDate, name: c.name }, bearer)
  await send('POST', '/api/auth/refresh', { refresh_token: refresh })
  await send('POST', '/api/auth/refresh', { refresh_token: refresh })
  await send('POST', '/api/auth/refresh', { refresh_token: c.refresh })
  await send('POST', '/api/auth/refresh', undefined, { cookie: `__Host-refresh=${c.cookie}`, 'x-casino-client': 'web' })
  await send('POST', '/api/auth/admin/bootstrap', { secret: c.bootstrap, site_id: 'desk', password: c.password })
  await send('POST', '/api/auth/admin/bootstrap', { secret: bootstrap, site_id: 'desk', password: c.password })
  await send('POST', '/api/auth/admin/login', { site_id: 'desk', password: c.password, otp: c.otp })
  await send('POST', '/api/auth/admin/login', {
    site_id: 'desk',
    password: c.password,
    recovery_code: c.recoveryCode,
  })
  await send('GET', '/api/wallet', undefined, { authorization: `Bearer ${c.jwt}` })
  await send('GET', `/api/wallet/entries?cursor=${c.email}&phone=${c.phone}`, undefined, bearer)
  await send('GET', `/api/users/${c.phoneTogether}`, undefined, bearer)
  await send('GET', `/api/no-such-thing/${c.jwt}/${c.email}`)
  await send('POST', '/api/auth/login', `{"password":"${c.password}", ${c.card}`, {
    'content-type': 'application/json',
  })

  // Faults of ours: the table is gone in the middle of it, so every statement fails and says what it was.
  await app.pool.query('alter table accounts_player rename column phone_last4 to gone')
  const { code: another } = await createInvite(app)
  const failed = await send('POST', '/api/auth/signup', {
    ...signUp,
    site_id: 'guest_2',
    nickname: 'guest two',
    invite_code: another,
  })
  expect(failed.statusCode).toBe(500)
  await app.pool.query('alter table accounts_player rename column gone to phone_last4')
  const player = { site_id: 'guest_3', nickname_key: c.email, password_hash: c.phone }
  const broken = await app.db.sql
    .insertInto('accounts_player')
    .values({ ...player, nickname: c.residentNumber, rank: 'KING', invite_id: 1n, created_at: new Date() })
    .execute()
    .catch((error: unknown) => error)
  expect(broken).toBeInstanceOf(Error)
  log.error({ err: broken, request_id: randomUUID() }, 'bug')

  // What a careless line may hold.
  const sentence = `call ${c.phone} or ${c.phoneTogether} or ${c.phoneAbroad}, mail ${c.email}, pay with ${c.card}, I am ${c.residentNumber}`
  log.warn(sentence)
  log.error(
    { err: new Error(`cannot reach postgres://casino:${c.databasePassword}@db:5432/casino for ${c.jwt}: ${sentence}`) },
    sentence,
  )
  log.error({ err: new Error('outer', { cause: new Error(sentence) }) }, 'with a cause')
  log.info(
    { password: c.password, phone_number: c.phone, email: c.email, token: c.refresh, otp: c.otp, ci: c.name },
    'fields',
  )
  log.info(
    { body: { password: c.password, refresh_token: c.refresh, invite_code: code, birth_date: c.birthDate } },
    'a level down',
  )
  log.info({ request: { headers: { authorization: `Bearer ${access}`, cookie: c.cookie } } }, 'two levels down')
  log.info({ request: { body: { user: { password: c.newPassword, secret: c.bootstrap } } } }, 'three levels down')
  log.child({ access_token: access, totp_secret: c.recoveryCode }).info('a child')

  const text = lines.join('')
  expect(lines.length).toBeGreaterThan(25)
  expect(text).toContain('"msg":"bug"')
  const planted = { ...CANARIES, ...Object.fromEntries([...issued].map((value, at) => [`issued ${at}`, value])) }
  expect(Object.keys(planted).length).toBeGreaterThan(25)
  const found = Object.entries(planted).filter(
    ([, value]) => text.includes(value) || text.includes(encodeURIComponent(value)),
  )
  expect(found.map(([name]) => name)).toEqual([])
})

test('a fault is logged with what it takes to find it, and every line is JSON with a level, a time and a service', () => {
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  for (const entry of entries)
    expect(entry).toMatchObject({
      level: expect.stringMatching(/^(trace|debug|info|warn|error|fatal)$/) as string,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      service: 'casino-club',
    })
  const bug = entries.find(({ msg, route }) => msg === 'bug' && route === '/api/auth/signup')
  expect(bug).toMatchObject({
    level: 'error',
    request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    err: { code: '42703', stack: expect.stringContaining('sign-up.ts') as string },
  })
})

test('an outage is logged with what is away', async () => {
  const from = lines.length
  const away = new Proxy(app, {
    get: (target, name) =>
      name === 'pool' ? { query: () => Promise.reject(new Error('connection refused')) } : Reflect.get(target, name),
  })
  const other = await openHouse(away)
  expect((await other.http.inject('/health')).statusCode).toBe(503)
  await other.http.close()
  expect(lines.slice(from).map((line) => JSON.parse(line) as object)).toContainEqual(
    expect.objectContaining({
      msg: 'outage',
      err: expect.objectContaining({ message: 'connection refused' }) as object,
    }),
  )
})
