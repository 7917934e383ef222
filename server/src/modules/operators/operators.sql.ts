import type { Reads, Tx } from '#platform/postgres/database.ts'

/* Every query on the operators' tables. */

export type OperatorRow = {
  readonly id: bigint
  readonly site_id: string
  readonly password_hash: string
  readonly totp_secret: Buffer | null
  readonly totp_confirmed_at: Date | null
  readonly totp_last_step: bigint
  readonly status: string
  readonly created_at: Date
  readonly last_login_at: Date | null
}

const COLUMNS = [
  'id',
  'site_id',
  'password_hash',
  'totp_secret',
  'totp_confirmed_at',
  'totp_last_step',
  'status',
  'created_at',
  'last_login_at',
] as const

export async function selectOperator(db: Reads, id: bigint): Promise<OperatorRow | undefined> {
  return db.sql.selectFrom('operators_operator').select(COLUMNS).where('id', '=', id).executeTakeFirst()
}

export async function selectOperatorBySiteId(db: Reads, siteId: string): Promise<OperatorRow | undefined> {
  return db.sql.selectFrom('operators_operator').select(COLUMNS).where('site_id', '=', siteId).executeTakeFirst()
}

export async function lockOperator(tx: Tx, id: bigint): Promise<OperatorRow | undefined> {
  return tx.sql
    .selectFrom('operators_operator')
    .select(COLUMNS)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export async function isAnyOperator(db: Reads): Promise<boolean> {
  return (await db.sql.selectFrom('operators_operator').select('id').limit(1).executeTakeFirst()) !== undefined
}

export async function insertOperator(
  tx: Tx,
  row: { siteId: string; passwordHash: string; totpSecret: Buffer; at: Date },
): Promise<OperatorRow> {
  return tx.sql
    .insertInto('operators_operator')
    .values({
      site_id: row.siteId,
      password_hash: row.passwordHash,
      totp_secret: row.totpSecret,
      created_at: row.at,
      last_login_at: row.at,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
}

type Changes = {
  password_hash?: string
  totp_secret?: Buffer
  totp_confirmed_at?: Date
  totp_last_step?: bigint
  last_login_at?: Date
}

export async function updateOperator(tx: Tx, id: bigint, changes: Changes): Promise<void> {
  await tx.sql.updateTable('operators_operator').set(changes).where('id', '=', id).execute()
}

export async function replaceRecoveryCodes(tx: Tx, operatorId: bigint, hashes: readonly Buffer[]): Promise<void> {
  await tx.sql.deleteFrom('operators_recovery_code').where('operator_id', '=', operatorId).execute()
  await tx.sql
    .insertInto('operators_recovery_code')
    .values(hashes.map((code_hash) => ({ operator_id: operatorId, code_hash })))
    .execute()
}

/** @returns whether there was such a code, not yet used. */
export async function spendRecoveryCode(tx: Tx, operatorId: bigint, codeHash: Buffer, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('operators_recovery_code')
    .set({ used_at: at })
    .where('operator_id', '=', operatorId)
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function writeBootstrapSecret(tx: Tx, secretHash: Buffer, expiresAt: Date): Promise<void> {
  const row = { secret_hash: secretHash, expires_at: expiresAt, used_at: null }
  await tx.sql
    .insertInto('operators_bootstrap')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

export async function lockBootstrapSecret(
  tx: Tx,
): Promise<{ secret_hash: Buffer; expires_at: Date; used_at: Date | null } | undefined> {
  return tx.sql
    .selectFrom('operators_bootstrap')
    .select(['secret_hash', 'expires_at', 'used_at'])
    .forUpdate()
    .executeTakeFirst()
}

export async function spendBootstrapSecret(tx: Tx, at: Date): Promise<void> {
  await tx.sql.updateTable('operators_bootstrap').set({ used_at: at }).execute()
}
