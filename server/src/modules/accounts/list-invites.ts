import type { App } from '#server/app.ts'
import { readNumberCursor, writeNumberCursor } from '#vocabulary/cursor.ts'
import type { Invite } from './invites.rules.ts'
import { selectInvites } from './invites.sql.ts'

/** One page, newest first. @throws Refusal `request.cursor_invalid` */
export async function listInvites(
  app: App,
  { limit, cursor }: { limit: number; cursor: string | undefined },
): Promise<{ readonly invites: Invite[]; readonly nextCursor: string | null }> {
  const below = cursor === undefined ? 2n ** 62n : readNumberCursor(cursor)
  const found = await selectInvites(app.db, below, limit + 1)
  const invites = found.slice(0, limit)
  const last = invites.at(-1)
  return { invites, nextCursor: found.length > limit && last ? writeNumberCursor(last.id) : null }
}
