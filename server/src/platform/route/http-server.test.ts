import Type from 'typebox'
import { afterAll, describe, expect, test } from 'vitest'
import { openLog } from '#platform/log.ts'
import { openMetrics } from '#platform/metrics.ts'
import { endpoint, serve } from '#platform/route/endpoint.ts'
import * as frame from '#platform/route/frame-refusals.ts'
import { buildHttpServer, type HttpOptions } from '#platform/route/http-server.ts'
import { systemClock } from '#vocabulary/clock.ts'
import { object } from '#vocabulary/wire.ts'

const lines: string[] = []

const shout = endpoint({
  method: 'POST',
  path: '/api/shout',
  tag: 'test',
  summary: 'Fails, or not.',
  guard: 'nobody',
  body: object({ loudness: Type.Integer({ minimum: 1 }) }),
  reply: object({}),
  refusals: [],
})
const inner = endpoint({
  method: 'GET',
  path: '/api/inner',
  tag: 'test',
  summary: 'For players.',
  guard: 'player',
  reply: object({}),
  refusals: [],
})

const whoAmI = endpoint({
  method: 'GET',
  path: '/api/who',
  tag: 'test',
  summary: 'The address a request is from.',
  guard: 'nobody',
  reply: object({ address: Type.String() }),
  refusals: [],
})

const OPTIONS: Omit<HttpOptions, 'routes'> = {
  authentication: {
    read: () => {
      throw frame.sessionMissing.with()
    },
    look: () => Promise.reject(frame.sessionMissing.with()),
  },
  log: openLog('info', { write: (line: string) => void lines.push(line) }),
  metrics: openMetrics(),
  clock: systemClock,
  publicUrl: 'http://localhost:3000',
  proxiesInFront: 0,
  isProduction: false,
  rateLimits: true,
  checkReplies: false,
}
const server = await buildHttpServer({
  ...OPTIONS,
  routes: [
    serve(shout, () => {
      throw new Error('hoarse', { cause: new Error('shouted too loud') })
    }),
    serve(inner, () => ({})),
  ],
})
afterAll(() => server.close())

const post = (payload: object, headers: Record<string, string> = {}) =>
  server.inject({ method: 'POST', url: '/api/shout', payload, headers })

test('a bug is logged with its cause, the request, and the trace it is part of; the caller learns only the request', async () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  const reply = await post({ loudness: 11 }, { traceparent: `00-${trace}-00f067aa0ba902b7-01` })

  expect(reply.statusCode).toBe(500)
  expect(reply.body).not.toMatch(/hoarse|loud/)
  const line = lines.map((each) => JSON.parse(each)).find(({ msg }) => msg === 'bug')
  expect(line).toMatchObject({
    trace_id: trace,
    request_id: reply.json().request_id,
    route: '/api/shout',
    err: { message: 'hoarse', cause: { message: 'shouted too loud' } },
  })
})

test('a request that belongs to no trace begins one of its own', async () => {
  lines.length = 0
  const { request_id: requestId } = (await post({ loudness: 1 }, { traceparent: 'nonsense' })).json()
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ trace_id: requestId.replaceAll('-', '') })
})

describe('what is wrong with a body is said in the language of the reader', () => {
  test.each([
    ['en', { loudness: 0 }, 'Please check what you sent: body/loudness must be >= 1'],
    ['ko', { loudness: 0 }, /^보낸 내용을 확인해 주세요: body\/loudness [^a-z]*1/],
    ['ko', { loudness: 1, pitch: 2 }, /[가-힣].*\(pitch\)/],
  ])('%s %j', async (language, payload, expected) => {
    const { statusCode, body } = await post(payload, { 'accept-language': language })
    expect(statusCode).toBe(422)
    expect(JSON.parse(body).detail).toMatch(expected)
  })
})

test('an address that keeps coming with tokens of nobody has to wait', async () => {
  const knock = () => server.inject({ url: '/api/inner', headers: { authorization: 'Bearer nobody' } })
  const statuses = new Set<number>()
  for (let count = 0; count < 300; count++) statuses.add((await knock()).statusCode)
  expect([...statuses]).toEqual([401])

  const waiting = await knock()
  expect(waiting.statusCode).toBe(429)
  expect(Number(waiting.headers['retry-after'])).toBeGreaterThan(0)
})

test.each([
  // proxies  X-Forwarded-For                        is from
  [0, '203.0.113.7', '127.0.0.1'],
  [1, undefined, '127.0.0.1'],
  [1, '203.0.113.7', '203.0.113.7'],
  // What stands before it, the caller wrote: with another address for each guess nobody would ever have to wait.
  [1, '198.51.100.1, 203.0.113.7', '203.0.113.7'],
  [1, '198.51.100.1, 198.51.100.2, 203.0.113.7', '203.0.113.7'],
  [2, '198.51.100.1, 203.0.113.7, 192.0.2.9', '203.0.113.7'],
  [2, '203.0.113.7', '203.0.113.7'],
] as const)('behind %i proxies, forwarded for %s: from %s', async (proxiesInFront, forwarded, expected) => {
  const behind = await buildHttpServer({
    ...OPTIONS,
    proxiesInFront,
    routes: [serve(whoAmI, ({ client }) => ({ address: client.address }))],
  })
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  expect((await behind.inject({ url: '/api/who', headers })).json()).toEqual({ address: expected })
  await behind.close()
})
