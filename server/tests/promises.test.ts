import { validate } from '@scalar/openapi-parser'
import type { TSchema } from 'typebox'
import { describe, expect, test } from 'vitest'
import { DOCUMENTATION_PATHS } from '#platform/documentation.ts'
import type { Guard, Route } from '#platform/route/endpoint.ts'
import { sentence } from '#platform/route/problem.ts'
import { openTestHouse } from '#tests/house.ts'
import type { RefusalKind } from '#vocabulary/failure.ts'
import {
  type Answer,
  type Ask,
  declaredBy,
  newAddress,
  type Operation,
  openDoor,
  operationOf,
} from './promises/door.ts'
import { GOOD_REQUESTS } from './promises/good-requests.ts'
import { GUEST_LIST } from './promises/guest-list.ts'
import { keepBusy, PROVOCATIONS } from './promises/provoke.ts'

/*
 * What the house promises about its routes, held against the real house on a real database. Replies are
 * checked against their contracts all the while.
 */

const house = await openTestHouse({
  settings: { MAX_CONCURRENT_SESSIONS: '100', PASSWORD_HASHES_AT_ONCE: '1' },
})
const door = await openDoor(house)
await house.http.ready()
const routes = house.routes.map((route) => [operationOf(route), route] as const)

/** Served, and not an endpoint of any module: the web app's first page, and what `documentation.ts` lists. */
const NOT_ENDPOINTS = ['/', ...DOCUMENTATION_PATHS].map((path) => `GET ${path}`)

type Document = {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>
}
type Documented = {
  readonly summary?: string
  readonly operationId: string
  readonly 'x-guard'?: string
  readonly responses: Readonly<Record<string, { content?: Record<string, { schema?: { $ref?: string } }> }>>
}

describe('the list of routes', () => {
  test('every route stands on the guest list with its guard, and nothing else does', () => {
    expect(Object.fromEntries(house.routes.map((route) => [operationOf(route), route.endpoint.guard]))).toEqual(
      GUEST_LIST,
    )
  })

  test('every served route is in /openapi.json, and the other way round', async () => {
    const { paths } = await readDocument()
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(
      servedRoutes()
        .filter((each) => !NOT_ENDPOINTS.includes(each))
        .sort(),
    ).toEqual(documented.sort())
    expect(servedRoutes()).toEqual(expect.arrayContaining(NOT_ENDPOINTS))
  })

  test('/openapi.json is valid OpenAPI 3.1', async () => {
    const document = await readDocument()
    expect(document.openapi).toMatch(/^3\.1\./)
    const { valid, errors } = await validate(JSON.stringify(document))
    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
  })

  test('every operation has a name of its own, a summary, its guard, and a problem for each status it refuses with', async () => {
    const { paths } = await readDocument()
    const names = new Set<string>()
    for (const [operation, route] of routes) {
      const { path, method, guard } = route.endpoint
      const documented = paths[path]?.[method.toLowerCase()]
      expect(documented?.summary, operation).toMatch(/^\S.*\.$/)
      expect(documented?.['x-guard'], operation).toBe(guard)
      names.add(documented?.operationId ?? '')
      for (const { status, code } of declaredBy(route))
        expect(
          documented?.responses[status]?.content?.['application/problem+json']?.schema?.$ref,
          `${operation} ${status} ${code}`,
        ).toBe('#/components/schemas/Problem')
    }
    expect(names.size).toBe(routes.length)
  })

  test('who is asking comes from the session: no body or query names a player', () => {
    for (const [operation, { endpoint }] of routes) {
      if (endpoint.guard === 'operator') continue
      for (const schema of [endpoint.body, endpoint.query])
        expect(propertiesOf(schema), operation).not.toEqual(
          expect.arrayContaining([expect.stringMatching(/^(user|player|account|owner)_?id$/)]),
        )
    }
  })
})

describe('a good request gets what the endpoint is for', () => {
  test('there is one for every route', () => {
    expect(Object.keys(GOOD_REQUESTS).sort()).toEqual(routes.map(([operation]) => operation).sort())
  })

  // The door has operators of its own; the first one of a club is made where there is none.
  test('POST /api/auth/admin/bootstrap', async () => {
    const empty = await openTestHouse()
    const request = await GOOD_REQUESTS['POST /api/auth/admin/bootstrap']?.({ ...door, house: empty })
    const { statusCode } = await empty.http.inject({
      method: 'POST',
      url: '/api/auth/admin/bootstrap',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(request?.body),
    })
    expect(statusCode).toBe(201)
  })

  test.each(routes.filter(([operation]) => operation !== 'POST /api/auth/admin/bootstrap'))(
    '%s',
    async (operation, route) => {
      const token = await rightfulToken(route.endpoint.guard)
      const answer = await door.send(operation, { ...(token ? { token } : {}), ...(await goodRequest(operation)) })
      expect(answer.status, answer.text).toBe(successOf(route))
      const { reply, stream } = route.endpoint
      if (stream) expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8')
      else if (reply) expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
      if (answer.status === 204) expect(answer.text).toBe('')
    },
  )
})

describe('headers', () => {
  const CONSTANT = {
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  }

  test.each([
    ['a reply', '/api/games/slot/config', 200, 'application/json; charset=utf-8'],
    ['a refusal', '/api/wallet', 401, 'application/problem+json; charset=utf-8'],
    ['nothing there', '/api/no-such-thing', 404, 'application/problem+json; charset=utf-8'],
    ['figures', '/metrics', 200, 'text/plain; version=0.0.4; charset=utf-8'],
  ])('of the API: %s', async (_, url, status, type) => {
    const { statusCode, headers } = await house.http.inject({
      url,
      headers: { 'x-request-id': 'chosen by the caller' },
    })
    expect(statusCode).toBe(status)
    const { date, connection, 'content-length': length, 'x-request-id': requestId, ...fixed } = headers
    expect(fixed).toEqual({
      ...CONSTANT,
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'content-type': type,
    })
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect([date, connection, length]).not.toContain(undefined)
  })

  test.each(['/docs', '/redoc'])('of %s: nothing from elsewhere', async (url) => {
    const { statusCode, headers, payload } = await house.http.inject(url)
    expect(statusCode).toBe(200)
    expect(headers).toMatchObject(CONSTANT)
    expect(headers['content-security-policy']).toMatch(/^default-src 'self'; script-src 'self';/)
    expect(payload).not.toMatch(/https?:\/\/|<script(?![^>]* src="\/)/)
  })
})

const VISITORS = {
  nobody: async () => undefined,
  'somebody with a token of their own making': async () => 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.',
  'a player whose session has ended': () => door.endedToken(door.ann),
  'a player whose token has expired': () => door.expiredToken(door.ann),
  'a player': async () => (await door.asPlayer(door.ann)).accessToken,
  'another player': async () => (await door.asPlayer(door.ben)).accessToken,
  'a PREMIUM player': async () => (await door.asPlayer(door.premium)).accessToken,
  'a VIP player': async () => (await door.asPlayer(door.vip)).accessToken,
  'an operator without a second factor': async () => (await door.asOperator(door.enrolling, false)).accessToken,
  'an operator': async () => (await door.asOperator(door.operator, true)).accessToken,
} as const

type Visitor = keyof typeof VISITORS

/** What the guard says to a visitor: a code, or nothing when it lets them in. */
function turnedAwayWith(guard: Guard, visitor: Visitor): string | undefined {
  if (guard === 'nobody') return undefined
  switch (visitor) {
    case 'nobody':
    case 'somebody with a token of their own making':
      return 'session.missing'
    case 'a player whose session has ended':
      return 'session.ended'
    case 'a player whose token has expired':
      return 'session.token_expired'
    case 'a player':
    case 'another player':
      if (guard === 'premium' || guard === 'vip') return 'session.rank_too_low'
      return guard === 'player' ? undefined : 'session.not_allowed'
    case 'a PREMIUM player':
      if (guard === 'vip') return 'session.rank_too_low'
      return guard === 'player' || guard === 'premium' ? undefined : 'session.not_allowed'
    case 'a VIP player':
      return guard === 'operator' || guard === 'enrolling' ? 'session.not_allowed' : undefined
    case 'an operator without a second factor':
      if (guard === 'operator') return 'session.second_factor_needed'
      return guard === 'enrolling' ? undefined : 'session.not_allowed'
    case 'an operator':
      return guard === 'operator' || guard === 'enrolling' ? undefined : 'session.not_allowed'
  }
}

const STATUS_OF_GUARD: Readonly<Record<string, number>> = {
  'session.missing': 401,
  'session.token_expired': 401,
  'session.ended': 401,
  'session.not_allowed': 403,
  'session.rank_too_low': 403,
  'session.second_factor_needed': 403,
}

describe.each(routes)('%s', (operation, route) => {
  const { guard, refusals } = route.endpoint

  test.each(Object.keys(VISITORS) as Visitor[])('asked by %s', async (visitor) => {
    const { token: _, ...ask } = await goodRequest(operation)
    const token = await VISITORS[visitor]()
    const { status, json, text } = await door.send(operation, { ...ask, ...(token === undefined ? {} : { token }) })

    const expected = turnedAwayWith(guard, visitor)
    if (expected !== undefined) {
      expect([status, json['code']]).toEqual([STATUS_OF_GUARD[expected], expected])
      return
    }
    // Let in: it did what it is for, or the use case itself refused (somebody else's session, another's code).
    const isRefusedByItself = refusals.some(({ code }) => code === json['code'])
    if (!isRefusedByItself) expect(status, text).toBe(successOf(route))
  })
})

describe('what belongs to one player', () => {
  const OTHERS: Readonly<Record<Operation, (answer: Answer) => void>> = {
    'DELETE /api/auth/sessions/{session_id}': ({ json }) => expect(json['code']).toBe('sessions.not_found'),
    'GET /api/fairness/rounds/{round_id}': ({ json }) => expect(json['code']).toBe('rounds.not_found'),
    'GET /api/games/rounds/{round_id}': ({ json }) => expect(json['code']).toBe('rounds.not_found'),
    'GET /api/users/{user_id}': ({ json }) =>
      expect(Object.keys(json).sort()).toEqual(['created_at', 'nickname', 'rank', 'user_id']),
  }

  test('is named in the path of these routes, and of no others', () => {
    const named = routes.filter(([, { endpoint }]) => endpoint.params && endpoint.guard === 'player')
    expect(named.map(([operation]) => operation).sort()).toEqual(Object.keys(OTHERS).sort())
  })

  test.each(Object.entries(OTHERS) as [Operation, (answer: Answer) => void][])(
    'is not another’s: %s',
    async (operation, look) => {
      const ofAnn = await goodRequest(operation)
      look(await door.send(operation, { ...ofAnn, token: (await door.asPlayer(door.ben)).accessToken }))
      const asAnn = await door.send(operation, { ...ofAnn, token: (await door.asPlayer(door.ann)).accessToken })
      expect(asAnn.status).toBeLessThan(300)
    },
  )
})

describe('every declared refusal can be had', () => {
  const cases = routes.flatMap(([operation, route]) =>
    declaredBy(route)
      .filter(({ code }) => code !== 'request.too_many')
      .map((kind) => [operation, kind.code, kind, route] as const),
  )

  test('and nothing is provoked that is not declared', () => {
    for (const [operation, provocations] of Object.entries(PROVOCATIONS)) {
      const route = routes.find(([each]) => each === operation)?.[1]
      const declared = route?.endpoint.refusals.map(({ code }) => code) ?? []
      expect(declared.sort(), operation).toEqual(Object.keys(provocations).sort())
    }
  })

  test.each(cases)('%s: %s', async (operation, code, kind, route) => {
    const isOwn = route.endpoint.refusals.some((each) => each.code === code)
    const provoke = isOwn ? PROVOCATIONS[operation as Operation]?.[code] : () => byTheFrame(code, route)
    if (!provoke) throw new Error(`nobody provokes ${code} on ${operation}: add it to promises/provoke.ts`)
    const { busy, ...provocation } = { busy: undefined, ...(await provoke(door)) }
    const ask = provocation.url?.startsWith('?')
      ? { ...provocation, url: `${route.endpoint.path}${provocation.url}` }
      : { from: newAddress(), ...provocation }

    const stop = busy ? keepBusy(door) : async () => undefined
    try {
      for (const language of ['ko', 'en'] as const) {
        const headers = { ...ask.headers, 'accept-language': language === 'en' ? 'en-GB,en;q=0.9' : 'ko-KR' }
        expectRefusal(await door.send(operation as Operation, { ...ask, headers }), kind, language)
      }
    } finally {
      await stop()
    }
  })

  const limited = routes.filter(([, { endpoint }]) => endpoint.callsPerMinute !== undefined)
  test.each([...limited.map(([operation]) => operation), 'GET /health/live' as Operation])(
    '%s: request.too_many',
    async (operation) => {
      const strictHouse = await limitedHouse
      const route = strictHouse.routes.find((each) => operationOf(each) === operation)
      if (!route) throw new Error(`${operation} is not served`)
      const { guard, callsPerMinute = 600 } = route.endpoint
      const token = await rightfulToken(guard)
      // A new address each time, of one network: whoever has one IPv6 address has as many as there are calls.
      const network = (++networks).toString(16)
      let calls = 0
      const knock = (language: string) =>
        strictHouse.http.inject({
          method: route.endpoint.method,
          url: route.endpoint.path,
          remoteAddress: `2001:db8:${network}::${(++calls).toString(16)}`,
          headers: {
            'accept-language': language,
            ...(token ? { authorization: `Bearer ${token}` } : {}),
            ...(route.endpoint.body ? { 'content-type': 'application/json' } : {}),
          },
          // Malformed bodies count, too, and cost nothing.
          ...(route.endpoint.body ? { payload: '{' } : {}),
        })
      for (let call = 0; call < callsPerMinute; call++) expect((await knock('ko')).statusCode).not.toBe(429)
      for (const language of ['ko', 'en'] as const) {
        const { statusCode: status, headers, payload: text } = await knock(language)
        const kind = declaredBy(route).find(({ code }) => code === 'request.too_many')
        if (!kind) throw new Error('not declared')
        expectRefusal({ status, headers, text, json: JSON.parse(text) as Record<string, unknown> }, kind, language)
        expect(Number(headers['retry-after'])).toBeGreaterThan(0)
      }
    },
  )
})

let networks = 0
const limitedHouse = openTestHouse({
  connectionString: house.connectionString,
  settings: { RATE_LIMITS: 'true', MAX_CONCURRENT_SESSIONS: '100' },
})

function expectRefusal({ status, headers, json }: Answer, kind: RefusalKind, language: 'ko' | 'en'): void {
  expect([status, json['code']], String(json['detail'])).toEqual([kind.status, kind.code])
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(json).toMatchObject({ type: `urn:casino-club:problem:${kind.code}`, status: kind.status })
  expect(json['request_id']).toBe(headers['x-request-id'])
  for (const [, name = ''] of kind[language].matchAll(/\{(\w+)\}/g)) expect(json, kind.code).toHaveProperty(name)
  expect(json['detail']).toBe(sentence(kind, json, language))
  expect(String(json['detail'])).not.toMatch(/\{[a-z_]+\}|undefined|NaN/)
  if ('retry_after_seconds' in json) expect(headers['retry-after']).toBe(String(json['retry_after_seconds']))
}

/** The frame's own refusals, on any endpoint that declares them. */
async function byTheFrame(code: string, { endpoint }: Route): Promise<Ask> {
  const token = await rightfulToken(endpoint.guard)
  const rightful = { ...(token ? { token } : {}), url: endpoint.path.replaceAll(/\{\w+\}/g, '1') }
  switch (code) {
    case 'request.invalid':
      if (endpoint.body) return { ...rightful, body: { no_such_field: 1 } }
      if (endpoint.params) return { ...rightful, url: endpoint.path.replaceAll(/\{\w+\}/g, '0x1') }
      return endpoint.query ? { ...rightful, url: `${endpoint.path}?limit=none` } : { ...rightful, body: { a: 1 } }
    case 'request.unreadable':
      return { ...rightful, raw: '{"a":' }
    case 'request.too_large':
      return { ...rightful, body: { a: 'a'.repeat(65 * 1024) } }
    case 'request.unsupported_media':
      return { ...rightful, raw: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    case 'request.idempotency_key_missing':
      return { ...rightful, ...(await goodRequest(`${endpoint.method} ${endpoint.path}`)), headers: {} }
    case 'session.missing':
      return { url: rightful.url }
    case 'session.token_expired':
      return { url: rightful.url, token: await door.expiredToken(door.ann) }
    case 'session.ended':
      return { url: rightful.url, token: await door.endedToken(door.ann) }
    case 'session.csrf':
      return {
        url: rightful.url,
        headers: { cookie: `__Host-access=${token}; __Host-refresh=${token}`, origin: 'https://elsewhere.example' },
      }
    case 'session.not_allowed': {
      const isForPlayers = endpoint.guard !== 'operator' && endpoint.guard !== 'enrolling'
      return { url: rightful.url, token: await VISITORS[isForPlayers ? 'an operator' : 'a VIP player']() }
    }
    case 'session.rank_too_low':
      return { url: rightful.url, token: await VISITORS['a player']() }
    case 'session.second_factor_needed':
      return { url: rightful.url, token: await VISITORS['an operator without a second factor']() }
    default:
      throw new Error(`nobody knows how the frame comes to say ${code}`)
  }
}

async function rightfulToken(guard: Guard): Promise<string | undefined> {
  switch (guard) {
    case 'nobody':
      return undefined
    case 'player':
      return VISITORS['a player']()
    case 'premium':
      return VISITORS['a PREMIUM player']()
    case 'vip':
      return VISITORS['a VIP player']()
    case 'enrolling':
      return VISITORS['an operator without a second factor']()
    case 'operator':
      return VISITORS['an operator']()
  }
}

async function goodRequest(operation: Operation): Promise<Ask> {
  const request = GOOD_REQUESTS[operation]
  if (!request) throw new Error(`what is a good ${operation}? Add it to promises/good-requests.ts`)
  return request(door)
}

function successOf({ endpoint }: Route): number {
  if (endpoint.text !== undefined || endpoint.stream) return 200
  return endpoint.reply ? (endpoint.status ?? 200) : 204
}

async function readDocument(): Promise<Document> {
  const { headers, payload } = await house.http.inject('/openapi.json')
  expect(headers['content-type']).toBe('application/json; charset=utf-8')
  return JSON.parse(payload) as Document
}

/** What Fastify would answer, read from its own tree; `HEAD` comes with every `GET`. */
function servedRoutes(): string[] {
  const path: string[] = []
  return house.http
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent, part = '', methods = ''] = /^((?:│ {3}| {4})*)[├└]── (\S*)(?: \((.*)\))?$/.exec(line) ?? []
      if (indent === undefined) return []
      path.splice(indent.length / 4, Number.POSITIVE_INFINITY, part)
      const url = path.join('').replaceAll(/:(\w+)/g, '{$1}')
      return methods.split(', ').flatMap((method) => (method && method !== 'HEAD' ? [`${method} ${url}`] : []))
    })
}

function propertiesOf(schema: TSchema | undefined): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([key, value]) =>
    key === 'properties' ? Object.keys(value as object) : propertiesOf(value as TSchema),
  )
}
