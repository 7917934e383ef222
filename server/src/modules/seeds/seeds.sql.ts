import { numbers } from '#platform/postgres/columns.ts'
import { hotStatement, type Reads, type Tx, type Write } from '#platform/postgres/database.ts'

export type PairRow = {
  player_id: bigint
  id: bigint
  commitment: Buffer
  sealed_seed: Buffer
  client_seed: string
  next_nonce: bigint
  created_at: Date
  next_commitment: Buffer
  next_sealed_seed: Buffer
}

// Named one by one: a prepared `select *` breaks when a migration adds a column under a running process.
const PAIR_COLUMNS =
  'player_id, id, commitment, sealed_seed, client_seed, next_nonce, created_at, next_commitment, next_sealed_seed'

const lockPairsStatement = hotStatement<PairRow>(
  'seeds_lock_pairs',
  `select ${PAIR_COLUMNS} from seeds_pair where player_id = any($1::bigint[]) order by player_id for update`,
)

/** Locks the pairs of these players, in id order. Who has none yet is not among them. */
export async function lockPairs(tx: Tx, playerIds: readonly bigint[]): Promise<PairRow[]> {
  return tx.run(lockPairsStatement, [playerIds])
}

/** What a round needs of a pair; seed and commitment only when the caller does not know that pair. */
export type PlayedPair = Pick<PairRow, 'player_id' | 'id' | 'client_seed' | 'next_nonce'> & {
  readonly sealed_seed: Buffer | null
  readonly commitment: Buffer | null
}

// Not a join with what is asked for: made while there are few players, its plan would walk all of them, in order.
const lockPlayedStatement = hotStatement<PlayedPair>(
  'seeds_lock_played',
  `select player_id, id, client_seed, next_nonce,
          case when id <> all($2::bigint[]) then sealed_seed end as sealed_seed,
          case when id <> all($2::bigint[]) then commitment end as commitment
     from seeds_pair where player_id = any($1::bigint[])
    order by player_id for update`,
)

/** Locks the pairs of these players, in id order, for a round each. */
export async function lockPlayedPairs(
  tx: Tx,
  playerIds: readonly bigint[],
  knownPairIds: readonly bigint[],
): Promise<PlayedPair[]> {
  return tx.run(lockPlayedStatement, [numbers(playerIds, (id) => id), numbers(knownPairIds, (id) => id)])
}

const insertPairsStatement = hotStatement<never>(
  'seeds_insert_pairs',
  `insert into seeds_pair (player_id, commitment, sealed_seed, next_commitment, next_sealed_seed, client_seed, created_at)
   select * from unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[], $6::text[], $7::timestamptz[])
       on conflict do nothing`,
)

/** A server seed, sealed, and the hash that it is promised by. */
export type Promised = { readonly commitment: Buffer; readonly sealedSeed: Buffer }

export type NewPair = {
  readonly playerId: bigint
  readonly seed: Promised
  readonly nextSeed: Promised
  readonly clientSeed: string
  readonly at: Date
}

/** Does nothing for a player who has a pair already. */
export async function insertPairs(tx: Tx, pairs: readonly NewPair[]): Promise<void> {
  await tx.run(insertPairsStatement, [
    pairs.map((each) => each.playerId),
    pairs.map((each) => each.seed.commitment),
    pairs.map((each) => each.seed.sealedSeed),
    pairs.map((each) => each.nextSeed.commitment),
    pairs.map((each) => each.nextSeed.sealedSeed),
    pairs.map((each) => each.clientSeed),
    pairs.map((each) => each.at),
  ])
}

const countNoncesStatement = hotStatement<never>(
  'seeds_count_nonces',
  `with updated as (
     update seeds_pair p set next_nonce = n.next_nonce
       from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) as n (player_id, id, before, next_nonce)
      where p.player_id = n.player_id and p.id = n.id and p.next_nonce = n.before
     returning 1)
   select house_require_rows(count(*), $5, 'seeds_pair_stands_as_found') from updated`,
)

/** In the order given. Fails (`seeds_pair_stands_as_found`) when one of them is no longer as it was found. */
export function countNonces(pairs: readonly { playerId: bigint; id: bigint; before: bigint; next: bigint }[]): Write {
  return {
    statement: countNoncesStatement,
    values: [
      numbers(pairs, (each) => each.playerId),
      numbers(pairs, (each) => each.id),
      numbers(pairs, (each) => each.before),
      numbers(pairs, (each) => each.next),
      pairs.length,
    ],
  }
}

const replacePairStatement = hotStatement<PairRow>(
  'seeds_replace_pair',
  `update seeds_pair
      set id = nextval(pg_get_serial_sequence('seeds_pair', 'id')), commitment = next_commitment,
          sealed_seed = next_sealed_seed, next_commitment = $2, next_sealed_seed = $3, client_seed = $4,
          next_nonce = 0, created_at = $5
    where player_id = $1
   returning ${PAIR_COLUMNS}`,
)

/** The promised seed takes the place of the current one, and another is promised. */
export async function replacePair(
  tx: Tx,
  { playerId, nextSeed, clientSeed, at }: Omit<NewPair, 'seed'>,
): Promise<PairRow | undefined> {
  const values = [playerId, nextSeed.commitment, nextSeed.sealedSeed, clientSeed, at]
  const [row] = await tx.run(replacePairStatement, values)
  return row
}

export type RevealedRow = {
  player_id: bigint
  id: bigint
  commitment: Buffer
  server_seed: Buffer
  client_seed: string
  rounds: bigint
  created_at: Date
  revealed_at: Date
}

export async function insertRevealed(tx: Tx, row: RevealedRow): Promise<void> {
  await tx.sql.insertInto('seeds_revealed').values(row).execute()
}

export async function selectPair(db: Reads, playerId: bigint): Promise<PairRow | undefined> {
  return db.sql.selectFrom('seeds_pair').selectAll().where('player_id', '=', playerId).executeTakeFirst()
}

export async function selectRevealed(db: Reads, playerId: bigint, ids: readonly bigint[]): Promise<RevealedRow[]> {
  if (ids.length === 0) return []
  return db.sql
    .selectFrom('seeds_revealed')
    .selectAll()
    .where('player_id', '=', playerId)
    .where('id', 'in', [...ids])
    .execute()
}

export async function selectLastRevealed(db: Reads, playerId: bigint): Promise<RevealedRow | undefined> {
  return db.sql
    .selectFrom('seeds_revealed')
    .selectAll()
    .where('player_id', '=', playerId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

const countedRoundsStatement = hotStatement<{ id: bigint; player_id: bigint; rounds: bigint }>(
  'seeds_counted_rounds',
  `select id, player_id, next_nonce as rounds from seeds_pair
    union all select id, player_id, rounds from seeds_revealed`,
)

export async function selectCountedRounds(tx: Tx): Promise<{ id: bigint; player_id: bigint; rounds: bigint }[]> {
  return tx.run(countedRoundsStatement, [])
}

const firstMadeStatement = hotStatement<{ first: Date | null }>(
  'seeds_first_made',
  `select least((select min(created_at) from seeds_pair), (select min(created_at) from seeds_revealed)) as first`,
)

/** When the first pair of all began; null when there is none. */
export async function selectFirstMade(tx: Tx): Promise<Date | null> {
  const [row] = await tx.run(firstMadeStatement, [])
  return row?.first ?? null
}

/** The commitments made in this time, in any order: of pairs played from now, and of revealed ones. */
export async function selectCommitments(tx: Tx, from: Date, to: Date): Promise<Buffer[]> {
  const current = tx.sql
    .selectFrom('seeds_pair')
    .select('commitment')
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
  const revealed = tx.sql
    .selectFrom('seeds_revealed')
    .select('commitment')
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
  return (await current.unionAll(revealed).execute()).map(({ commitment }) => commitment)
}
