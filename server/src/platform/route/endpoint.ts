import type { Static, TSchema } from 'typebox'
import type { RefusalKind } from '#vocabulary/failure.ts'

/**
 * Who may come in.
 *
 * - `nobody`: no session needed
 * - `player`: a live player session; `premium` and `vip`: of at least that rank
 * - `enrolling`: an operator who has given a password, not yet a second factor
 * - `operator`: an operator with a second factor
 */
export type Guard = 'nobody' | 'player' | 'premium' | 'vip' | 'enrolling' | 'operator'

export type PlayerCaller = {
  readonly kind: 'player'
  readonly playerId: bigint
  readonly sessionId: bigint
  readonly rank: 'STANDARD' | 'PREMIUM' | 'VIP'
}
export type OperatorCaller = {
  readonly kind: 'operator'
  readonly operatorId: bigint
  readonly sessionId: bigint
  readonly secondFactor: boolean
}
export type Caller = PlayerCaller | OperatorCaller

/** Who a token of ours names. Whether its session still stands has not been looked at. */
export type Claims = {
  readonly kind: 'player' | 'operator'
  readonly subjectId: bigint
  readonly sessionId: bigint
}
/** A player whose session the act itself looks at, in its own transaction. What it may do is not known yet. */
export type ClaimedPlayer = Claims & { readonly kind: 'player' }

type CallerOf<E extends Endpoint> = E['sessionChecked'] extends 'by_the_act'
  ? ClaimedPlayer
  : E['guard'] extends 'nobody'
    ? undefined
    : E['guard'] extends 'enrolling' | 'operator'
      ? OperatorCaller
      : PlayerCaller

/** One endpoint, as data. A module's `contract.ts` is a list of these. */
export type Endpoint = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With parameters in braces, as OpenAPI writes them: `/api/games/rounds/{round_id}`. */
  readonly path: string
  /** The module's name in the docs. */
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly guard: Guard
  /**
   * `by_the_act`: the handler is told who the token names and looks at the session in its own transaction, with
   * everything else it has to look at. For acts that are done many at a time; guard `player` only.
   */
  readonly sessionChecked?: 'by_the_act'
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  /** The reply's schema; without one the reply is 204 and empty. */
  readonly reply?: TSchema
  readonly status?: 200 | 201
  readonly examples?: readonly unknown[]
  /** Every refusal this endpoint can give, beside those that the guard and the frame can give. */
  readonly refusals: readonly RefusalKind[]
  /** `required`: the caller names each act by an `Idempotency-Key` header (a UUID). */
  readonly idempotencyKey?: 'required' | 'optional'
  /** How many calls a minute one caller (or, without a session, one address) may make. */
  readonly callsPerMinute?: number
  /** The reply is text of this media type, not JSON. */
  readonly text?: string
  /** Server-sent events: the handler writes the stream itself. */
  readonly stream?: true
  /** Refuses to exist in production. */
  readonly developmentOnly?: true
}

export type Asked<E extends Endpoint> = {
  readonly caller: CallerOf<E>
  readonly params: E['params'] extends TSchema ? Static<E['params']> : undefined
  readonly query: E['query'] extends TSchema ? Static<E['query']> : undefined
  readonly body: E['body'] extends TSchema ? Static<E['body']> : undefined
  readonly idempotencyKey: E['idempotencyKey'] extends 'required' ? string : string | undefined
  readonly language: Language
  readonly client: Client
  /** What only a few endpoints need of HTTP: cookies in and out, and the raw stream. */
  readonly http: Http
}

export type Language = 'ko' | 'en'

/** The machine at the other end, as far as it can be known. */
export type Client = {
  readonly address: string
  readonly userAgent: string
  /** True for our own web app, which keeps its tokens in cookies no script can read. */
  readonly isBrowser: boolean
  /** Whether the connection has been cut meanwhile: nobody will hear the answer. Left out: nobody can tell. */
  readonly isGone?: () => boolean
}

export type Http = {
  readonly cookie: (name: string) => string | undefined
  readonly setCookie: (name: string, value: string, maxAgeSeconds: number) => void
  readonly clearCookie: (name: string) => void
  readonly bearer: string | undefined
  readonly header: (name: string) => string | undefined
  readonly setHeader: (name: string, value: string) => void
  /** Turns the reply into a stream of server-sent events. */
  readonly openStream: () => EventStream
}

export type EventStream = {
  readonly send: (event: string, data: unknown, id?: string) => void
  readonly end: () => void
  readonly onClose: (callback: () => void) => void
}

type ReplyOf<E extends Endpoint> = E['text'] extends string
  ? string
  : E['reply'] extends TSchema
    ? Static<E['reply']>
    : // biome-ignore lint/suspicious/noConfusingVoidType: an async handler without a return gives exactly this
      void

export type Handler<E extends Endpoint> = (asked: Asked<E>) => Promise<ReplyOf<E>> | ReplyOf<E>

export type Route = { readonly endpoint: Endpoint; readonly handle: (asked: Asked<Endpoint>) => Promise<unknown> }

/** Declares an endpoint, keeping its exact type. */
export function endpoint<const E extends Endpoint>(declared: E): E {
  return declared
}

/** Binds an endpoint to what it does: the one line in `routes.ts`. */
export function serve<E extends Endpoint>(declared: E, handler: Handler<E>): Route {
  return { endpoint: declared, handle: async (asked) => handler(asked as unknown as Asked<E>) }
}
