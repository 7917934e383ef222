import { hash } from 'node:crypto'

/**
 * What was asked, in 16 bytes: kept beside the caller's id, so that the same id with another request is
 * seen for what it is. The parts must be in a fixed order; `bigint` and text are told apart.
 */
export function requestHash(...parts: readonly (string | number | bigint | boolean | null)[]): Buffer {
  const text = parts.map((part) => `${typeof part}:${String(part)}`).join('\u0000')
  const known = lately.get(text)
  if (known) return known
  if (lately.size >= MOST_REMEMBERED) lately.clear()
  const short = hash('sha256', text, 'buffer').subarray(0, 16)
  lately.set(text, short)
  return short
}

/** The same few bets are asked for over and over. */
const lately = new Map<string, Buffer>()
const MOST_REMEMBERED = 1_000
