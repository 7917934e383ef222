/**
 * Written by hand in the shape that openapi-typescript prints, until the server prints its own
 * (`api.generated.ts`); then this file goes.
 */

type Json<Body> = { content: { 'application/json': Body } }
type Empty = { content?: never }
type Refusal = { content: { 'application/problem+json': Problem } }

type Operation<Reply, Body = never, Query = never, Path = never, Header = never> = {
  parameters: {
    query?: Query
    header?: Header
    path?: Path
    cookie?: never
  }
  requestBody?: Body
  responses: Reply & { default: Refusal }
}

type GetOnly<Get> = { get: Get; put?: never; post?: never; delete?: never; parameters: object }
type PostOnly<Post> = { get?: never; put?: never; post: Post; delete?: never; parameters: object }
type DeleteOnly<Delete> = { get?: never; put?: never; post?: never; delete: Delete; parameters: object }

export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  code: string
  request_id: string
  [fact: string]: unknown
}

export type InviteReason = 'unknown' | 'expired' | 'used_up' | 'disabled'

export type InviteVerdict = {
  is_valid: boolean
  error_message: string | null
  reason: InviteReason | null
  code: string
  expires_at: string | null
  remaining_uses: number | null
}

export type User = {
  user_id: string
  site_id: string
  nickname: string
  phone_number: string | null
  rank: 'STANDARD' | 'PREMIUM' | 'VIP'
  role: 'player' | 'operator'
  age_verified: boolean
  created_at: string
  last_login_at: string | null
}

export type SignedIn = {
  access_token: string | null
  refresh_token: string | null
  token_type: 'bearer'
  expires_in: number
  user: User
}

export type LoginSession = {
  session_id: string
  client: string
  ip_hint: string | null
  created_at: string
  last_used_at: string
  is_current: boolean
}

export type Asset = 'token' | 'gem'
export type Wallet = { balances: Record<Asset, number> }

export type WalletEntry = {
  entry_id: string
  asset: Asset
  /** Signed: what came in is positive. */
  amount: number
  balance_after: number
  reason: string
  reference: { round_id?: string } | null
  occurred_at: string
}

export type Page<Item> = { items: Item[]; next_cursor: string | null }

export type SlotState = {
  streak: number
  streak_ends_at: string | null
  spins_today: number
  spins_left_today: number
}

export type SlotSpin = {
  round_id: string
  request_id: string
  bet_amount: number
  reels: string[]
  win_amount: number
  is_jackpot: boolean
  streak: number
  streak_bonus_percent: number
  balance: number
  special_animation: null | 'win' | 'big_win' | 'jackpot'
  played_at: string
}

export type SlotConfig = {
  config: {
    name: string
    symbols: { id: string; glyph: string; weight: number }[]
    bet: { min: number; max: number }
    min_seconds_between_stakes: number
    [more: string]: unknown
  }
  config_hash: string
  odds: Record<string, unknown>
}

export type Round = {
  round_id: string
  game: string
  bet_amount: number
  win_amount: number
  outcome: { reels?: string[]; [more: string]: unknown }
  played_at: string
}

/** One stretch of play, from the first round until a longer pause. */
export type PlaySession = {
  session_id: string
  game: string
  started_at: string
  ended_at: string | null
  rounds: number
  total_bet: number
  total_win: number
  net: number
}

export type PlayTotals = {
  rounds: number
  wins: number
  total_bet: number
  total_win: number
  net: number
  win_rate_ppm: number
  return_rate_ppm: number | null
  biggest_win: number
  best_streak: number
}

export type Stats = { games: (PlayTotals & { game: string })[]; totals: PlayTotals; play_seconds: number }

type PageQuery = { limit?: number; cursor?: string }

export type paths = {
  '/api/invite/validate': PostOnly<Operation<{ 200: Json<InviteVerdict> }, Json<{ code: string }>>>
  '/api/auth/signup': PostOnly<
    Operation<
      { 201: Json<SignedIn> },
      Json<{ site_id: string; nickname: string; phone_number?: string; password: string; invite_code: string }>
    >
  >
  '/api/auth/login': PostOnly<Operation<{ 200: Json<SignedIn> }, Json<{ site_id: string; password: string }>>>
  '/api/auth/refresh': PostOnly<Operation<{ 200: Json<SignedIn> }>>
  '/api/auth/logout': PostOnly<Operation<{ 204: Empty }>>
  '/api/auth/logout-all': PostOnly<Operation<{ 204: Empty }>>
  '/api/auth/me': GetOnly<Operation<{ 200: Json<User> }>>
  '/api/auth/sessions': GetOnly<Operation<{ 200: Json<{ items: LoginSession[] }> }>>
  '/api/auth/sessions/{session_id}': DeleteOnly<Operation<{ 204: Empty }, never, never, { session_id: string }>>
  '/api/identity/verify': PostOnly<
    Operation<{ 200: Json<{ age_verified: true; verified_at: string }> }, Json<{ birth_date: string; name: string }>>
  >
  '/api/wallet': GetOnly<Operation<{ 200: Json<Wallet> }>>
  '/api/wallet/entries': GetOnly<Operation<{ 200: Json<Page<WalletEntry>> }, never, PageQuery & { asset?: Asset }>>
  '/api/games/slot/config': GetOnly<Operation<{ 200: Json<SlotConfig> }>>
  '/api/games/slot/state': GetOnly<Operation<{ 200: Json<SlotState> }>>
  '/api/games/slot/spin': PostOnly<
    Operation<{ 200: Json<SlotSpin> }, Json<{ bet_amount: number }>, never, never, { 'Idempotency-Key': string }>
  >
  '/api/games/rounds': GetOnly<Operation<{ 200: Json<Page<Round>> }, never, PageQuery & { game?: string }>>
  '/api/games/rounds/{round_id}': GetOnly<Operation<{ 200: Json<Round> }, never, never, { round_id: string }>>
  '/api/games/sessions': GetOnly<Operation<{ 200: Json<Page<PlaySession>> }, never, PageQuery>>
  '/api/users/stats': GetOnly<Operation<{ 200: Json<Stats> }>>
}
