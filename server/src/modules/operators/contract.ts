import Type from 'typebox'
import { tooBusy } from '#modules/credentials/contract.ts'
import { RefreshBody, tokenFields } from '#modules/sessions/contract.ts'
import { endpoint } from '#platform/route/endpoint.ts'
import { sessionEnded, sessionMissing } from '#platform/route/frame-refusals.ts'
import { refusal } from '#vocabulary/failure.ts'
import { Id, Instant, nullable, object } from '#vocabulary/wire.ts'

export const wrongCredentials = refusal({
  code: 'operators.wrong_credentials',
  status: 401,
  ko: '아이디, 비밀번호 또는 인증 코드가 맞지 않습니다.',
  en: 'That id, password and code do not match.',
})
export const lockedOut = refusal({
  code: 'operators.locked_out',
  status: 429,
  ko: '틀린 시도가 너무 많았습니다. {retry_after_seconds}초 뒤에 다시 시도해 주세요.',
  en: 'Too many wrong attempts. Please try again in {retry_after_seconds} seconds.',
})
export const bootstrapRefused = refusal({
  code: 'operators.bootstrap_refused',
  status: 403,
  ko: '쓸 수 없는 최초 설정 비밀값입니다. 서버에서 새로 만들어 주세요.',
  en: 'That bootstrap secret is of no use. Make a new one on the server.',
})
export const passwordTooWeak = refusal({
  code: 'operators.password_too_weak',
  status: 422,
  ko: '비밀번호는 8~128자여야 하고, 흔하거나 이름이 들어간 것은 쓸 수 없습니다.',
  en: 'A password has 8–128 characters; common ones and those with your name in it will not do.',
})
export const codeWrong = refusal({
  code: 'operators.code_wrong',
  status: 422,
  ko: '인증 코드가 맞지 않습니다.',
  en: 'That code is not right.',
})
export const alreadyEnrolled = refusal({
  code: 'operators.already_enrolled',
  status: 409,
  ko: '2단계 인증이 이미 등록되어 있습니다.',
  en: 'The second factor is set up already.',
})

const SiteId = Type.String({ pattern: '^[A-Za-z0-9_]{4,20}$', examples: ['head_office'] })
const Password = Type.String({ minLength: 1, maxLength: 1024 })
const Otp = Type.String({ pattern: '^\\d{6}$', examples: ['492039'] })

const Operator = object({
  operator_id: Id,
  site_id: Type.String(),
  role: Type.Literal('operator'),
  is_enrolled: Type.Boolean({ description: 'Whether the second factor is set up.' }),
  created_at: Instant,
  last_login_at: nullable(Instant),
})

/** What an authenticator app needs. Shown until the first code has been confirmed, never again. */
const Enrolment = object({ totp_secret: Type.String(), otpauth_uri: Type.String() })

const TokensAndOperator = object({ ...tokenFields, operator: Operator, enrolment: nullable(Enrolment) })

export const postBootstrap = endpoint({
  method: 'POST',
  path: '/api/auth/admin/bootstrap',
  tag: 'operators',
  summary: 'Make the first operator, with the one-time secret the server printed. Then confirm the second factor.',
  guard: 'nobody',
  callsPerMinute: 10,
  body: object({ secret: Type.String({ minLength: 1, maxLength: 100 }), site_id: SiteId, password: Password }),
  reply: TokensAndOperator,
  status: 201,
  refusals: [bootstrapRefused, passwordTooWeak, tooBusy],
})

export const postLogIn = endpoint({
  method: 'POST',
  path: '/api/auth/admin/login',
  tag: 'operators',
  summary: 'Log in as an operator: password and code together. Without a second factor yet, to set it up only.',
  guard: 'nobody',
  callsPerMinute: 60,
  body: object({
    site_id: Type.String({ minLength: 1, maxLength: 64 }),
    password: Password,
    otp: Type.Optional(Otp),
    recovery_code: Type.Optional(Type.String({ maxLength: 64 })),
  }),
  reply: TokensAndOperator,
  refusals: [wrongCredentials, lockedOut, tooBusy],
})

export const postConfirmTotp = endpoint({
  method: 'POST',
  path: '/api/auth/admin/totp',
  tag: 'operators',
  summary: 'Confirm the second factor by a first code. This session may do everything from then on.',
  guard: 'enrolling',
  callsPerMinute: 30,
  body: object({ otp: Otp }),
  reply: object({ recovery_codes: Type.Array(Type.String(), { description: 'Each good once. Shown this once.' }) }),
  refusals: [codeWrong, alreadyEnrolled, lockedOut],
})

export const postRefresh = endpoint({
  method: 'POST',
  path: '/api/auth/admin/refresh',
  tag: 'operators',
  summary: 'Spend an operator’s refresh token for a new pair.',
  guard: 'nobody',
  callsPerMinute: 120,
  body: RefreshBody,
  reply: TokensAndOperator,
  refusals: [sessionMissing, sessionEnded],
})

export const postLogout = endpoint({
  method: 'POST',
  path: '/api/auth/admin/logout',
  tag: 'operators',
  summary: 'End this session.',
  guard: 'enrolling',
  refusals: [],
})

export const getMe = endpoint({
  method: 'GET',
  path: '/api/auth/admin/me',
  tag: 'operators',
  summary: 'Which operator you are.',
  guard: 'enrolling',
  reply: Operator,
  refusals: [],
})
