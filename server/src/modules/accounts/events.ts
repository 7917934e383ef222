import type { Rank } from '#modules/sessions/sessions.rules.ts'
import type { Event } from '#platform/outbox.ts'
import type { Status } from './players.sql.ts'

export function signedUp(playerId: bigint, campaign: string | null, rank: Rank, at: Date): Event {
  return { kind: 'accounts.signed_up', playerId, payload: { campaign, rank }, at }
}

export function loggedIn(playerId: bigint, sessionId: bigint, at: Date): Event {
  return { kind: 'accounts.logged_in', playerId, payload: { session_id: String(sessionId) }, at }
}

export function passwordChanged(playerId: bigint, at: Date): Event {
  return { kind: 'accounts.password_changed', playerId, payload: {}, at }
}

export function identityVerified(playerId: bigint, at: Date): Event {
  return { kind: 'accounts.identity_verified', playerId, payload: {}, at }
}

export function rankChanged(playerId: bigint, from: Rank, to: Rank, at: Date): Event {
  return { kind: 'accounts.rank_changed', playerId, payload: { from, to }, at }
}

export function statusChanged(playerId: bigint, to: Status, at: Date): Event {
  return { kind: 'accounts.status_changed', playerId, payload: { to }, at }
}
