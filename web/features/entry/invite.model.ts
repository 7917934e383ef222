import type { InviteReason, InviteVerdict } from '#server-link/api.types.ts'

/** Codes are read aloud and pasted from chats: blanks and hyphens around them mean nothing. */
export function tidyCode(typed: string): string {
  return typed.replace(/[\s​-]+/g, '').slice(0, 32)
}

/** Below this a code cannot be one, so asking the server would only say "unknown" while somebody types. */
export const shortestCode = 4

export const askDelayMs = 350

const reasons: readonly InviteReason[] = ['unknown', 'expired', 'used_up', 'disabled']

/** A reason that this version does not know is told as `unknown`, never as a blank line. */
export function reasonOf(verdict: Pick<InviteVerdict, 'reason'>): InviteReason {
  return reasons.find((reason) => reason === verdict.reason) ?? 'unknown'
}
