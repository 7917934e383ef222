import type { Reads } from '#platform/postgres/database.ts'
import { LARGEST_AMOUNT } from '#vocabulary/amount.ts'
import { DAY, later, startOfSeoulDay } from '#vocabulary/clock.ts'
import { readNumberCursor, writeNumberCursor } from '#vocabulary/cursor.ts'
import { listRounds } from './list-rounds.ts'
import { type Round, type RoundResult, searchRounds } from './rounds.sql.ts'

/** Rounds that one request looks at, whatever it finds: a few milliseconds, and two busy days of one player. */
const STRETCH = 2_000

export type RoundSearch = {
  readonly game?: string | undefined
  readonly result?: RoundResult | undefined
  /** First and last day in Seoul, both included. */
  readonly fromDay?: string | undefined
  readonly toDay?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/**
 * A player's rounds that match, newest first. The work of one request is bounded, so a page may hold fewer than `limit`
 * rounds, or none, while there is more to look at: only a null cursor means the end.
 *
 * @throws Refusal `request.cursor_invalid`
 */
export async function searchOwnRounds(
  db: Reads,
  playerId: bigint,
  asked: RoundSearch,
): Promise<{ rounds: Round[]; nextCursor: string | null }> {
  // Without a result or a day there is an index for it, and a page reads no more than a page.
  if (asked.result === undefined && asked.fromDay === undefined && asked.toDay === undefined)
    return listRounds(db, playerId, asked)
  const below = asked.cursor === undefined ? LARGEST_AMOUNT : readNumberCursor(asked.cursor)
  const from = asked.fromDay === undefined ? null : startOfSeoulDay(asked.fromDay)
  const until = asked.toDay === undefined ? null : later(startOfSeoulDay(asked.toDay), DAY)
  const filter = { game: asked.game ?? null, result: asked.result ?? null, from, until }
  const found = await searchRounds(db, playerId, below, STRETCH, filter, asked.limit + 1)
  const rounds = found.rounds.slice(0, asked.limit)
  const last = rounds.at(-1)
  if (found.rounds.length > asked.limit && last) return { rounds, nextCursor: writeNumberCursor(last.id) }
  // Ids grow with time, so below a stretch that reaches back before the first day nothing can match.
  const isPast = from !== null && found.oldest !== null && found.oldest < from
  const isOver = found.isEnd || isPast
  return { rounds, nextCursor: isOver || found.reached === null ? null : writeNumberCursor(found.reached) }
}
