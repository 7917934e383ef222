// A stake whose outcome has not been heard yet, kept so that a reload or a closed tab does not lose it. It belongs to
// one player: sent by another it would be a new stake, so it is only ever given back to the one who placed it.

import type { Ask } from './slot-scene.model.ts'

const key = 'casino-club.slot.pending'

type Pending = Ask & { readonly playerId: string }

export function rememberStake(playerId: string, { key: requestId, bet }: Ask): void {
  try {
    localStorage.setItem(key, JSON.stringify({ playerId, key: requestId, bet } satisfies Pending))
  } catch {
    // Storage may be full or forbidden. The stake is then only safe for as long as this page is open.
  }
}

export function forgetStake(): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // see above
  }
}

export function recallStake(playerId: string): Ask | null {
  try {
    return readStake(localStorage.getItem(key), playerId)
  } catch {
    return null
  }
}

export function readStake(stored: string | null, playerId: string): Ask | null {
  try {
    const found: unknown = JSON.parse(stored ?? 'null')
    if (typeof found !== 'object' || found === null) return null
    if (!('playerId' in found && 'key' in found && 'bet' in found)) return null
    const { playerId: owner, key: requestId, bet } = found
    if (owner !== playerId || typeof requestId !== 'string' || typeof bet !== 'number') return null
    return { key: requestId, bet }
  } catch {
    return null
  }
}
