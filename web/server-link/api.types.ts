import type { paths } from './api.generated.ts'

/* Short names for what the server sends. The shapes themselves are printed from its contracts. */

type Reply<Operation> = Operation extends {
  responses: { 200: { content: { 'application/json': infer Body } } }
}
  ? Body
  : never

type Get<Path extends keyof paths> = Reply<paths[Path]['get']>
type Post<Path extends keyof paths> = Reply<paths[Path]['post']>

export type InviteVerdict = Post<'/api/invite/validate'>
export type InviteReason = NonNullable<InviteVerdict['reason']>
export type User = Get<'/api/auth/me'>
export type LoginSession = Get<'/api/auth/sessions'>['items'][number]

export type Wallet = Get<'/api/wallet'>
export type Asset = keyof Wallet['balances']
/** `amount` is signed: what came in is positive. */
export type WalletEntry = Get<'/api/wallet/entries'>['items'][number]

export type SlotState = Get<'/api/games/slot/state'>
export type SlotSpin = Post<'/api/games/slot/spin'>
export type SlotConfig = Get<'/api/games/slot/config'>

export type GachaConfig = Get<'/api/games/gacha/config'>
export type GachaPull = Post<'/api/games/gacha/pull'>
export type GachaStats = Get<'/api/games/gacha/stats'>
export type GachaHistoryRound = Get<'/api/games/gacha/history'>['items'][number]
export type GachaWinner = Get<'/api/games/gacha/winners'>['items'][number]
export type InventoryItem = Get<'/api/inventory'>['items'][number]

export type Round = Get<'/api/games/rounds'>['items'][number]
/** One stretch of play, from the first round until half an hour without one. */
export type PlaySession = Get<'/api/games/sessions'>['items'][number]
export type Stats = Get<'/api/users/stats'>

/** What one's rounds are committed to, and the pair that was revealed last. */
export type Seeds = Get<'/api/fairness/seed'>

/** What was drawn under one configuration, beside what it publishes. */
export type WatchedGame = Get<'/api/fairness/status'>['games'][number]

/** A refusal on the wire: RFC 9457, with a stable code and facts of its own. */
export type Problem = {
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly request_id: string
  readonly [fact: string]: unknown
}
