import { randomFillSync } from 'node:crypto'
import { type Draws, drawsFromBytes } from '@casino-club/fairness/draws.ts'

/** Chance from the system, a page at a time: for the ways that prove nothing, the cheapest there is. */
export function pagedDraws(): Draws {
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
