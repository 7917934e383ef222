import type { Reads, Tx } from '#platform/postgres/database.ts'
import type { Count, Kind } from './guesses.rules.ts'

/* Every query on the credentials' tables. */

export async function selectCounts(db: Reads, keys: readonly Buffer[]): Promise<Count[]> {
  return db.sql
    .selectFrom('credentials_failure')
    .select(['failures', 'last_failed_at', 'locked_until'])
    .where('key_hash', 'in', keys)
    .execute()
}

/** Locks a count, making it first where there is none yet, so that there is something to lock. */
export async function lockCount(tx: Tx, key: Buffer, kind: Kind): Promise<Count> {
  return tx.sql
    .insertInto('credentials_failure')
    .values({ key_hash: key, kind, failures: 0 })
    .onConflict((conflict) => conflict.column('key_hash').doUpdateSet({ kind }))
    .returning(['failures', 'last_failed_at', 'locked_until'])
    .executeTakeFirstOrThrow()
}

export async function writeCount(tx: Tx, key: Buffer, count: Count): Promise<void> {
  await tx.sql.updateTable('credentials_failure').set(count).where('key_hash', '=', key).execute()
}

export async function deleteCounts(tx: Tx, keys: readonly Buffer[]): Promise<void> {
  await tx.sql.deleteFrom('credentials_failure').where('key_hash', 'in', keys).execute()
}

export async function deleteCountsBefore(tx: Tx, before: Date): Promise<bigint> {
  const { numDeletedRows } = await tx.sql
    .deleteFrom('credentials_failure')
    .where((where) =>
      where.and([
        where.or([where('last_failed_at', '<', before), where('last_failed_at', 'is', null)]),
        where.or([where('locked_until', '<', before), where('locked_until', 'is', null)]),
      ]),
    )
    .executeTakeFirst()
  return numDeletedRows
}

export async function isDeviceOf(db: Reads, deviceHash: Buffer, accountHash: Buffer): Promise<boolean> {
  const found = await db.sql
    .selectFrom('credentials_device')
    .select('last_used_at')
    .where('account_hash', '=', accountHash)
    .where('device_hash', '=', deviceHash)
    .executeTakeFirst()
  return found !== undefined
}

export async function upsertDevice(tx: Tx, deviceHash: Buffer, accountHash: Buffer, at: Date): Promise<void> {
  await tx.sql
    .insertInto('credentials_device')
    .values({ device_hash: deviceHash, account_hash: accountHash, last_used_at: at })
    .onConflict((conflict) => conflict.columns(['account_hash', 'device_hash']).doUpdateSet({ last_used_at: at }))
    .execute()
}

export async function deleteDevicesOf(tx: Tx, accountHash: Buffer, except: Buffer | null): Promise<void> {
  await tx.sql
    .deleteFrom('credentials_device')
    .where('account_hash', '=', accountHash)
    .$if(except !== null, (query) => query.where('device_hash', '!=', except ?? Buffer.alloc(0)))
    .execute()
}

export async function deleteDevicesBefore(tx: Tx, before: Date): Promise<bigint> {
  const { numDeletedRows } = await tx.sql
    .deleteFrom('credentials_device')
    .where('last_used_at', '<', before)
    .executeTakeFirst()
  return numDeletedRows
}
