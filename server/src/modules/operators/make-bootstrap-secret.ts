import { randomBytes } from 'node:crypto'
import { hashOf } from '#platform/keyed.ts'
import type { App } from '#server/app.ts'
import { DAY, later } from '#vocabulary/clock.ts'
import { isAnyOperator, writeBootstrapSecret } from './operators.sql.ts'

const VALID_MS = DAY

/**
 * Makes the secret that makes the first operator: good once, for a day. A secret made before is of no use
 * any more. Call it at each start and print what it gives.
 *
 * @returns null when there is an operator already.
 */
export async function makeBootstrapSecret(app: App): Promise<string | null> {
  return app.inTransaction(async (tx) => {
    if (await isAnyOperator(tx)) return null
    const secret = randomBytes(18).toString('base64url')
    await writeBootstrapSecret(tx, hashOf(secret), later(app.clock.now(), VALID_MS))
    return secret
  })
}
