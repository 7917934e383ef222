import type { Client, Http } from '#platform/route/endpoint.ts'
import { sessionEnded, sessionMissing } from '#platform/route/frame-refusals.ts'
import { ACCESS_COOKIE, REFRESH_COOKIE } from '#platform/route/http-server.ts'
import { isRefusal } from '#vocabulary/failure.ts'
import type { Tokens } from './start-session.ts'

export type ShownTokens = {
  readonly access_token: string | null
  readonly refresh_token: string | null
  readonly token_type: 'bearer'
  readonly expires_in: number
}

/** Hands the tokens over: to our own web app in cookies that no script can read, to others in the body. */
export function showTokens({ client, http }: { client: Client; http: Http }, tokens: Tokens): ShownTokens {
  if (client.isBrowser) {
    http.setCookie(ACCESS_COOKIE, tokens.accessToken, tokens.accessSeconds)
    http.setCookie(REFRESH_COOKIE, tokens.refreshToken, tokens.refreshSeconds)
  }
  return {
    access_token: client.isBrowser ? null : tokens.accessToken,
    refresh_token: client.isBrowser ? null : tokens.refreshToken,
    token_type: 'bearer',
    expires_in: tokens.accessSeconds,
  }
}

/** Takes the cookies back, from a browser that has some. */
export function forgetTokens({ client, http }: { client: Client; http: Http }): void {
  if (!client.isBrowser) return
  http.clearCookie(ACCESS_COOKIE)
  http.clearCookie(REFRESH_COOKIE)
}

/** The refresh token of a request: from the body, the bearer header, or the browser's cookie. */
function shownRefreshToken(
  { client, http }: { client: Client; http: Http },
  inBody: string | undefined,
): string | undefined {
  return inBody ?? http.bearer ?? (client.isBrowser ? http.cookie(REFRESH_COOKIE) : undefined)
}

/** Runs a refresh for a request. When the session is over a browser's cookies go with it. */
export async function refreshFor(
  asked: { client: Client; http: Http },
  inBody: string | undefined,
  refresh: (token: string) => Promise<Tokens>,
): Promise<Tokens> {
  const token = shownRefreshToken(asked, inBody)
  if (token === undefined) throw sessionMissing.with()
  try {
    return await refresh(token)
  } catch (error) {
    if (isRefusal(error, sessionEnded)) forgetTokens(asked)
    throw error
  }
}
