import type { Rank } from '#modules/sessions/sessions.rules.ts'
import type { Reads, Tx } from '#platform/postgres/database.ts'
import type { Invite } from './invites.rules.ts'

/* Every query on accounts_invite. */

const COLUMNS = [
  'id',
  'code',
  'is_drawn',
  'campaign',
  'rank',
  'max_uses',
  'uses',
  'expires_at',
  'disabled_at',
  'created_at',
] as const

export async function selectInvite(db: Reads, codeHash: Buffer): Promise<Invite | undefined> {
  return db.sql
    .selectFrom('accounts_invite')
    .select(COLUMNS)
    .where('code_hash', '=', codeHash)
    .$narrowType<{ rank: Rank }>()
    .executeTakeFirst()
}

export async function lockInvite(tx: Tx, codeHash: Buffer): Promise<Invite | undefined> {
  return tx.sql
    .selectFrom('accounts_invite')
    .select(COLUMNS)
    .where('code_hash', '=', codeHash)
    .$narrowType<{ rank: Rank }>()
    .forUpdate()
    .executeTakeFirst()
}

export async function writeInviteUses(tx: Tx, id: bigint, uses: number): Promise<void> {
  await tx.sql.updateTable('accounts_invite').set({ uses }).where('id', '=', id).execute()
}

export type NewInvite = {
  readonly code: string
  readonly codeHash: Buffer
  readonly isDrawn: boolean
  readonly campaign: string | null
  readonly rank: Rank
  readonly maxUses: number | null
  readonly expiresAt: Date | null
  readonly createdBy: bigint | null
  readonly at: Date
}

/** @returns the invitation; with that code there may have been one before, which stays as it is. */
export async function insertInvite(tx: Tx, invite: NewInvite): Promise<Invite> {
  await tx.sql
    .insertInto('accounts_invite')
    .values({
      code: invite.code,
      code_hash: invite.codeHash,
      is_drawn: invite.isDrawn,
      campaign: invite.campaign,
      rank: invite.rank,
      max_uses: invite.maxUses,
      expires_at: invite.expiresAt,
      created_by: invite.createdBy,
      created_at: invite.at,
    })
    .onConflict((conflict) => conflict.column('code_hash').doNothing())
    .execute()
  return tx.sql
    .selectFrom('accounts_invite')
    .select(COLUMNS)
    .where('code_hash', '=', invite.codeHash)
    .$narrowType<{ rank: Rank }>()
    .executeTakeFirstOrThrow()
}

/** Newest first, those below the given number. */
export async function selectInvites(db: Reads, below: bigint, limit: number): Promise<Invite[]> {
  return db.sql
    .selectFrom('accounts_invite')
    .select(COLUMNS)
    .where('id', '<', below)
    .orderBy('id', 'desc')
    .limit(limit)
    .$narrowType<{ rank: Rank }>()
    .execute()
}

/** Keeps the first time. @returns undefined when there is no such invitation. */
export async function disableInviteRow(tx: Tx, id: bigint, at: Date): Promise<Invite | undefined> {
  return tx.sql
    .updateTable('accounts_invite')
    .set(({ fn, val, ref }) => ({ disabled_at: fn.coalesce(ref('disabled_at'), val(at)) }))
    .where('id', '=', id)
    .returning(COLUMNS)
    .$narrowType<{ rank: Rank }>()
    .executeTakeFirst()
}
