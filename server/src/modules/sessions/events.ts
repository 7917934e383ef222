import type { Event } from '#platform/outbox.ts'
import type { EndReason } from './sessions.rules.ts'

/** A player's session is over, for whatever reason. */
export function sessionEndedEvent(playerId: bigint, sessionId: bigint, reason: EndReason, at: Date): Event {
  return { kind: 'sessions.session_ended', playerId, payload: { session_id: String(sessionId), reason }, at }
}

/** A spent refresh token was shown again: somebody else may have it. The session has ended with it. */
export function tokenReusedEvent(playerId: bigint, sessionId: bigint, at: Date): Event {
  return { kind: 'sessions.token_reused', playerId, payload: { session_id: String(sessionId) }, at }
}
