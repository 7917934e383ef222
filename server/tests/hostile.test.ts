import { Ajv } from 'ajv'
import fc from 'fast-check'
import type { TSchema } from 'typebox'
import { describe, expect, test } from 'vitest'
import { Problem } from '#platform/route/problem.ts'
import { openTestHouse } from '#tests/house.ts'
import { declaredBy, newAddress, type Operation, openDoor, operationOf } from './promises/door.ts'
import { GOOD_REQUESTS } from './promises/good-requests.ts'

/*
 * Whatever is thrown at the house, it answers with a refusal that it declares, and nothing has changed.
 */

const house = await openTestHouse({ settings: { MAX_CONCURRENT_SESSIONS: '100' } })
const door = await openDoor(house)
await house.http.ready()

const tokens = {
  player: (await door.asPlayer(door.ann)).accessToken,
  enrolling: (await door.asOperator(door.enrolling, false)).accessToken,
  operator: (await door.asOperator(door.operator, true)).accessToken,
}
const isProblem = new Ajv({ strict: false }).compile(Problem)
const UUID = '3f0c8f2e-6a0e-4c39-9f0e-1f7b0e7c2a11'

const withBody = house.routes.filter(({ endpoint }) => endpoint.body !== undefined)
const withoutBody = house.routes.filter(({ endpoint }) => endpoint.body === undefined && endpoint.method !== 'GET')
const withQuery = house.routes.filter(({ endpoint }) => endpoint.query !== undefined)
const withParams = house.routes.filter(({ endpoint }) => endpoint.params !== undefined)
const named = (routes: typeof withBody) => routes.map((route) => [operationOf(route), route] as const)

type Sent = { readonly headers?: Record<string, string>; readonly payload?: string | Buffer; readonly url?: string }

async function throwAt(operation: Operation, { headers = {}, payload, url }: Sent) {
  const route = house.routes.find((each) => operationOf(each) === operation)
  if (!route) throw new Error(`${operation} is not served`)
  const { method, path, guard } = route.endpoint
  const token = guard === 'nobody' || guard === 'premium' || guard === 'vip' ? undefined : tokens[guard]
  const response = await house.http.inject({
    method,
    url: url ?? path.replaceAll(/\{\w+\}/g, '1'),
    remoteAddress: newAddress(),
    headers: {
      'idempotency-key': UUID,
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(payload === undefined ? {} : { payload }),
  })
  return { status: response.statusCode, type: response.headers['content-type'], text: response.payload, route }
}

function expectRefused({ status, type, text, route }: Awaited<ReturnType<typeof throwAt>>): void {
  expect(status, text).toBeGreaterThanOrEqual(400)
  expect(status, text).toBeLessThan(500)
  expect(type).toBe('application/problem+json; charset=utf-8')
  const problem = JSON.parse(text) as { code: string; status: number }
  expect(isProblem(problem), text).toBe(true)
  expect(problem.status).toBe(status)
  expect(
    declaredBy(route).map(({ code }) => code),
    text,
  ).toContain(problem.code)
}

/** Every row of every table, counted; but not those that count wrong guesses, which is what they are for. */
async function countRows(): Promise<Record<string, number>> {
  const { rows } = await house.app.pool.query<{ name: string; count: string }>(
    `select table_name as name,
            (xpath('/row/c/text()', query_to_xml('select count(*) as c from ' || table_name, false, true, '')))[1]::text as count
       from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'credentials_failure'`,
  )
  return Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)]))
}

async function expectUnchanged(work: () => Promise<void>): Promise<void> {
  const before = await countRows()
  expect(Object.keys(before).length).toBeGreaterThan(15)
  await work()
  expect(await countRows()).toEqual(before)
}

const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff\ud800',
    '‮evil',
    '0x10',
    '1e3',
    '١٢٣',
    "'; drop table accounts_player; --",
    '{{7*7}}<%= 7 * 7 %>',
    '9'.repeat(400),
    0,
    -0,
    -1,
    0.5,
    1e21,
    -1e308,
    2 ** 53,
    2 ** 63,
    [],
    [[]],
    {},
    { $ne: null },
    { toString: 1 },
  ),
  fc.anything({ maxDepth: 3, withNullPrototype: false, withDate: false }),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.double(),
)

/** A body that is wrong somewhere: a field of another kind, one too many, or one too few. */
function wrongBodies(schema: TSchema): fc.Arbitrary<unknown> {
  const { properties = {}, required = [] } = objectSchema(schema)
  const fields = Object.keys(properties)
  const good = fc.record(Object.fromEntries(fields.map((field) => [field, nasty])))
  return fc.oneof(
    nasty,
    good,
    good.map((body) => ({ ...body, no_such_field: 1 })),
    good.map((body) => Object.fromEntries(Object.entries(body).filter(([field]) => field !== required[0]))),
    good.map((body) => [body]),
  )
}

type ObjectSchema = { readonly properties?: Readonly<Record<string, TSchema>>; readonly required?: readonly string[] }

function objectSchema(schema: TSchema): ObjectSchema {
  const { anyOf } = schema as { anyOf?: readonly TSchema[] }
  const found = anyOf?.find((each) => 'properties' in each) ?? schema
  return found as ObjectSchema
}

function asJson(body: unknown): string | undefined {
  try {
    return JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  } catch {
    return undefined
  }
}

describe.each(named(withBody))('%s', (operation, { endpoint }) => {
  const { body = {} } = endpoint
  // What happens to be a right body is not hostile: those are for the promises.
  const isRight = new Ajv({ strict: false, validateFormats: false }).compile(body)

  test('bodies with anything in any place', async () => {
    await expectUnchanged(() =>
      fc.assert(
        fc.asyncProperty(wrongBodies(body), async (wrong) => {
          const payload = asJson(wrong)
          if (payload === undefined || payload === '' || isRight(JSON.parse(payload))) return
          expectRefused(await throwAt(operation, { payload }))
        }),
        { numRuns: 60 },
      ),
    )
  })

  const good = JSON.stringify(Object.fromEntries((objectSchema(body).required ?? []).map((field) => [field, 'x'])))
  const inside = good.slice(1, -1)
  const comma = inside === '' ? '' : ','

  test.each<[what: string, payload: string | Buffer, headers?: Record<string, string>]>([
    ['a number no double holds', `{"bet_amount":1e309,"max_uses":1e309}`],
    ['not JSON', '{'],
    ['half of it', '{"bet_amount":'],
    ['two documents', '{}{}'],
    ['a comment', '{/* */}'],
    ['NaN', '{"bet_amount":NaN}'],
    ['a byte order mark and no more', '\ufeff'],
    ['a null byte', '{"a":"\u0000"}'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['__proto__', `{${inside}${comma}"__proto__":{"is_admin":true}}`],
    ['constructor.prototype', `{${inside}${comma}"constructor":{"prototype":{"is_admin":true}}}`],
    ['ten thousand levels', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['ten thousand levels of objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['100 kB', JSON.stringify({ a: 'a'.repeat(100 * 1024) })],
    ['another media type', 'bet_amount=10', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['no media type', '{}', { 'content-type': '' }],
    ['a media type like ours', '{}', { 'content-type': 'application/jsonp' }],
    ['XML', '<a/>', { 'content-type': 'application/xml' }],
    ['a form with files', '--x--', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['another charset', Buffer.from('{"a":1}', 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }],
    ['compressed', '{}', { 'content-encoding': 'gzip', 'content-type': 'application/gzip' }],
  ])('%s', async (_, payload, headers = {}) => {
    await expectUnchanged(async () => expectRefused(await throwAt(operation, { payload, headers })))
  })

  test('of two fields with one name the last counts, so a check and a use see the same', async () => {
    const [field] = objectSchema(body).required ?? []
    if (field === undefined) return
    const reply = await throwAt(operation, { payload: `{"${field}":[],"${field}":{}}` })
    expectRefused(reply)
    expect(reply.text).toContain('request.invalid')
  })
})

describe.each(named(withoutBody))('%s, which wants no body', (operation) => {
  test.each(['{"a":1}', '[]', '"text"', '{', '0', 'false'])('%s', async (payload) => {
    await expectUnchanged(async () => expectRefused(await throwAt(operation, { payload })))
  })
})

describe.each(named(withQuery))('%s?', (operation, { endpoint }) => {
  test.each([
    'limit=0',
    'limit=-1',
    'limit=101',
    'limit=1.5',
    'limit=1e309',
    'limit=ten',
    'limit=',
    'limit=1&limit=2',
    'limit[]=1',
    'cursor=%00',
    'cursor=nowhere',
    `cursor=${'a'.repeat(201)}`,
    `cursor=${Buffer.from('n0').toString('base64url')}`,
    `cursor=${Buffer.from('n99999999999999999').toString('base64url')}`,
    'cursor=1&cursor=2',
    'no_such=1',
    '__proto__=1',
    'asset=gold&game=A',
  ])('%s', async (query) => {
    expectRefused(await throwAt(operation, { url: `${endpoint.path}?${query}` }))
  })
})

describe.each(named(withParams))('%s', (operation, { endpoint }) => {
  test.each([
    '0',
    '-1',
    '01',
    '1.0',
    '1e3',
    '0x1',
    'abc',
    '9'.repeat(16),
    '9'.repeat(17),
    '%00',
    '1%00',
    '%F0%9F%8D%92',
    '1;2',
  ])('with %s', async (value) => {
    expectRefused(await throwAt(operation, { url: endpoint.path.replaceAll(/\{\w+\}/g, value) }))
  })
})

describe('addresses', () => {
  test.each([
    '/api/%',
    '/api/%zz',
    '/api/users/%ff',
    '/%',
    '/api/wallet/',
    '//api/wallet',
    `/api/users/${'1'.repeat(500)}`,
  ])('%s is nothing, and says so as a problem', async (url) => {
    const { statusCode, headers, payload } = await house.http.inject({ url, headers: { accept: 'application/json' } })
    expect(statusCode, payload).toBeGreaterThanOrEqual(400)
    expect(statusCode, payload).toBeLessThan(500)
    if (!url.startsWith('/api')) return
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(isProblem(JSON.parse(payload)), payload).toBe(true)
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)('%s where it is not served', async (method) => {
    const { statusCode, payload } = await house.http.inject({ method, url: '/api/wallet' })
    expect(statusCode).toBe(404)
    expect(isProblem(JSON.parse(payload)), payload).toBe(true)
  })
})

describe('headers', () => {
  const spin: Operation = 'POST /api/games/slot/spin'
  const keys = ['', 'x', '1', UUID.slice(1), `${UUID}0`, `{${UUID}}`, UUID.replace('3', 'g'), `${UUID}, ${UUID}`]

  test.each(keys)('Idempotency-Key: %s', async (key) => {
    const reply = await throwAt(spin, { payload: '{"bet_amount":10}', headers: { 'idempotency-key': key } })
    expect([reply.status, JSON.parse(reply.text)]).toMatchObject([400, { code: 'request.idempotency_key_missing' }])
  })

  test.each([
    'Bearer',
    'Bearer ',
    'Bearer a.b.c',
    `Bearer ${'a'.repeat(5_000)}`,
    'Bearer eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.eyJzdWIiOiIxIn0.',
    'Basic YTpi',
    `bearer ${tokens.player}x`,
    'null',
  ])('Authorization: %s', async (authorization) => {
    const { statusCode, payload } = await house.http.inject({ url: '/api/wallet', headers: { authorization } })
    expect([statusCode, JSON.parse(payload)]).toMatchObject([401, { code: 'session.missing' }])
  })

  test.each(['', '*', 'en;q=x', 'a'.repeat(5_000), 'ko\u0001', '; drop table'])(
    'Accept-Language: %s',
    async (language) => {
      const { statusCode } = await house.http.inject({ url: '/api/wallet', headers: { 'accept-language': language } })
      expect(statusCode).toBe(401)
    },
  )

  test.each(['=', ';;;', '__Host-access', '__Host-access=%', '__Host-access=%E0%A4%A', 'a='.repeat(2_000)])(
    'Cookie: %s',
    async (cookie) => {
      const { statusCode, payload } = await house.http.inject({ url: '/api/wallet', headers: { cookie } })
      expect([statusCode, JSON.parse(payload)]).toMatchObject([401, { code: 'session.missing' }])
    },
  )
})

describe('values that schemas allow', () => {
  // Found with what a schema lets through and a database or a calendar does not.
  test.each<[Operation, Record<string, unknown>]>([
    ['POST /api/admin/invites', { expires_at: '2030-12-31T23:59:60Z' }],
    ['POST /api/admin/invites', { expires_at: '2030-02-30T00:00:00Z' }],
    ['POST /api/admin/invites', { expires_at: '0000-01-01T00:00:00Z' }],
    ['POST /api/admin/invites', { campaign: '\u0000' }],
    ['POST /api/auth/login', { site_id: '\u0000', password: '\u0000' }],
    ['POST /api/auth/login', { site_id: '\ud800', password: '\ud800' }],
    ['POST /api/invite/validate', { code: '\ud800\u0000' }],
    ['POST /api/identity/verify', { birth_date: '9999-99-99', name: '\u0000' }],
    ['POST /api/identity/verify', { birth_date: '0000-00-00', name: '\ud800' }],
    ['POST /api/games/slot/spin', { bet_amount: Number.MAX_SAFE_INTEGER }],
    ['POST /api/auth/refresh', { refresh_token: '\u0000' }],
    ['POST /api/auth/admin/login', { site_id: '\u0000', password: '\ud800', otp: '000000', recovery_code: '\u0000' }],
  ])('%s %j', async (operation, body) => {
    const { status, text } = await throwAt(operation, { payload: JSON.stringify(body) })
    expect(status, text).toBeLessThan(500)
  })

  test('a name, a campaign, a user agent in any script come back as they were, or are refused', async () => {
    const odd = ['\ud800x', 'e\u0301', '한글', '🍒', 'a\u200bb', '\u202eabc', 'ﬁ']
    for (const nickname of odd) {
      const good = await GOOD_REQUESTS['POST /api/auth/signup']?.(door)
      const payload = JSON.stringify({ ...(good?.body as object), nickname })
      const { status, text } = await throwAt('POST /api/auth/signup', { payload, headers: { 'user-agent': nickname } })
      expect([201, 409, 422], text).toContain(status)
      if (status === 201) expect(JSON.parse(text)).toMatchObject({ user: { nickname: nickname.normalize('NFC') } })
    }
  })
})
