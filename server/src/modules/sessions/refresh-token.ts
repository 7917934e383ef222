import { randomBytes } from 'node:crypto'
import { hashOf, keyedHash } from '#platform/keyed.ts'

/*
 * Refresh tokens: 256 bits, of which the database has only SHA-256.
 *
 * The first of a session is drawn. Each later one is HMAC-SHA256 of the token it replaces, under a key
 * derived from PII_KEY, with a salt drawn at that moment and kept on the spent token's row. So within the
 * seconds in which a repeated request must get the same successor it can be made again, and no token lies
 * anywhere in readable or encrypted form. To make it, somebody needs all three: the spent token, the key,
 * and the row; and the salt is erased as soon as the successor itself has been spent.
 */

export function drawToken(): string {
  return randomBytes(32).toString('base64url')
}

export function drawSalt(): Buffer {
  return randomBytes(16)
}

export function successorOf(token: string, salt: Buffer, piiKey: string): string {
  return keyedHash(piiKey, 'refresh-successor', Buffer.concat([salt, Buffer.from(token)])).toString('base64url')
}

/** Null for what cannot be one of ours. */
export function tokenHash(token: string): Buffer | null {
  return /^[\w-]{43}$/.test(token) ? hashOf(token) : null
}
