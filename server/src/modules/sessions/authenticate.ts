import { Collector } from '#platform/collector.ts'
import type { Caller } from '#platform/route/endpoint.ts'
import * as frame from '#platform/route/frame-refusals.ts'
import type { App } from '#server/app.ts'
import { MINUTE } from '#vocabulary/clock.ts'
import { accessTokens } from './access-token.ts'
import { subjectOf } from './refresh-session.ts'
import { hasRunOut, lifetimesOf } from './sessions.rules.ts'
import { type SessionRow, selectSessions, touchSessions } from './sessions.sql.ts'

/**
 * Says who is behind an access token.
 *
 * The signature is checked once per token and remembered; the session's row is asked for with every
 * request, one query for all requests that arrived together. So a logout, a ban or another rank counts
 * from its commit on, in every process, and there is no cache to be wrong.
 *
 * The function it gives throws Refusal `session.missing` (not one of our tokens), `session.token_expired`,
 * `session.ended` (with `reason` where one is known).
 */
export function authenticate(app: App): (token: string) => Promise<Caller> {
  const tokens = accessTokens(app.config)
  const touch = touchBehind(app)
  const lookUp = new Collector<bigint, SessionRow | null>(
    async (ids) => {
      const rows = await selectSessions(app.db, [...new Set(ids)])
      const byId = new Map(rows.map((row) => [row.id, row]))
      return ids.map((id) => byId.get(id) ?? null)
    },
    { largestBatch: 512, inFlight: 2 },
  )

  return async (token) => {
    const claims = tokens.verify(token, app.clock.now())
    const session = await lookUp.ask(claims.sessionId)
    if (!session) throw frame.sessionEnded.with()
    if (session.ended_reason !== null) throw frame.sessionEnded.with({ reason: session.ended_reason })
    const subject = subjectOf(session)
    const subjectId = subject.kind === 'player' ? subject.playerId : subject.operatorId
    if (subject.kind !== claims.kind || subjectId !== claims.subjectId) throw frame.sessionMissing.with()

    const now = app.clock.now()
    if (hasRunOut(session, lifetimesOf(app.config, subject.kind).idleMs, now))
      throw frame.sessionEnded.with({ reason: 'expired' })
    if (now.getTime() - session.last_used_at.getTime() >= MINUTE) touch(session.id)
    return { ...subject, sessionId: session.id }
  }
}

// Writes the time of last use behind the requests, many sessions at once. Losing it loses a minute.
function touchBehind(app: App): (sessionId: bigint) => void {
  const waiting = new Set<bigint>()
  let isOnItsWay = false

  const flush = async (): Promise<void> => {
    while (waiting.size > 0) {
      const ids = [...waiting]
      try {
        await app.inTransaction((tx) => touchSessions(tx, ids, app.clock.now()))
      } catch (error) {
        app.log.debug({ err: error }, 'the time of last use was not written')
      }
      for (const id of ids) waiting.delete(id)
    }
  }
  return (sessionId) => {
    waiting.add(sessionId)
    if (isOnItsWay) return
    isOnItsWay = true
    setImmediate(() => void flush().finally(() => (isOnItsWay = false)))
  }
}
