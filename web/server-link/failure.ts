import type { Problem } from './api.types.ts'

/** The server said no, and why: `code` is stable, `message` is a sentence in the player's language. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  readonly code: string
  readonly requestId: string | null
  readonly retryAfterSeconds: number | null
  readonly facts: Readonly<Record<string, unknown>>

  constructor(status: number, problem: Partial<Problem>, retryAfterSeconds: number | null) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`)
    this.status = status
    this.code = problem.code ?? 'unknown'
    this.requestId = problem.request_id ?? null
    this.retryAfterSeconds = retryAfterSeconds
    this.facts = problem
  }

  /** A reason inside the refusal, such as `too_short` of `accounts.password_too_weak`. */
  get reason(): string | null {
    const reason = this.facts['reason']
    return typeof reason === 'string' ? reason : null
  }
}

/** Nobody answered, or an answer that means "try again": whether the request did anything is unknown. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
  readonly requestId: string | null

  constructor(cause: unknown, requestId: string | null = null) {
    super('the server could not be reached', { cause })
    this.requestId = requestId
  }
}

export function isRefused(error: unknown, code?: string): error is Refused {
  return error instanceof Refused && (code === undefined || error.code === code)
}

/** Seconds to wait as a reply states them, in its body or its header. */
export function retryAfterSeconds(response: Response, problem: Partial<Problem>): number | null {
  const stated = problem['retry_after_seconds'] ?? response.headers.get('retry-after')
  const seconds = Number(stated ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null
}
