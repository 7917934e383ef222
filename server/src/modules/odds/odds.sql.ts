import { hotStatement, type Reads, type Tx } from '#platform/postgres/database.ts'

export type ConfigRow = { id: bigint; game: string; hash: string; config: unknown; published_at: Date }

const liveStatement = hotStatement<ConfigRow>(
  'odds_live',
  'select id, game, hash, config, published_at from odds_config where game = $1 order by id desc limit 1',
)

export async function selectLive(db: Reads, game: string): Promise<ConfigRow | undefined> {
  const [row] = await db.run(liveStatement, [game])
  return row
}

/** Publishing waits for publishing: what "the newest" is must not change while it is compared with. */
export async function lockPublishing(tx: Tx): Promise<void> {
  await tx.run(hotStatement('odds_lock', `select pg_advisory_xact_lock(hashtext('odds publishing'))`), [])
}

export async function insertConfig(
  tx: Tx,
  row: { game: string; hash: string; config: string; at: Date },
): Promise<bigint> {
  const { id } = await tx.sql
    .insertInto('odds_config')
    .values({ game: row.game, hash: row.hash, config: row.config, published_at: row.at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const configsStatement = hotStatement<ConfigRow>(
  'odds_configs',
  'select id, game, hash, config, published_at from odds_config where id = any($1::bigint[]) order by id',
)

export async function selectConfigs(db: Reads, ids: readonly bigint[]): Promise<ConfigRow[]> {
  return ids.length === 0 ? [] : db.run(configsStatement, [ids])
}

export type LogRow = { number: bigint; subject: string; body: string; previous_hash: string; hash: string }

export async function insertLogEntry(tx: Tx, row: LogRow): Promise<void> {
  await tx.sql.insertInto('odds_log').values(row).execute()
}

export async function selectLogEntryOf(tx: Tx, subject: string): Promise<LogRow | undefined> {
  return tx.sql.selectFrom('odds_log').selectAll().where('subject', '=', subject).executeTakeFirst()
}

const lastSubjectStatement = hotStatement<{ last: string | null }>(
  'odds_last_subject',
  `select max(subject collate "C") as last from odds_log where starts_with(subject, $1)`,
)

/** The last subject, in the order of its letters, of those that begin so. */
export async function selectLastSubject(tx: Tx, beginning: string): Promise<string | null> {
  const [row] = await tx.run(lastSubjectStatement, [beginning])
  return row?.last ?? null
}

export async function selectLastLogEntry(tx: Tx): Promise<LogRow | undefined> {
  return tx.sql.selectFrom('odds_log').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst()
}

export async function selectLog(db: Reads, below: bigint, limit: number): Promise<LogRow[]> {
  return db.sql
    .selectFrom('odds_log')
    .selectAll()
    .where('number', '<', below)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
}
