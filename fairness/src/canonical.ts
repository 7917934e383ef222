import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * One way to write a document down, so that it has one hash: JSON without white space, keys sorted, whole
 * numbers in plain decimal, text escaped as `JSON.stringify` does (RFC 8785 with fractions left out).
 *
 * @throws TypeError naming the place when the document holds anything else: a fraction, a number beyond
 * 2^53 − 1, `undefined`, a bigint, a key that is not ASCII (two languages would sort it differently), or half
 * a surrogate pair.
 */
export function canonicalJson(document: unknown, path = '$'): string {
  if (document === null || typeof document === 'boolean') return String(document)
  if (typeof document === 'number') {
    if (!Number.isSafeInteger(document))
      throw new TypeError(`${path}: ${document} is not a whole number up to 2^53 − 1`)
    return String(document)
  }
  if (typeof document === 'string') {
    if (!document.isWellFormed()) throw new TypeError(`${path}: half a surrogate pair has no UTF-8 form`)
    return JSON.stringify(document)
  }
  if (Array.isArray(document)) {
    return `[${document.map((each: unknown, index) => canonicalJson(each, `${path}.${index}`)).join(',')}]`
  }
  if (typeof document === 'object') {
    const fields = Object.entries(document).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${fields.map(([key, value]) => canonicalField(key, value, path)).join(',')}}`
  }
  throw new TypeError(`${path}: ${typeof document} cannot be written as JSON`)
}

/** SHA-256 of the UTF-8 bytes of the canonical JSON, as 64 lower-case hex digits. */
export function hashOf(document: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(document))))
}

/** The name under which a configuration is quoted in receipts: the hash of the whole published object. */
export function configHash(config: object): string {
  return hashOf(config)
}

function canonicalField(key: string, value: unknown, path: string): string {
  if (!/^[\x20-\x7e]*$/.test(key)) throw new TypeError(`${path}: the key ${JSON.stringify(key)} is not plain ASCII`)
  return `${JSON.stringify(key)}:${canonicalJson(value, `${path}.${key}`)}`
}
