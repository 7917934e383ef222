import type { App } from '#server/app.ts'
import { hasRunOut, lifetimesOf } from './sessions.rules.ts'
import { type ListedSession, type SubjectId, selectOpenSessions } from './sessions.sql.ts'

/** A subject's living sessions, newest first. */
export async function listSessions(app: App, subject: SubjectId): Promise<ListedSession[]> {
  const { idleMs } = lifetimesOf(app.config, subject.kind)
  const now = app.clock.now()
  return (await selectOpenSessions(app.db, subject)).filter((session) => !hasRunOut(session, idleMs, now))
}
