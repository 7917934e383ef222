import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'

/*
 * Secrets and personal data at rest. Every purpose has a key of its own, derived from the one in the
 * settings, so that a hash made for one purpose says nothing in another.
 */

/** SHA-256, for values drawn from at least 80 random bits: those cannot be guessed, so no key is needed. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** HMAC-SHA256 under the purpose's own key, for values that can be guessed: without the key they cannot. */
export function keyedHash(key: string, purpose: string, value: string | Buffer): Buffer {
  return createHmac('sha256', keyFor(key, purpose)).update(value).digest()
}

/** Encrypts and authenticates (AES-256-GCM): 12 bytes nonce, 16 bytes tag, then the text. */
export function seal(key: string, purpose: string, clear: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(key, purpose), nonce)
  const sealed = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** @throws when it was sealed with another key, for another purpose, or has been changed since. */
export function unseal(key: string, purpose: string, sealed: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', keyFor(key, purpose), sealed.subarray(0, 12), { authTagLength: 16 })
  decipher.setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8')
}

function keyFor(key: string, purpose: string): Buffer {
  return createHmac('sha256', key).update(purpose).digest()
}
