import type { Reads } from '#platform/postgres/database.ts'
import { LARGEST_AMOUNT } from '#vocabulary/amount.ts'
import { readNumberCursor, writeNumberCursor } from '#vocabulary/cursor.ts'
import { type EndedSession, SESSION_GAP_MS, sessionPlayedUntil } from './rounds.rules.ts'
import { readStates, selectSessions } from './rounds.sql.ts'

/** A session as a player sees it: `endedAt` is null while another round would still belong to it. */
export type Session = Omit<EndedSession, 'endedAt'> & { readonly endedAt: Date | null }

/**
 * A player's sessions in one game, newest first.
 *
 * The newest is kept with the player's state until the next one begins, so it is put in front here.
 *
 * @throws Refusal `request.cursor_invalid`
 */
export async function listSessions(
  db: Reads,
  playerId: bigint,
  asked: { game: string; limit: number; cursor?: string | undefined; now: Date },
): Promise<{ sessions: Session[]; nextCursor: string | null }> {
  const below = asked.cursor === undefined ? LARGEST_AMOUNT : readNumberCursor(asked.cursor)
  const kept: Session[] = await selectSessions(db, playerId, asked.game, below, asked.limit + 1)
  const newest = (await readStates(db, playerId)).find((state) => state.game === asked.game)
  const playedUntil = newest ? sessionPlayedUntil(newest) : null
  if (newest?.sessionStarted && playedUntil && newest.sessionNumber < below) {
    const isOpen = asked.now.getTime() - playedUntil.getTime() < SESSION_GAP_MS
    kept.unshift({
      playerId,
      game: newest.game,
      number: newest.sessionNumber,
      startedAt: newest.sessionStarted,
      endedAt: isOpen ? null : playedUntil,
      rounds: newest.sessionRounds,
      staked: newest.sessionStaked,
      paid: newest.sessionPaid,
    })
  }
  const sessions = kept.slice(0, asked.limit)
  const last = sessions.at(-1)
  return { sessions, nextCursor: kept.length > asked.limit && last ? writeNumberCursor(last.number) : null }
}
