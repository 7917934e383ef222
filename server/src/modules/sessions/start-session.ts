import type { Tx } from '#platform/postgres/database.ts'
import type { Client } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { later } from '#vocabulary/clock.ts'
import { Bug } from '#vocabulary/failure.ts'
import { accessTokens } from './access-token.ts'
import { finishSessions } from './end-sessions.ts'
import { drawToken, tokenHash } from './refresh-token.ts'
import { addressHint, lifetimesOf, type Subject, whichEnd } from './sessions.rules.ts'
import { insertSession, insertToken, lockOpenSessions } from './sessions.sql.ts'

/** What a client gets to be known by. */
export type Tokens = {
  readonly subject: Subject
  readonly sessionId: bigint
  readonly accessToken: string
  readonly accessSeconds: number
  readonly refreshToken: string
  /** How long the refresh token can be of use at most. */
  readonly refreshSeconds: number
}

/**
 * Begins a session and ends the subject's oldest ones beyond the limit.
 *
 * The caller holds the lock of the subject's own row (player or operator): of parallel logins each then
 * sees the sessions of those before it, and the limit holds. Never call it without having checked who it is.
 */
export async function startSession(app: App, tx: Tx, subject: Subject, client: Client): Promise<Tokens> {
  const now = app.clock.now()
  const lifetimes = lifetimesOf(app.config, subject.kind)

  const open = await lockOpenSessions(tx, subject)
  await finishSessions(app, tx, subject, whichEnd(open, lifetimes, now))

  const endsAt = later(now, lifetimes.absoluteMs)
  const sessionId = await insertSession(tx, {
    subject,
    at: now,
    endsAt,
    isBrowser: client.isBrowser,
    // PostgreSQL cannot hold a null character, and nobody needs the other control characters.
    userAgent: client.userAgent.replaceAll(/\p{Cc}/gu, ' '),
    addressHint: addressHint(client.address),
  })
  const refreshToken = drawToken()
  const hash = tokenHash(refreshToken)
  if (!hash) throw new Bug('a refresh token of the wrong shape was drawn')
  await insertToken(tx, { tokenHash: hash, sessionId, rotation: 0, at: now })
  return tokensOf(app, subject, sessionId, refreshToken, endsAt)
}

/** Signs the access token that goes with a refresh token. */
export function tokensOf(app: App, subject: Subject, sessionId: bigint, refreshToken: string, endsAt: Date): Tokens {
  const now = app.clock.now()
  const { accessMs, idleMs } = lifetimesOf(app.config, subject.kind)
  const leftMs = endsAt.getTime() - now.getTime()
  const lifeMs = Math.min(accessMs, leftMs)
  const subjectId = subject.kind === 'player' ? subject.playerId : subject.operatorId
  return {
    subject,
    sessionId,
    accessToken: accessTokens(app.config).sign({ kind: subject.kind, subjectId, sessionId }, now, lifeMs),
    accessSeconds: Math.ceil(lifeMs / 1000),
    refreshToken,
    refreshSeconds: Math.ceil(Math.min(idleMs, leftMs) / 1000),
  }
}
