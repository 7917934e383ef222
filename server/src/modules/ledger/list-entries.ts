import type { Reads } from '#platform/postgres/database.ts'
import type { Asset } from '#vocabulary/amount.ts'
import { LARGEST_AMOUNT } from '#vocabulary/amount.ts'
import { readNumberCursor, writeNumberCursor } from '#vocabulary/cursor.ts'
import { type EntryRow, selectEntries } from './ledger.sql.ts'

/**
 * A player's statement in one asset, newest first.
 *
 * @throws Refusal `request.cursor_invalid`
 */
export async function listEntries(
  db: Reads,
  playerId: bigint,
  asked: { asset: Asset; limit: number; cursor?: string | undefined },
): Promise<{ entries: EntryRow[]; nextCursor: string | null }> {
  const below = asked.cursor === undefined ? LARGEST_AMOUNT : readNumberCursor(asked.cursor)
  const rows = await selectEntries(db, playerId, asked.asset, below, asked.limit + 1)
  const entries = rows.slice(0, asked.limit)
  const last = entries.at(-1)
  return { entries, nextCursor: rows.length > asked.limit && last ? writeNumberCursor(last.number) : null }
}
