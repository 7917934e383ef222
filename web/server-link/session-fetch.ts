import { Unreachable } from './failure.ts'

export type SessionFetchParts = {
  readonly fetch: (request: Request) => Promise<Response>
  /** Asks for a new access cookie. Resolves to false when the session is over. */
  readonly refresh: () => Promise<boolean>
  /** Called once each time a session turns out to be over. */
  readonly onEnded: () => void
}

const refreshable: readonly string[] = ['session.token_expired', 'session.missing']

/**
 * A fetch that renews the session when the server says that it has to, and repeats the request.
 *
 * However many requests find the session expired at once, one refresh is sent; a request that left
 * before a refresh came back does not start another, it is just repeated. A request is repeated at most
 * once. Replies other than those 401s pass through untouched.
 *
 * @throws Unreachable when nothing answers, the refresh included.
 */
export function createSessionFetch({ fetch, refresh, onEnded }: SessionFetchParts) {
  let refreshing: Promise<boolean> | null = null
  let refreshes = 0

  const send = async (request: Request): Promise<Response> => {
    try {
      return await fetch(request)
    } catch (error) {
      if (request.signal.aborted) throw error
      throw new Unreachable(error)
    }
  }

  const refreshTogether = (): Promise<boolean> => {
    refreshing ??= refresh()
      .then((isAlive) => {
        refreshes++
        if (!isAlive) onEnded()
        return isAlive
      })
      .finally(() => {
        refreshing = null
      })
    return refreshing
  }

  return async (request: Request): Promise<Response> => {
    const seen = refreshes
    const again = request.clone()
    const response = await send(request)
    if (response.status !== 401 || !refreshable.includes(await codeOf(response))) return response
    const isAlive = refreshes === seen || refreshing ? await refreshTogether() : true
    return isAlive ? send(again) : response
  }
}

async function codeOf(response: Response): Promise<string> {
  try {
    const body: unknown = await response.clone().json()
    return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
  } catch {
    return ''
  }
}
