import { Collector } from '#platform/collector.ts'
import type { Tx, Write } from '#platform/postgres/database.ts'
import type { Caller } from '#platform/route/endpoint.ts'
import * as frame from '#platform/route/frame-refusals.ts'
import type { App } from '#server/app.ts'
import { MINUTE } from '#vocabulary/clock.ts'
import { isRefusal } from '#vocabulary/failure.ts'
import { type AccessClaims, accessTokens } from './access-token.ts'
import { subjectOf } from './refresh-session.ts'
import { hasRunOut, lifetimesOf } from './sessions.rules.ts'
import { type SessionRow, selectSessions, sessionsStand, touchSessions } from './sessions.sql.ts'

/** One transaction for all the sessions that turn out to be in use within this time. */
const GATHERED_MS = 250

/**
 * Says who is behind an access token.
 *
 * The signature is checked once per token and remembered; the session's row is asked for with every
 * request. So a logout, a ban or another rank counts from its commit on, in every process. Rounds may go by a session
 * found a moment ago (decision 0046), which the statement of `stands` then checks in their own transaction.
 */
export type Authentication = {
  /**
   * What a token says. Its signature holds; whether its session still stands is for `look` or `lookTogether` to see.
   *
   * @throws Refusal `session.missing` (not one of our tokens), `session.token_expired`.
   */
  readonly read: (token: string) => AccessClaims
  /**
   * Looks at the session, with one query for all requests that arrived together.
   *
   * @throws Refusal `session.ended` (with `reason` where one is known), `session.missing`.
   */
  readonly look: (claims: AccessClaims) => Promise<Caller>
  /**
   * Looks at the sessions of many in a transaction.
   */
  readonly lookTogether: (tx: Tx, claims: readonly AccessClaims[]) => Promise<LookedSessions>
  /**
   * Who is behind these claims, going by a session found a moment ago; undefined when it has to be looked at again.
   * Nothing may come of it unless `stands` holds in the same transaction. `session` is what to remember from now on.
   */
  readonly recall: (claims: AccessClaims, found: SessionRow) => Recalled | undefined
  /** Fails (`sessions_session_stands_as_found`) when one of these has ended, or has another rank. */
  readonly stands: (found: readonly SessionRow[]) => Write
}

type Recalled = { readonly caller: Caller; readonly session: SessionRow }

export type LookedSessions = {
  /** @throws what `look` throws. */
  readonly whoIs: (claims: AccessClaims) => Caller
  readonly session: (claims: AccessClaims) => SessionRow | undefined
}

export type { SessionRow }

export function openAuthentication(app: App): Authentication {
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

  const judge = (claims: AccessClaims, session: SessionRow | null | undefined, now: Date): Caller => {
    if (!session) throw frame.sessionEnded.with()
    if (session.ended_reason !== null) throw frame.sessionEnded.with({ reason: session.ended_reason })
    const subject = subjectOf(session)
    const subjectId = subject.kind === 'player' ? subject.playerId : subject.operatorId
    if (subject.kind !== claims.kind || subjectId !== claims.subjectId) throw frame.sessionMissing.with()

    if (hasRunOut(session, lifetimesOf(app.config, subject.kind).idleMs, now))
      throw frame.sessionEnded.with({ reason: 'expired' })
    if (isToBeNoted(session, now)) touch(session.id)
    return { ...subject, sessionId: session.id }
  }
  const isToBeNoted = ({ last_used_at }: SessionRow, now: Date): boolean =>
    now.getTime() - last_used_at.getTime() >= MINUTE
  /** As it is once its use is noted, so that it is not noted with every request until somebody looks again. */
  const noted = (session: SessionRow, now: Date): SessionRow =>
    isToBeNoted(session, now) ? { ...session, last_used_at: now } : session

  return {
    read: (token) => tokens.verify(token, app.clock.now()),
    look: async (claims) => judge(claims, await lookUp.ask(claims.sessionId), app.clock.now()),
    lookTogether: async (tx, all) => {
      const ids = all.map(({ sessionId }) => sessionId)
      const rows = ids.length > 0 ? await selectSessions(tx, ids) : []
      const byId = new Map(rows.map((row) => [row.id, row]))
      const now = app.clock.now()
      return {
        whoIs: (claims) => judge(claims, byId.get(claims.sessionId), now),
        // As it was found, however its use is noted: of one that has run out nothing is to be remembered but that.
        session: ({ sessionId }) => byId.get(sessionId),
      }
    },
    recall: (claims, found) => {
      const now = app.clock.now()
      if (claims.sessionId !== found.id) return undefined
      try {
        return { caller: judge(claims, found, now), session: noted(found, now) }
      } catch (error) {
        if (isRefusal(error)) return undefined
        throw error
      }
    },
    stands: sessionsStand,
  }
}

// Writes the time of last use behind the requests, many sessions at once. Losing it loses a minute.
function touchBehind(app: App): (sessionId: bigint) => void {
  const waiting = new Set<bigint>()
  let isOnItsWay = false

  const flush = async (): Promise<void> => {
    const ids = [...waiting]
    try {
      await app.inTransaction((tx) => touchSessions(tx, ids, app.clock.now()))
    } catch (error) {
      app.log.debug({ err: error }, 'the time of last use was not written')
    }
    for (const id of ids) waiting.delete(id)
    isOnItsWay = false
    if (waiting.size > 0) start()
  }
  const start = (): void => {
    isOnItsWay = true
    setTimeout(() => void flush(), GATHERED_MS).unref()
  }
  return (sessionId) => {
    waiting.add(sessionId)
    if (!isOnItsWay) start()
  }
}
