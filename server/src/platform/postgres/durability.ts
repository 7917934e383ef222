import type { ClientBase, Pool } from 'pg'
import { CannotStart } from '#platform/postgres/embedded-cannot-start.ts'

const UNSAFE_WHEN_OFF = ['fsync', 'full_page_writes', 'synchronous_commit'] as const

/**
 * Refuses to work on a server that may forget what it has acknowledged: players would lose rounds they
 * have seen. Asks for the settings as this very connection has them (role and database may set their own).
 *
 * @throws CannotStart naming what is off and how to turn it on.
 */
export async function refuseUnsafeDurability(client: ClientBase | Pool): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string; source: string }>(
    `select name, setting, source from pg_settings where name = any('{${UNSAFE_WHEN_OFF.join(',')}}')`,
  )
  const off = rows.filter((each) => each.setting === 'off')
  if (off.length === 0) return
  const names = off.map((each) => `${each.name} is off (set by: ${each.source})`).join(', ')
  throw new CannotStart(
    `This PostgreSQL may lose committed rounds when it crashes: ${names}. Casino Club only runs with fsync, full_page_writes and synchronous_commit on. Turn them on (ALTER SYSTEM RESET ${off[0]?.name}; SELECT pg_reload_conf();), and look at ALTER ROLE / ALTER DATABASE … SET too.`,
  )
}
