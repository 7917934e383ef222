import { hotStatement, type Reads, type Tx } from '#platform/postgres/database.ts'
import type { MonitorState } from './monitor.rules.ts'

export type WatchRow = {
  game: string
  config_id: bigint
  rounds: bigint
  staked: bigint
  paid: bigint
  impossible: bigint
  counts: unknown
  log_evidence: number
  highest_log_evidence: number
  state: MonitorState
  state_since: Date
  watched_since: Date
  last_round_at: Date
}

const COLUMNS = `game, config_id, rounds, staked, paid, impossible, counts, log_evidence, highest_log_evidence, state,
  state_since, watched_since, last_round_at`

const openStatement = hotStatement<never>(
  'monitor_open',
  `insert into monitor_game (game, config_id, counts, state_since, watched_since, last_round_at)
   select game, config_id, counts, at, at, at
     from unnest($1::text[], $2::bigint[], $3::jsonb[], $4::timestamptz[]) as new (game, config_id, counts, at)
    order by game, config_id
       on conflict do nothing`,
)
const lockStatement = hotStatement<WatchRow>(
  'monitor_lock',
  `select ${COLUMNS} from unnest($1::text[], $2::bigint[]) as asked (game, config_id)
     join monitor_game g using (game, config_id)
    order by g.game, g.config_id
      for update of g`,
)

export type NewWatch = {
  readonly game: string
  readonly configId: bigint
  readonly counts: unknown
  readonly at: Date
}

/** Locks these rows in order of game and configuration, and makes those that are not there yet. */
export async function lockWatches(tx: Tx, watches: readonly NewWatch[]): Promise<WatchRow[]> {
  const keys = [watches.map(({ game }) => game), watches.map(({ configId }) => configId)]
  const first = [watches.map(({ counts }) => JSON.stringify(counts)), watches.map(({ at }) => at)]
  await tx.run(openStatement, [...keys, ...first])
  return tx.run(lockStatement, keys)
}

const saveStatement = hotStatement<never>(
  'monitor_save',
  `update monitor_game g
      set rounds = n.rounds, staked = n.staked, paid = n.paid, impossible = n.impossible, counts = n.counts,
          log_evidence = n.log_evidence, highest_log_evidence = n.highest_log_evidence, state = n.state,
          state_since = n.state_since, last_round_at = n.last_round_at
     from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::jsonb[],
                 $8::float8[], $9::float8[], $10::text[], $11::timestamptz[], $12::timestamptz[])
       as n (game, config_id, rounds, staked, paid, impossible, counts, log_evidence, highest_log_evidence, state,
             state_since, last_round_at)
    where g.game = n.game and g.config_id = n.config_id`,
)

export async function saveWatches(tx: Tx, rows: readonly WatchRow[]): Promise<void> {
  await tx.run(saveStatement, [
    rows.map((row) => row.game),
    rows.map((row) => row.config_id),
    rows.map((row) => row.rounds),
    rows.map((row) => row.staked),
    rows.map((row) => row.paid),
    rows.map((row) => row.impossible),
    rows.map((row) => JSON.stringify(row.counts)),
    rows.map((row) => row.log_evidence),
    rows.map((row) => row.highest_log_evidence),
    rows.map((row) => row.state),
    rows.map((row) => row.state_since),
    rows.map((row) => row.last_round_at),
  ])
}

const watchesStatement = hotStatement<WatchRow>(
  'monitor_watches',
  `select ${COLUMNS} from monitor_game order by config_id desc limit $1`,
)

/** What was seen of every configuration, the newest first. */
export async function selectWatches(db: Reads, limit: number): Promise<WatchRow[]> {
  return db.run(watchesStatement, [limit])
}
