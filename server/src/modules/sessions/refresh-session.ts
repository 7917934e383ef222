import { tell } from '#platform/outbox.ts'
import * as frame from '#platform/route/frame-refusals.ts'
import type { App } from '#server/app.ts'
import { Bug } from '#vocabulary/failure.ts'
import { finishSessions } from './end-sessions.ts'
import { tokenReusedEvent } from './events.ts'
import { drawSalt, successorOf, tokenHash } from './refresh-token.ts'
import { hasRunOut, judgeToken, lifetimesOf, type Subject } from './sessions.rules.ts'
import {
  insertToken,
  lockSession,
  newestRotation,
  type SessionRow,
  selectToken,
  spendToken,
  touchSessions,
} from './sessions.sql.ts'
import { type Tokens, tokensOf } from './start-session.ts'

/**
 * Spends a refresh token and gives its successor, with a new access token.
 *
 * The same token again within ten seconds, before its successor is spent, gives the same successor: two
 * tabs, or an answer that got lost. Any other use of a spent token ends the session, its successor included.
 *
 * @throws Refusal `session.ended`, with `reason` where one is known.
 */
export async function refreshSession(app: App, token: string, kind: Subject['kind']): Promise<Tokens> {
  const hash = tokenHash(token)
  const shown = hash && (await selectToken(app.db, hash))
  if (!shown) throw frame.sessionEnded.with()

  // Reuse must end the session for good, so it leaves the transaction as an outcome, not as a throw.
  const outcome = await app.inTransaction(async (tx) => {
    // Lock before looking: of parallel refreshes each then finds what the one before has spent.
    const session = await lockSession(tx, shown.session_id)
    const known = await selectToken(tx, hash)
    if (!session || !known) return { ended: null }
    const subject = subjectOf(session)
    if (subject.kind !== kind) return { ended: null }
    if (session.ended_reason !== null) return { ended: session.ended_reason }

    const now = app.clock.now()
    if (hasRunOut(session, lifetimesOf(app.config, kind).idleMs, now)) {
      await finishSessions(app, tx, subject, [{ id: session.id, reason: 'expired' }])
      return { ended: 'expired' as const }
    }

    switch (judgeToken(known, await newestRotation(tx, session.id), now)) {
      case 'theft':
        if (subject.kind === 'player') await tell(tx, [tokenReusedEvent(subject.playerId, session.id, now)])
        await finishSessions(app, tx, subject, [{ id: session.id, reason: 'token_reused' }])
        return { ended: 'token_reused' as const, sessionId: session.id }
      case 'repeat': {
        if (!known.successor_salt) throw new Bug(`session ${session.id}: the last spent token has lost its salt`)
        const successor = successorOf(token, known.successor_salt, app.config.PII_KEY)
        return { tokens: tokensOf(app, subject, session.id, successor, session.ends_at) }
      }
      case 'rotate': {
        const salt = drawSalt()
        const successor = successorOf(token, salt, app.config.PII_KEY)
        const successorHash = tokenHash(successor)
        if (!successorHash) throw new Bug('a refresh token of the wrong shape was made')
        await spendToken(tx, hash, known, salt, now)
        await insertToken(tx, {
          tokenHash: successorHash,
          sessionId: session.id,
          rotation: known.rotation + 1,
          at: now,
        })
        await touchSessions(tx, [session.id], now)
        return { tokens: tokensOf(app, subject, session.id, successor, session.ends_at) }
      }
    }
  })
  if ('tokens' in outcome) return outcome.tokens
  if (outcome.ended === 'token_reused')
    app.log.warn({ session_id: 'sessionId' in outcome ? String(outcome.sessionId) : null }, 'a spent refresh token')
  throw frame.sessionEnded.with(outcome.ended === null ? {} : { reason: outcome.ended })
}

export function subjectOf(session: SessionRow): Subject {
  if (session.player_id !== null && session.rank !== null)
    return { kind: 'player', playerId: session.player_id, rank: session.rank }
  if (session.operator_id !== null)
    return { kind: 'operator', operatorId: session.operator_id, secondFactor: session.second_factor }
  throw new Bug(`session ${session.id} is nobody's`)
}
