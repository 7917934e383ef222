import Type from 'typebox'
import { endpoint } from '#platform/route/endpoint.ts'
import { refusal } from '#vocabulary/failure.ts'
import { Id, IdInPath, Instant, nullable, object } from '#vocabulary/wire.ts'

/** What a login, a sign-up and a refresh give, beside who it is. */
export const tokenFields = {
  /** Null for our web app, which has it in a cookie. */
  access_token: nullable(Type.String()),
  refresh_token: nullable(Type.String()),
  token_type: Type.Literal('bearer'),
  expires_in: Type.Integer({ description: 'Seconds until the access token expires.' }),
}

/** The refresh token may come in the body, as bearer, or in our web app's cookie: so the body may be absent. */
export const RefreshBody = nullable(object({ refresh_token: Type.Optional(Type.String({ maxLength: 200 })) }))

export const sessionNotFound = refusal({
  code: 'sessions.not_found',
  status: 404,
  ko: '그런 접속이 없습니다.',
  en: 'There is no such session.',
})

export const postLogout = endpoint({
  method: 'POST',
  path: '/api/auth/logout',
  tag: 'sessions',
  summary: 'End this session.',
  guard: 'player',
  refusals: [],
})

export const postLogoutAll = endpoint({
  method: 'POST',
  path: '/api/auth/logout-all',
  tag: 'sessions',
  summary: 'End all your sessions, this one included.',
  guard: 'player',
  refusals: [],
})

export const getSessions = endpoint({
  method: 'GET',
  path: '/api/auth/sessions',
  tag: 'sessions',
  summary: 'Where you are logged in, newest first.',
  guard: 'player',
  reply: object({
    items: Type.Array(
      object({
        session_id: Id,
        client: Type.String({ examples: ['Chrome · Android'] }),
        ip_hint: Type.String({ examples: ['203.0.*.*'] }),
        created_at: Instant,
        last_used_at: Instant,
        is_current: Type.Boolean(),
      }),
    ),
  }),
  refusals: [],
})

export const deleteSession = endpoint({
  method: 'DELETE',
  path: '/api/auth/sessions/{session_id}',
  tag: 'sessions',
  summary: 'End one of your sessions.',
  guard: 'player',
  params: object({ session_id: IdInPath }),
  refusals: [sessionNotFound],
})

export const getLive = endpoint({
  method: 'GET',
  path: '/sse/live',
  tag: 'sessions',
  summary:
    'A stream that tells of your wallet, `balance_changed {token, gem}`, and when this session ends: `session_ended {reason}`, then it closes.',
  guard: 'player',
  stream: true,
  refusals: [],
})
