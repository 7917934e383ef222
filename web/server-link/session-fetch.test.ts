import { expect, test, vi } from 'vitest'
import { Unreachable } from './failure.ts'
import { createSessionFetch } from './session-fetch.ts'

const request = (path = '/api/wallet') =>
  new Request(`http://club.test${path}`, { headers: { 'X-Casino-Client': 'web' } })
const refusal = (status: number, code: string) =>
  new Response(JSON.stringify({ status, code }), { status, headers: { 'content-type': 'application/problem+json' } })

/** A server whose access token is stale until it has been refreshed. */
function staleServer({ isAlive = true, refreshMs = 5 } = {}) {
  let isFresh = false
  const refresh = vi.fn(async () => {
    await new Promise((resolve) => setTimeout(resolve, refreshMs))
    isFresh = isAlive
    return isAlive
  })
  const fetch = vi.fn(async (_: Request) => (isFresh ? new Response('{}') : refusal(401, 'session.token_expired')))
  const onEnded = vi.fn()
  return { fetch, refresh, onEnded, send: createSessionFetch({ fetch, refresh, onEnded }) }
}

test('twenty requests that all find the session stale: one refresh, and all twenty succeed', async () => {
  const { send, refresh, fetch, onEnded } = staleServer()
  const replies = await Promise.all(Array.from({ length: 20 }, () => send(request())))
  expect(replies.map((reply) => reply.status)).toEqual(Array(20).fill(200))
  expect(refresh).toHaveBeenCalledTimes(1)
  expect(fetch).toHaveBeenCalledTimes(40)
  expect(onEnded).not.toHaveBeenCalled()
})

test('a slow 401 that left before the refresh is repeated without refreshing again', async () => {
  let slowAnswer: (response: Response) => void = () => {}
  const refresh = vi.fn(async () => true)
  let isFresh = false
  const fetch = vi.fn(async (sent: Request) => {
    if (sent.url.endsWith('/slow') && !isFresh) return new Promise<Response>((resolve) => (slowAnswer = resolve))
    return isFresh ? new Response('{}') : refusal(401, 'session.token_expired')
  })
  const send = createSessionFetch({ fetch, refresh: async () => (isFresh = await refresh()), onEnded: () => {} })

  const slow = send(request('/slow'))
  await send(request('/quick'))
  slowAnswer(refusal(401, 'session.token_expired'))

  expect((await slow).status).toBe(200)
  expect(refresh).toHaveBeenCalledTimes(1)
})

test('when the session is over everybody gets the 401 and the end is told once', async () => {
  const { send, refresh, onEnded } = staleServer({ isAlive: false })
  const replies = await Promise.all(Array.from({ length: 5 }, () => send(request())))
  expect(replies.map((reply) => reply.status)).toEqual(Array(5).fill(401))
  expect(refresh).toHaveBeenCalledTimes(1)
  expect(onEnded).toHaveBeenCalledTimes(1)
})

test('a body that has been sent can be sent again', async () => {
  let calls = 0
  const bodies: string[] = []
  const send = createSessionFetch({
    fetch: async (sent) => {
      bodies.push(await sent.text())
      return ++calls === 1 ? refusal(401, 'session.missing') : new Response('{}')
    },
    refresh: async () => true,
    onEnded: () => {},
  })
  await send(new Request('http://club.test/api/games/slot/spin', { method: 'POST', body: '{"bet_amount":10}' }))
  expect(bodies).toEqual(['{"bet_amount":10}', '{"bet_amount":10}'])
})

test.each([
  [401, 'accounts.wrong_credentials'],
  [401, 'session.ended'],
  [403, 'session.csrf'],
  [429, 'request.too_many'],
])('%i %s is nothing that a refresh could mend', async (status, code) => {
  const refresh = vi.fn(async () => true)
  const send = createSessionFetch({ fetch: async () => refusal(status, code), refresh, onEnded: () => {} })
  expect((await send(request())).status).toBe(status)
  expect(refresh).not.toHaveBeenCalled()
})

test('a request that still finds no session after the refresh is not repeated for ever', async () => {
  const fetch = vi.fn(async () => refusal(401, 'session.token_expired'))
  const send = createSessionFetch({ fetch, refresh: async () => true, onEnded: () => {} })
  expect((await send(request())).status).toBe(401)
  expect(fetch).toHaveBeenCalledTimes(2)
})

test('silence is Unreachable, also when it is the refresh that hears nothing, and the next try refreshes anew', async () => {
  const silent = createSessionFetch({
    fetch: () => Promise.reject(new TypeError('Failed to fetch')),
    refresh: async () => true,
    onEnded: () => {},
  })
  await expect(silent(request())).rejects.toBeInstanceOf(Unreachable)

  const onEnded = vi.fn()
  const refresh = vi.fn(() => Promise.reject(new Unreachable('offline')))
  const send = createSessionFetch({ fetch: async () => refusal(401, 'session.token_expired'), refresh, onEnded })
  await expect(send(request())).rejects.toBeInstanceOf(Unreachable)
  await expect(send(request())).rejects.toBeInstanceOf(Unreachable)
  expect(refresh).toHaveBeenCalledTimes(2)
  expect(onEnded).not.toHaveBeenCalled()
})
