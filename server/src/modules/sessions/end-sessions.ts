import { wake } from '#platform/hub.ts'
import { tell } from '#platform/outbox.ts'
import type { Tx } from '#platform/postgres/database.ts'
import type { App } from '#server/app.ts'
import { sessionEndedEvent } from './events.ts'
import type { EndReason } from './sessions.rules.ts'
import { lockOpenSessions, lockSession, markEnded, type SubjectId } from './sessions.sql.ts'

/** The hub's topic; the key is the session's id. */
export const SESSION_ENDED = 'session-ended'

/**
 * Ends one session of a subject. Requests with its tokens fail from the commit on, open streams close.
 *
 * @returns false when the subject has no such session, or it had ended already.
 */
export async function endSession(
  app: App,
  tx: Tx,
  subject: SubjectId,
  sessionId: bigint,
  reason: EndReason,
): Promise<boolean> {
  const session = await lockSession(tx, sessionId)
  const isTheirs =
    subject.kind === 'player' ? session?.player_id === subject.playerId : session?.operator_id === subject.operatorId
  if (!session || !isTheirs || session.ended_at !== null) return false
  await finishSessions(app, tx, subject, [{ id: sessionId, reason }])
  return true
}

/** Ends all sessions of a subject, but for one if so wished. @returns how many. */
export async function endSessions(
  app: App,
  tx: Tx,
  subject: SubjectId,
  reason: EndReason,
  exceptId?: bigint,
): Promise<number> {
  const open = (await lockOpenSessions(tx, subject)).filter(({ id }) => id !== exceptId)
  await finishSessions(
    app,
    tx,
    subject,
    open.map(({ id }) => ({ id, reason })),
  )
  return open.length
}

/** Writes, wakes and tells. The sessions are locked by the caller. */
export async function finishSessions(
  app: App,
  tx: Tx,
  subject: SubjectId,
  ending: readonly { readonly id: bigint; readonly reason: EndReason }[],
): Promise<void> {
  const now = app.clock.now()
  for (const [reason, each] of Map.groupBy(ending, ({ reason }) => reason)) {
    const ids = each.map(({ id }) => id)
    await markEnded(tx, ids, reason, now)
    for (const id of ids) await wake(tx, SESSION_ENDED, String(id))
    if (subject.kind === 'player')
      await tell(
        tx,
        ids.map((id) => sessionEndedEvent(subject.playerId, id, reason, now)),
      )
  }
}
