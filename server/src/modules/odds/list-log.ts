import type { Reads } from '#platform/postgres/database.ts'
import { LARGEST_AMOUNT } from '#vocabulary/amount.ts'
import { readNumberCursor, writeNumberCursor } from '#vocabulary/cursor.ts'
import { type LogRow, selectLog } from './odds.sql.ts'

/**
 * The public log, newest first.
 *
 * @throws Refusal `request.cursor_invalid`
 */
export async function listLog(
  db: Reads,
  asked: { limit: number; cursor?: string | undefined },
): Promise<{ entries: LogRow[]; nextCursor: string | null }> {
  const below = asked.cursor === undefined ? LARGEST_AMOUNT : readNumberCursor(asked.cursor)
  const found = await selectLog(db, below, asked.limit + 1)
  const entries = found.slice(0, asked.limit)
  const last = entries.at(-1)
  return { entries, nextCursor: found.length > asked.limit && last ? writeNumberCursor(last.number) : null }
}
