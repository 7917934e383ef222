import type { ExpressionBuilder } from 'kysely'
import { numbers, texts } from '#platform/postgres/columns.ts'
import { hotStatement, type Reads, type Tx, type Write } from '#platform/postgres/database.ts'
import type { Tables } from '#platform/postgres/tables.ts'
import type { EndReason, Rank, Subject } from './sessions.rules.ts'

/* Every query on the sessions' tables. */

export type SessionRow = {
  id: bigint
  player_id: bigint | null
  rank: Rank | null
  operator_id: bigint | null
  second_factor: boolean
  last_used_at: Date
  ends_at: Date
  ended_at: Date | null
  ended_reason: EndReason | null
}

const sessionsByIds = hotStatement<SessionRow>(
  'sessions_by_ids',
  `select id, player_id, rank, operator_id, second_factor, last_used_at, ends_at, ended_at, ended_reason
     from sessions_session where id = any($1::bigint[])`,
)

/** All that requests need to know of their sessions, however many requests arrived together. */
export async function selectSessions(db: Reads, ids: readonly bigint[]): Promise<SessionRow[]> {
  return db.run(sessionsByIds, [numbers(ids, (id) => id)])
}

const sessionsStandStatement = hotStatement<never>(
  'sessions_stand',
  `select house_require_rows(count(*), $3, 'sessions_session_stands_as_found')
     from sessions_session
    where id = any($1::bigint[]) and ended_reason is null and rank = ($2::text[])[array_position($1::bigint[], id)]`,
)

/** Fails (`sessions_session_stands_as_found`) when one of these players' sessions has ended, or has another rank. */
export function sessionsStand(found: readonly SessionRow[]): Write {
  return {
    statement: sessionsStandStatement,
    values: [numbers(found, ({ id }) => id), texts(found, ({ rank }) => rank), found.length],
  }
}

const sessionForUpdate = hotStatement<SessionRow>(
  'sessions_lock',
  `select id, player_id, rank, operator_id, second_factor, last_used_at, ends_at, ended_at, ended_reason
     from sessions_session where id = $1 for update`,
)

export async function lockSession(tx: Tx, id: bigint): Promise<SessionRow | undefined> {
  return (await tx.run(sessionForUpdate, [id]))[0]
}

export type OpenSession = { id: bigint; last_used_at: Date; ends_at: Date }

/** A subject's sessions that nobody has ended, locked in id order. */
export async function lockOpenSessions(tx: Tx, subject: SubjectId): Promise<OpenSession[]> {
  return tx.sql
    .selectFrom('sessions_session')
    .select(['id', 'last_used_at', 'ends_at'])
    .where(ownedBy(subject))
    .where('ended_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
}

export type NewSessionRow = {
  readonly subject: Subject
  readonly at: Date
  readonly endsAt: Date
  readonly isBrowser: boolean
  readonly userAgent: string
  readonly addressHint: string
}

export async function insertSession(tx: Tx, row: NewSessionRow): Promise<bigint> {
  const { subject } = row
  const { id } = await tx.sql
    .insertInto('sessions_session')
    .values({
      ...(subject.kind === 'player'
        ? { player_id: subject.playerId, rank: subject.rank }
        : { operator_id: subject.operatorId, second_factor: subject.secondFactor }),
      created_at: row.at,
      last_used_at: row.at,
      ends_at: row.endsAt,
      is_browser: row.isBrowser,
      user_agent: row.userAgent,
      address_hint: row.addressHint,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function markEnded(tx: Tx, ids: readonly bigint[], reason: EndReason, at: Date): Promise<void> {
  await tx.sql
    .updateTable('sessions_session')
    .set({ ended_at: at, ended_reason: reason })
    .where('id', 'in', ids)
    .where('ended_at', 'is', null)
    .execute()
}

export async function markSecondFactor(tx: Tx, id: bigint): Promise<void> {
  await tx.sql.updateTable('sessions_session').set({ second_factor: true }).where('id', '=', id).execute()
}

const touch = hotStatement<never>(
  'sessions_touch',
  // Never waits for anybody: a session that is being changed right now is passed over until the next minute.
  `update sessions_session set last_used_at = $2
    where id in (select id from sessions_session where id = any($1::bigint[]) order by id for update skip locked)
      and last_used_at < $2 and ended_at is null`,
)

export async function touchSessions(tx: Tx, ids: readonly bigint[], at: Date): Promise<void> {
  await tx.run(touch, [ids, at])
}

export type TokenRow = { session_id: bigint; rotation: number; used_at: Date | null; successor_salt: Buffer | null }

const tokenByHash = hotStatement<TokenRow>(
  'sessions_token',
  'select session_id, rotation, used_at, successor_salt from sessions_refresh_token where token_hash = $1',
)

export async function selectToken(db: Reads, tokenHash: Buffer): Promise<TokenRow | undefined> {
  return (await db.run(tokenByHash, [tokenHash]))[0]
}

export async function newestRotation(tx: Tx, sessionId: bigint): Promise<number> {
  const { newest } = await tx.sql
    .selectFrom('sessions_refresh_token')
    .select(({ fn }) => fn.max('rotation').as('newest'))
    .where('session_id', '=', sessionId)
    .executeTakeFirstOrThrow()
  return newest
}

export async function insertToken(
  tx: Tx,
  row: { tokenHash: Buffer; sessionId: bigint; rotation: number; at: Date },
): Promise<void> {
  await tx.sql
    .insertInto('sessions_refresh_token')
    .values({ token_hash: row.tokenHash, session_id: row.sessionId, rotation: row.rotation, issued_at: row.at })
    .execute()
}

/** Spends a token. The salt of the one before it goes: nothing can make this token again from then on. */
export async function spendToken(tx: Tx, tokenHash: Buffer, token: TokenRow, salt: Buffer, at: Date): Promise<void> {
  await tx.sql
    .updateTable('sessions_refresh_token')
    .set({ used_at: at, successor_salt: salt })
    .where('token_hash', '=', tokenHash)
    .execute()
  await tx.sql
    .updateTable('sessions_refresh_token')
    .set({ successor_salt: null })
    .where('session_id', '=', token.session_id)
    .where('rotation', '=', token.rotation - 1)
    .execute()
}

export type ListedSession = {
  id: bigint
  user_agent: string
  address_hint: string
  created_at: Date
  last_used_at: Date
  ends_at: Date
}

export async function selectOpenSessions(db: Reads, subject: SubjectId): Promise<ListedSession[]> {
  return db.sql
    .selectFrom('sessions_session')
    .select(['id', 'user_agent', 'address_hint', 'created_at', 'last_used_at', 'ends_at'])
    .where(ownedBy(subject))
    .where('ended_at', 'is', null)
    .orderBy('id', 'desc')
    .execute()
}

/** Sessions over for longer than that go, and their tokens with them. @returns how many. */
export async function deleteSessionsBefore(tx: Tx, before: Date): Promise<bigint> {
  const { numDeletedRows } = await tx.sql
    .deleteFrom('sessions_session')
    .where((where) => where.or([where('ended_at', '<', before), where('ends_at', '<', before)]))
    .executeTakeFirst()
  return numDeletedRows
}

export type SubjectId =
  | { readonly kind: 'player'; readonly playerId: bigint }
  | { readonly kind: 'operator'; readonly operatorId: bigint }

function ownedBy(subject: SubjectId) {
  return (where: ExpressionBuilder<Tables, 'sessions_session'>) =>
    subject.kind === 'player'
      ? where('player_id', '=', subject.playerId)
      : where('operator_id', '=', subject.operatorId)
}
