import type { EventStream, PlayerCaller } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { MINUTE } from '#vocabulary/clock.ts'
import { SESSION_ENDED } from './end-sessions.ts'
import { hasRunOut, lifetimesOf } from './sessions.rules.ts'
import { selectSessions } from './sessions.sql.ts'

/** How often a stream looks again by itself: for sessions that run out, and should a wake-up get lost. */
const LOOK_AGAIN_MS = MINUTE

/**
 * Ends an open stream when its session ends: at once where the hub says so, within a minute in any case.
 * The stream gets `session_ended` with the reason first.
 */
export async function watchSession(
  app: App,
  { sessionId }: Pick<PlayerCaller, 'sessionId'>,
  stream: EventStream,
): Promise<void> {
  let isOver = false
  const look = async (): Promise<void> => {
    const [session] = await selectSessions(app.db, [sessionId])
    const reason = !session
      ? 'expired'
      : (session.ended_reason ??
        (hasRunOut(
          session,
          lifetimesOf(app.config, session.player_id === null ? 'operator' : 'player').idleMs,
          app.clock.now(),
        )
          ? 'expired'
          : null))
    // Two looks may be on their way at once; only the first may write to a stream it then ends.
    if (reason === null || isOver) return
    isOver = true
    stream.send('session_ended', { reason })
    stream.end()
  }
  const lookAgain = () => void look().catch((error) => app.log.warn({ err: error }, 'a stream could not look again'))

  const stopListening = app.hub.on(SESSION_ENDED, (key) => {
    if (key === String(sessionId) || key === '*') lookAgain()
  })
  const timer = setInterval(lookAgain, LOOK_AGAIN_MS)
  stream.onClose(() => {
    isOver = true
    stopListening()
    clearInterval(timer)
  })
  // The session may have ended between the check at the door and the first moment of listening.
  await look()
}
