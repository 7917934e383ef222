// A play whose outcome has not been heard yet, kept so that a reload or a closed tab does not lose it. It belongs to
// one player: sent by another it would be a new play, so it is only ever given back to the one who asked.

/** `amount` is the game's own: a bet in tokens, a number of pulls. */
export type PendingAsk = { readonly key: string; readonly amount: number }
export type PendingGame = 'slot' | 'gacha'

const keyOf = (game: PendingGame) => `casino-club.${game}.pending`

export function rememberAsk(game: PendingGame, playerId: string, { key, amount }: PendingAsk): void {
  try {
    localStorage.setItem(keyOf(game), JSON.stringify({ playerId, key, amount }))
  } catch {
    // Storage may be full or forbidden. The play is then only safe for as long as this page is open.
  }
}

export function forgetAsk(game: PendingGame): void {
  try {
    localStorage.removeItem(keyOf(game))
  } catch {
    // see above
  }
}

export function recallAsk(game: PendingGame, playerId: string): PendingAsk | null {
  try {
    return readAsk(localStorage.getItem(keyOf(game)), playerId)
  } catch {
    return null
  }
}

export function readAsk(stored: string | null, playerId: string): PendingAsk | null {
  try {
    const found: unknown = JSON.parse(stored ?? 'null')
    if (typeof found !== 'object' || found === null) return null
    if (!('playerId' in found && 'key' in found && 'amount' in found)) return null
    const { playerId: owner, key, amount } = found
    if (owner !== playerId || typeof key !== 'string' || typeof amount !== 'number') return null
    return { key, amount }
  } catch {
    return null
  }
}
