import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

/* Codes of an authenticator app: six digits, new every thirty seconds (RFC 6238). */

const STEP_SECONDS = 30
/** A clock may be off by half a minute either way, and a code takes a while to type. */
const WINDOW = 1

/** 160 random bits, in the letters that authenticator apps take. */
export function drawTotpSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** What a QR code shows to an authenticator app. */
export function totpUri(siteId: string, secret: string): string {
  return totpOf(secret, siteId).toString()
}

/** The step a code belongs to, if it is right about now; null otherwise. Later codes have higher steps. */
export function stepOfCode(secret: string, code: string, now: Date): bigint | null {
  const delta = totpOf(secret, '').validate({ token: code, timestamp: now.getTime(), window: WINDOW })
  if (delta === null) return null
  return BigInt(Math.floor(now.getTime() / 1000 / STEP_SECONDS) + delta)
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({ issuer: 'Casino Club', label, secret: Secret.fromBase32(secret), digits: 6, period: STEP_SECONDS })
}

/** Ten codes of 120 bits: `K7Q2M-9TXB0-…`, each good once in place of an authenticator. */
export function drawRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () => {
    const text = new Secret({ buffer: new Uint8Array(randomBytes(15)).buffer }).base32
    return (text.match(/.{6}/g) ?? []).join('-')
  })
}
