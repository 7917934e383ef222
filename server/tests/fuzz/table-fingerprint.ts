import type pg from 'pg'

/*
 * Whether a request has changed anything. Asking for a sum over every row of every table each time would take all
 * day, so PostgreSQL is asked first whether any transaction has written at all: only then are the sums compared.
 */

/** Rows and a sum over their contents, by table. */
export type Fingerprint = Readonly<Record<string, string>>

export type Watch = {
  /** Call it before a request; it costs more only after something has been written. */
  readonly before: () => Promise<void>
  /** The tables that are not as they were. */
  readonly changed: () => Promise<string[]>
}

/** Rows that only say that nothing has happened yet, and may be made by whoever looks first. */
const EMPTY_BEGINNINGS: Readonly<Record<string, string>> = {
  rounds_state: 'where rounds > 0',
  gacha_stock: 'where taken > 0',
}

export async function watchTables(pool: pg.Pool): Promise<Watch> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'migrations' order by 1`,
  )
  const sums = tables
    .map(
      ({ name }) =>
        `select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as sum
           from ${name} t ${EMPTY_BEGINNINGS[name] ?? ''}`,
    )
    .join(' union all ')
  const fingerprint = async (): Promise<Fingerprint> =>
    Object.fromEntries((await pool.query<{ name: string; sum: string }>(sums)).rows.map(({ name, sum }) => [name, sum]))
  // Moves when a transaction that wrote or locked anything has ended, however it ended.
  const moment = async (): Promise<string> =>
    (await pool.query<{ at: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as at')).rows[0]?.at ?? ''

  let known = { moment: '', fingerprint: {} as Fingerprint }
  return {
    before: async () => {
      const now = await moment()
      if (now !== known.moment) known = { moment: now, fingerprint: await fingerprint() }
    },
    changed: async () => {
      const now = await moment()
      if (now === known.moment) return []
      const { fingerprint: then } = known
      known = { moment: now, fingerprint: await fingerprint() }
      return Object.keys(then).filter((table) => then[table] !== known.fingerprint[table])
    },
  }
}
