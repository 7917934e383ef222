/**
 * The three ways to fail.
 *
 * Refusal: you may not (the caller can do something about it). Outage: not now, try again.
 * Bug: we were wrong; anything thrown that is neither of the first two counts as one.
 */

/** A way of saying no. Declared once, in a module's `contract.ts`, and thrown by its use cases. */
export type RefusalKind = {
  /** Stable for clients: `module.what_is_wrong`. */
  readonly code: string
  /** The HTTP status it becomes at the very last step. */
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429
  /** One sentence for the person in front of the screen; `{name}` takes a value from the details. */
  readonly ko: string
  readonly en: string
  /** Makes the refusal to throw. The details are shown to the client: nothing secret, nothing personal. */
  readonly with: (details?: RefusalDetails) => Refusal
}

export type RefusalDetails = Readonly<Record<string, string | number | bigint | boolean | null>>

/** Thrown to say no. Nothing has been changed: the transaction it leaves through is rolled back. */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly details: RefusalDetails

  constructor(kind: RefusalKind, details: RefusalDetails = {}) {
    super(kind.code)
    this.name = 'Refusal'
    this.kind = kind
    this.details = details
  }
}

/** Thrown when something we depend on is away. The caller may try the same thing again. */
export class Outage extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(what, options)
    this.name = 'Outage'
  }
}

/** Thrown when we were wrong. Nobody outside sees the message. */
export class Bug extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(what, options)
    this.name = 'Bug'
  }
}

export function refusal(declared: Omit<RefusalKind, 'with'>): RefusalKind {
  const kind: RefusalKind = { ...declared, with: (details) => new Refusal(kind, details) }
  return kind
}

export function isRefusal(error: unknown, kind?: RefusalKind): error is Refusal {
  return error instanceof Refusal && (kind === undefined || error.kind === kind)
}

/** For a `switch` that has handled every case, and for what the types cannot say. */
export function never(value: never): never {
  throw new Bug(`unhandled case: ${JSON.stringify(value)}`)
}
