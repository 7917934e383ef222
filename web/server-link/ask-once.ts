import { Refused } from './failure.ts'

/* A paid act (a spin, a pull) is named by a key of the client's. The server charges a key once at most and gives it the
   same answer for ever, so sending it again is always safe and the only way to learn what became of it. */

export type Outcome<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly refusal: Refused }
  /** Nobody answered, or the answer makes no sense: it may or may not have been done. */
  | { readonly kind: 'lost' }

/** One request, one outcome; never throws. Tests send into a script instead of a network. */
export type Send<Ask, Answer> = (ask: Ask) => Promise<Outcome<Answer>>

/** After this long without an answer the same key is sent once more. */
export const patienceMs = 8_000
const pauseBeforeSecondTryMs = 700

/** Sends, and once more with the same key when nothing comes back. Never throws. */
export async function askOnce<Ask, Answer>(ask: Ask, send: Send<Ask, Answer>): Promise<Outcome<Answer>> {
  const first = await send(ask)
  if (first.kind !== 'lost') return first
  await new Promise((resolve) => setTimeout(resolve, pauseBeforeSecondTryMs))
  return askAgain(ask, send)
}

/** Sends again what may have arrived before. Only a word about the play itself settles it. */
export async function askAgain<Ask, Answer>(ask: Ask, send: Send<Ask, Answer>): Promise<Outcome<Answer>> {
  const outcome = await send(ask)
  return outcome.kind === 'refused' && !isAboutPlay(outcome.refusal.code) ? { kind: 'lost' } : outcome
}

/** "Log in first" or "too many requests" say nothing about what became of a play that was sent before. */
export function isAboutPlay(code: string): boolean {
  return ['slot.', 'gacha.', 'rounds.', 'ledger.', 'limits.'].some((module) => code.startsWith(module))
}

/** The outcome of one call; `read` gives null for an answer that makes no sense. */
export async function outcomeOf<Body, Answer>(
  call: Promise<Body>,
  read: (body: Body) => Answer | null,
): Promise<Outcome<Answer>> {
  try {
    const found = read(await call)
    return found === null ? { kind: 'lost' } : { kind: 'answered', answer: found }
  } catch (error) {
    // A refusal is an answer. Everything else leaves open what happened.
    return error instanceof Refused ? { kind: 'refused', refusal: error } : { kind: 'lost' }
  }
}

/** `crypto.randomUUID` exists on secure origins only; a club in a home network may have none. */
export function newRequestId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = [...bytes].map((byte, place) => {
    const value = place === 6 ? (byte & 0x0f) | 0x40 : place === 8 ? (byte & 0x3f) | 0x80 : byte
    return value.toString(16).padStart(2, '0')
  })
  const part = (from: number, to: number) => hex.slice(from, to).join('')
  return [part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 16)].join('-')
}
