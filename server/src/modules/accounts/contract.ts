import Type from 'typebox'
import { tooBusy } from '#modules/credentials/contract.ts'
import { RefreshBody, tokenFields } from '#modules/sessions/contract.ts'
import { endpoint } from '#platform/route/endpoint.ts'
import { sessionEnded, sessionMissing } from '#platform/route/frame-refusals.ts'
import { invalidCursor } from '#vocabulary/cursor.ts'
import { refusal } from '#vocabulary/failure.ts'
import { Id, IdInPath, Instant, nullable, object, PageQuery, page } from '#vocabulary/wire.ts'
import { SITE_ID } from './names.rules.ts'

export const siteIdTaken = refusal({
  code: 'accounts.site_id_taken',
  status: 409,
  ko: '이미 쓰이고 있는 아이디입니다.',
  en: 'That id is taken.',
})
export const nicknameTaken = refusal({
  code: 'accounts.nickname_taken',
  status: 409,
  ko: '이미 쓰이고 있는 닉네임입니다.',
  en: 'That nickname is taken.',
})
export const nicknameNotAllowed = refusal({
  code: 'accounts.nickname_not_allowed',
  status: 422,
  ko: '닉네임은 한글, 영문자, 숫자 2~16자이며 공백은 사이에만 쓸 수 있습니다.',
  en: 'A nickname has 2–16 Hangul or Latin letters or digits, with spaces only between them.',
})
export const phoneNotValid = refusal({
  code: 'accounts.phone_not_valid',
  status: 422,
  ko: '전화번호를 확인해 주세요.',
  en: 'Please check the telephone number.',
})
export const passwordTooWeak = refusal({
  code: 'accounts.password_too_weak',
  status: 422,
  ko: '비밀번호는 8~128자여야 하고, 흔하거나 이름이 들어간 것은 쓸 수 없습니다.',
  en: 'A password has 8–128 characters; common ones and those with your name in it will not do.',
})
export const inviteInvalid = refusal({
  code: 'accounts.invite_invalid',
  status: 422,
  ko: '이 초대 코드는 쓸 수 없습니다.',
  en: 'That invite code cannot be used.',
})
export const tooManyGuesses = refusal({
  code: 'accounts.too_many_guesses',
  status: 429,
  ko: '없는 초대 코드를 너무 많이 입력했습니다. {retry_after_seconds}초 뒤에 다시 시도해 주세요.',
  en: 'Too many invite codes that do not exist. Please try again in {retry_after_seconds} seconds.',
})
export const wrongCredentials = refusal({
  code: 'accounts.wrong_credentials',
  status: 401,
  ko: '아이디 또는 비밀번호가 맞지 않습니다.',
  en: 'That id and password do not match.',
})
export const lockedOut = refusal({
  code: 'accounts.locked_out',
  status: 429,
  ko: '틀린 비밀번호가 너무 많았습니다. {retry_after_seconds}초 뒤에 다시 시도해 주세요.',
  en: 'Too many wrong passwords. Please try again in {retry_after_seconds} seconds.',
})
export const banned = refusal({
  code: 'accounts.banned',
  status: 403,
  ko: '이용이 정지된 계정입니다. 고객센터에 문의해 주세요.',
  en: 'This account is suspended. Please contact support.',
})
export const currentPasswordWrong = refusal({
  code: 'accounts.current_password_wrong',
  status: 422,
  ko: '지금 쓰는 비밀번호가 맞지 않습니다.',
  en: 'The current password is not right.',
})
export const playerNotFound = refusal({
  code: 'accounts.player_not_found',
  status: 404,
  ko: '그런 회원이 없습니다.',
  en: 'There is no such player.',
})
export const underAge = refusal({
  code: 'accounts.under_age',
  status: 403,
  ko: '만 19세가 되는 해의 1월 1일부터 이용할 수 있습니다.',
  en: 'This is for adults: from January 1st of the year in which you turn 19.',
})
export const identityInUse = refusal({
  code: 'accounts.identity_in_use',
  status: 409,
  ko: '이미 다른 계정에서 인증한 사람입니다. 한 사람은 한 계정만 쓸 수 있습니다.',
  en: 'This person has been verified on another account. One person, one account.',
})
export const identityDiffers = refusal({
  code: 'accounts.identity_differs',
  status: 409,
  ko: '이 계정은 다른 사람으로 인증되어 있습니다.',
  en: 'This account has been verified as somebody else.',
})
export const birthDateInvalid = refusal({
  code: 'accounts.birth_date_invalid',
  status: 422,
  ko: '생년월일을 확인해 주세요.',
  en: 'Please check the date of birth.',
})

const RankOnWire = Type.Enum(['STANDARD', 'PREMIUM', 'VIP'])
const Nickname = Type.String({ examples: ['네온 여우'] })

export const User = object({
  user_id: Id,
  site_id: Type.String({ examples: ['neon_fox'] }),
  nickname: Nickname,
  phone_number: nullable(Type.String({ description: 'Masked.', examples: ['***-****-5678'] })),
  rank: RankOnWire,
  role: Type.Enum(['player', 'operator']),
  age_verified: Type.Boolean(),
  shown_among_winners: Type.Boolean({ description: 'Whether your prizes are listed for other members.' }),
  created_at: Instant,
  last_login_at: nullable(Instant),
})

const PublicUser = object({ user_id: Id, nickname: Nickname, rank: RankOnWire, created_at: Instant })

const TokensAndUser = object({ ...tokenFields, user: User })

const exampleUser = {
  user_id: 1001,
  site_id: 'neon_fox',
  nickname: '네온 여우',
  phone_number: '***-****-5678',
  rank: 'STANDARD',
  role: 'player',
  age_verified: false,
  shown_among_winners: true,
  created_at: '2026-11-23T09:00:00.000Z',
  last_login_at: '2026-11-23T09:00:00.000Z',
}
const exampleTokens = {
  access_token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJpc3MiOiJjYXNpbm8tY2x1YiJ9.c2lnbmF0dXJl',
  refresh_token: 'mJ0y2v8kq3n5t7w9z1b4d6f8h0j2l4n6p8r0t2v4x6y',
  token_type: 'bearer',
  expires_in: 1800,
  user: exampleUser,
}

const InviteCode = Type.String({ minLength: 1, maxLength: 64, examples: ['7K2M-Q9TX-0B4F-WZ6N'] })
// Long enough for 128 characters however they are composed. What is longer is refused by the password rules.
const Password = Type.String({ minLength: 1, maxLength: 1024, examples: ['neon rain over hangang'] })

export const postValidateInvite = endpoint({
  method: 'POST',
  path: '/api/invite/validate',
  tag: 'accounts',
  summary: 'Whether an invite code lets somebody in.',
  guard: 'nobody',
  callsPerMinute: 30,
  body: object({ code: InviteCode }),
  reply: object({
    is_valid: Type.Boolean(),
    error_message: nullable(Type.String()),
    reason: nullable(Type.Enum(['unknown', 'expired', 'used_up', 'disabled'])),
    code: Type.String(),
    expires_at: nullable(Instant),
    remaining_uses: nullable(Type.Integer({ description: 'Null: unlimited, or not valid.' })),
  }),
  examples: [
    {
      is_valid: true,
      error_message: null,
      reason: null,
      code: '7K2M-Q9TX-0B4F-WZ6N',
      expires_at: null,
      remaining_uses: 10,
    },
  ],
  refusals: [tooManyGuesses],
})

export const postSignUp = endpoint({
  method: 'POST',
  path: '/api/auth/signup',
  tag: 'accounts',
  summary: 'Become a player. Uses the invite, opens the wallets, pays the start balance and logs in, all or nothing.',
  guard: 'nobody',
  callsPerMinute: 30,
  body: object({
    site_id: Type.String({ pattern: SITE_ID, examples: ['neon_fox'] }),
    nickname: Type.String({ minLength: 1, maxLength: 64, examples: ['네온 여우'] }),
    phone_number: Type.Optional(nullable(Type.String({ maxLength: 32, examples: ['010-1234-5678'] }))),
    password: Password,
    invite_code: InviteCode,
  }),
  reply: TokensAndUser,
  status: 201,
  examples: [exampleTokens],
  refusals: [
    siteIdTaken,
    nicknameTaken,
    nicknameNotAllowed,
    phoneNotValid,
    passwordTooWeak,
    inviteInvalid,
    tooManyGuesses,
    tooBusy,
  ],
})

export const postLogIn = endpoint({
  method: 'POST',
  path: '/api/auth/login',
  tag: 'accounts',
  summary: 'Log in. Beyond the number of sessions allowed, the oldest ends.',
  guard: 'nobody',
  callsPerMinute: 120,
  body: object({ site_id: Type.String({ minLength: 1, maxLength: 64, examples: ['neon_fox'] }), password: Password }),
  reply: TokensAndUser,
  examples: [exampleTokens],
  refusals: [wrongCredentials, lockedOut, banned, tooBusy],
})

export const postRefresh = endpoint({
  method: 'POST',
  path: '/api/auth/refresh',
  tag: 'accounts',
  summary: 'Spend the refresh token (body, bearer or cookie) for a new pair. Spent ones end the session.',
  guard: 'nobody',
  callsPerMinute: 120,
  body: RefreshBody,
  reply: TokensAndUser,
  examples: [exampleTokens],
  refusals: [sessionMissing, sessionEnded],
})

export const getMe = endpoint({
  method: 'GET',
  path: '/api/auth/me',
  tag: 'accounts',
  summary: 'Who you are.',
  guard: 'player',
  reply: User,
  examples: [exampleUser],
  refusals: [],
})

export const getProfile = endpoint({ ...getMe, path: '/api/users/profile', summary: 'Who you are, as /api/auth/me.' })

export const patchProfile = endpoint({
  method: 'PATCH',
  path: '/api/users/profile',
  tag: 'accounts',
  summary: 'Choose whether your epic and legendary prizes are listed for other members.',
  description: 'Counts from the next look at the list on, for prizes that are listed already, too.',
  guard: 'player',
  body: object({ shown_among_winners: Type.Boolean() }),
  reply: User,
  examples: [exampleUser],
  refusals: [],
})

export const getUser = endpoint({
  method: 'GET',
  path: '/api/users/{user_id}',
  tag: 'accounts',
  summary: 'A player: yourself in full, others as everybody sees them.',
  guard: 'player',
  params: object({ user_id: IdInPath }),
  reply: Type.Union([User, PublicUser]),
  refusals: [playerNotFound],
})

export const patchPassword = endpoint({
  method: 'PATCH',
  path: '/api/auth/password',
  tag: 'accounts',
  summary: 'Change the password. Ends all other sessions.',
  guard: 'player',
  callsPerMinute: 30,
  body: object({ current_password: Password, new_password: Password }),
  refusals: [currentPasswordWrong, passwordTooWeak, lockedOut, tooBusy],
})

export const postVerifyIdentity = endpoint({
  method: 'POST',
  path: '/api/identity/verify',
  tag: 'accounts',
  summary: 'Prove who and how old you are, to the provider for development: it believes what it is told.',
  guard: 'player',
  developmentOnly: true,
  body: object({
    birth_date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', examples: ['2000-02-29'] }),
    name: Type.String({ minLength: 1, maxLength: 100, examples: ['홍길동'] }),
  }),
  reply: object({ age_verified: Type.Literal(true), verified_at: Instant }),
  refusals: [underAge, identityInUse, identityDiffers, birthDateInvalid],
})

const RankReply = object({ rank: RankOnWire })

export const getPremium = endpoint({
  method: 'GET',
  path: '/api/rbac/premium',
  tag: 'accounts',
  summary: 'For PREMIUM and VIP.',
  guard: 'premium',
  reply: RankReply,
  refusals: [],
})

export const getVip = endpoint({
  method: 'GET',
  path: '/api/rbac/vip',
  tag: 'accounts',
  summary: 'For VIP.',
  guard: 'vip',
  reply: RankReply,
  refusals: [],
})

/* Invitations, for operators. */

export const inviteNotFound = refusal({
  code: 'accounts.invite_not_found',
  status: 404,
  ko: '그런 초대가 없습니다.',
  en: 'There is no such invitation.',
})
export const inviteExpiryPassed = refusal({
  code: 'accounts.invite_expiry_passed',
  status: 422,
  ko: '만료 시각은 지금보다 뒤여야 합니다.',
  en: 'The expiry must lie in the future.',
})

const InviteOnWire = object({
  invite_id: Id,
  code: Type.String(),
  campaign: nullable(Type.String()),
  rank: RankOnWire,
  max_uses: nullable(Type.Integer()),
  uses: Type.Integer(),
  expires_at: nullable(Instant),
  disabled_at: nullable(Instant),
  created_at: Instant,
})

export const postInvite = endpoint({
  method: 'POST',
  path: '/api/admin/invites',
  tag: 'operators',
  summary: 'Draw an invitation.',
  guard: 'operator',
  body: object({
    // No control characters: PostgreSQL cannot hold all of them, and nobody can read any.
    campaign: Type.Optional(nullable(Type.String({ maxLength: 80, pattern: '^[^\\u0000-\\u001f]*$' }))),
    rank: Type.Optional(RankOnWire),
    max_uses: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 1_000_000 }))),
    expires_at: Type.Optional(nullable(Type.String({ format: 'date-time' }))),
  }),
  reply: InviteOnWire,
  status: 201,
  refusals: [inviteExpiryPassed],
})

export const getInvites = endpoint({
  method: 'GET',
  path: '/api/admin/invites',
  tag: 'operators',
  summary: 'All invitations, newest first.',
  guard: 'operator',
  query: object(PageQuery),
  reply: page(InviteOnWire),
  refusals: [invalidCursor],
})

export const postDisableInvite = endpoint({
  method: 'POST',
  path: '/api/admin/invites/{invite_id}/disable',
  tag: 'operators',
  summary: 'Let nobody in with this invitation any more. Doing it again changes nothing.',
  guard: 'operator',
  params: object({ invite_id: IdInPath }),
  reply: InviteOnWire,
  refusals: [inviteNotFound],
})
