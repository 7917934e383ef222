import type { InviteReason, InviteVerdict } from '#server-link/api.types.ts'

/** Codes are pasted from chats, with blanks and invisible signs around them. What else counts, the server knows. */
export function tidyCode(typed: string): string {
  return typed.replace(/[\s\u200b-\u200d\ufeff]+/g, '').slice(0, 64)
}

/** Below this a code cannot be one, so asking the server would only say "unknown" while somebody types. */
export const shortestCode = 4

export const askDelayMs = 350

const reasons: readonly InviteReason[] = ['unknown', 'expired', 'used_up', 'disabled']

/** A reason that this version does not know is told as `unknown`, never as a blank line. */
export function reasonOf(verdict: Pick<InviteVerdict, 'reason'>): InviteReason {
  return reasons.find((reason) => reason === verdict.reason) ?? 'unknown'
}
