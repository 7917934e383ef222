import { randomFillSync } from 'node:crypto'
import { type Draws, drawsFromBytes } from '@casino-club/fairness/draws.ts'

/**
 * Draws from the operating system's generator. A call for each word would cost more than the rest of the
 * draw, so the bytes come by the page; none is used twice.
 */
export function secureDraws(): Draws {
  const page = new Uint8Array(4096)
  let at = page.length
  return drawsFromBytes((count) => {
    if (at + count > page.length) {
      randomFillSync(page)
      at = 0
    }
    const bytes = page.subarray(at, at + count)
    at += count
    return bytes
  })
}
