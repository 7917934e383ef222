import { type CreateInvite, createInvite } from '#modules/accounts/create-invite.ts'
import type { House } from '#server/house.ts'

/* Requests as a client sends them: for tests that go through the door. */

/** The fields that tests read off replies. Which of them are there is for the contract, and the test, to say. */
export type Body = {
  readonly code: string
  readonly reason: string
  readonly detail: string
  readonly retry_after_seconds: number
  readonly access_token: string
  readonly refresh_token: string
  readonly rank: string
  readonly verified_at: string
  readonly user: { readonly user_id: number; readonly rank: string }
  readonly items: readonly { readonly session_id: number; readonly is_current: boolean; readonly code: string }[]
  readonly next_cursor: string | null
  readonly invite_id: number
  readonly is_enrolled: boolean
  readonly recovery_codes: readonly string[]
  readonly enrolment: { readonly totp_secret: string; readonly otpauth_uri: string }
}

export type Reply = {
  readonly status: number
  readonly body: Body
  readonly text: string
  readonly headers: Readonly<Record<string, unknown>>
  /** As a browser would keep them: name to value, empty when it was taken back. */
  readonly cookies: Readonly<Record<string, string>>
}

export type Ask = {
  readonly body?: unknown
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: Readonly<Record<string, string>>
  readonly from?: string
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT'

export async function ask(house: Pick<House, 'http'>, method: Method, url: string, options: Ask = {}): Promise<Reply> {
  const { body, token, headers = {}, cookies = {}, from = '203.0.113.7' } = options
  const response = await house.http.inject({
    method,
    url,
    remoteAddress: from,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    cookies: { ...cookies },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  })
  const isJson = String(response.headers['content-type'] ?? '').includes('json')
  return {
    status: response.statusCode,
    body: (isJson ? JSON.parse(response.payload) : null) as Body,
    text: response.payload,
    headers: response.headers,
    cookies: Object.fromEntries(response.cookies.map(({ name, value }) => [name, value])),
  }
}

/** What our own web app sends. */
export const WEB = { 'x-casino-client': 'web' } as const

export const PASSWORD = 'neon rain over hangang'

export type Newcomer = {
  readonly userId: number
  readonly siteId: string
  readonly access: string
  readonly refresh: string
}

let newcomers = 0

/** A name that nobody has yet. */
export function newSiteId(): string {
  return `fox_${process.pid % 10_000}_${++newcomers}`
}

/** Signs somebody up through the door, with an invitation of their own. */
export async function newcomer(house: House, invite: CreateInvite = {}): Promise<Newcomer> {
  const { code } = await createInvite(house.app, invite)
  const siteId = newSiteId()
  const { status, body, text } = await ask(house, 'POST', '/api/auth/signup', { body: signUpBody(siteId, code) })
  if (status !== 201) throw new Error(`sign-up: ${status} ${text}`)
  return { userId: body.user.user_id, siteId, access: body.access_token, refresh: body.refresh_token }
}

export function signUpBody(siteId: string, code: string) {
  return { site_id: siteId, nickname: siteId.replaceAll('_', ' '), password: PASSWORD, invite_code: code }
}

export function logInAs(house: Pick<House, 'http'>, siteId: string, password = PASSWORD, options: Ask = {}) {
  return ask(house, 'POST', '/api/auth/login', { ...options, body: { site_id: siteId, password } })
}
