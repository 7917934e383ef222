import type { Rank } from '#modules/sessions/sessions.rules.ts'
import type { Reads, Tx } from '#platform/postgres/database.ts'

/* Every query on accounts_player. */

export type Status = 'active' | 'banned'

export type Player = {
  readonly id: bigint
  readonly site_id: string
  readonly nickname: string
  readonly phone_last4: string | null
  readonly rank: Rank
  readonly status: Status
  readonly created_at: Date
  readonly last_login_at: Date | null
  readonly verified_at: Date | null
  readonly is_shown_among_winners: boolean
}

const COLUMNS = [
  'id',
  'site_id',
  'nickname',
  'phone_last4',
  'rank',
  'status',
  'created_at',
  'last_login_at',
  'verified_at',
  'is_shown_among_winners',
] as const

type Narrow = { rank: Rank; status: Status }

export async function selectPlayer(db: Reads, id: bigint): Promise<Player | undefined> {
  return db.sql
    .selectFrom('accounts_player')
    .select(COLUMNS)
    .where('id', '=', id)
    .$narrowType<Narrow>()
    .executeTakeFirst()
}

/** Without those who do not want to be shown. */
export async function selectShownNicknames(
  db: Reads,
  ids: readonly bigint[],
): Promise<{ readonly id: bigint; readonly nickname: string }[]> {
  return db.sql
    .selectFrom('accounts_player')
    .select(['id', 'nickname'])
    .where('id', 'in', ids)
    .where('is_shown_among_winners', '=', true)
    .execute()
}

export async function selectPasswordHash(
  db: Reads,
  siteId: string,
): Promise<{ id: bigint; password_hash: string } | undefined> {
  return db.sql
    .selectFrom('accounts_player')
    .select(['id', 'password_hash'])
    .where('site_id', '=', siteId)
    .executeTakeFirst()
}

export type LockedPlayer = Player & {
  readonly password_hash: string
  readonly ci_hash: Buffer | null
  readonly birth_year: number | null
}

/**
 * The lock under which a player's logins, sessions and standing change. `no key update`: a round that
 * only refers to the player does not wait for it.
 */
export async function lockPlayer(tx: Tx, id: bigint): Promise<LockedPlayer | undefined> {
  return tx.sql
    .selectFrom('accounts_player')
    .select([...COLUMNS, 'password_hash', 'ci_hash', 'birth_year'])
    .where('id', '=', id)
    .$narrowType<Narrow>()
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export type NewPlayer = {
  readonly siteId: string
  readonly nickname: string
  readonly nicknameKey: string
  readonly phone: { readonly last4: string; readonly hash: Buffer } | null
  readonly passwordHash: string
  readonly rank: Rank
  readonly inviteId: bigint
  readonly at: Date
}

export async function insertPlayer(tx: Tx, player: NewPlayer): Promise<Player> {
  return tx.sql
    .insertInto('accounts_player')
    .values({
      site_id: player.siteId,
      nickname: player.nickname,
      nickname_key: player.nicknameKey,
      phone_last4: player.phone?.last4 ?? null,
      phone_hash: player.phone?.hash ?? null,
      password_hash: player.passwordHash,
      rank: player.rank,
      invite_id: player.inviteId,
      created_at: player.at,
      last_login_at: player.at,
    })
    .returning(COLUMNS)
    .$narrowType<Narrow>()
    .executeTakeFirstOrThrow()
}

type Changes = {
  password_hash?: string
  last_login_at?: Date
  rank?: Rank
  status?: Status
  birth_year?: number
  ci_hash?: Buffer
  verified_at?: Date
  is_shown_among_winners?: boolean
}

export async function updatePlayer(tx: Tx, id: bigint, changes: Changes): Promise<void> {
  await tx.sql.updateTable('accounts_player').set(changes).where('id', '=', id).execute()
}
