import createClient from 'openapi-fetch'
import type { paths } from './api.generated.ts'
import { Refused, retryAfterSeconds, Unreachable } from './failure.ts'
import { createSessionFetch } from './session-fetch.ts'
import { noteSessionEnded } from './session-memory.ts'

/** Tells the server that our own pages ask, which is what lets cookies stand in for a token. */
const webClient = { 'X-Casino-Client': 'web' } as const

function requestHeaders(): Record<string, string> {
  return { ...webClient, 'Accept-Language': typeof document === 'undefined' ? 'ko' : document.documentElement.lang }
}

const sessionFetch = createSessionFetch({
  fetch: (request) => fetch(request),
  refresh: async () => {
    const response = await fetch('/api/auth/refresh', {
      method: 'POST',
      headers: requestHeaders(),
      credentials: 'same-origin',
    }).catch((error: unknown) => {
      throw new Unreachable(error)
    })
    if (response.ok) return true
    if (response.status >= 500 || response.status === 429) throw new Unreachable(response.status)
    return false
  },
  onEnded: noteSessionEnded,
})

/** Typed calls to the server: `answer(link.GET('/api/wallet'))`. */
export const link = createClient<paths>({ credentials: 'same-origin', fetch: sessionFetch })

link.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(requestHeaders())) request.headers.set(name, value)
    return request
  },
})

/**
 * The body of a successful reply.
 *
 * @throws Refused for a reply below 500 that is not a success.
 * @throws Unreachable when nothing answered or the reply is an outage (5xx): trying again may help.
 */
export async function answer<Body>(
  call: Promise<{ data?: Body; error?: unknown; response: Response }>,
): Promise<Body extends undefined ? undefined : Body> {
  const { data, error, response } = await call
  if (response.ok) return data as Body extends undefined ? undefined : Body
  const problem = typeof error === 'object' && error !== null ? error : {}
  if (response.status >= 500) throw new Unreachable(problem, requestIdOf(problem))
  throw new Refused(response.status, problem, retryAfterSeconds(response, problem))
}

function requestIdOf(problem: object): string | null {
  return 'request_id' in problem ? String(problem.request_id) : null
}
