import type { RoundSeeds } from '@casino-club/fairness/stream.ts'
import type { Tx } from '#platform/postgres/database.ts'
import type { App } from '#server/app.ts'
import { Bug } from '#vocabulary/failure.ts'
import { makePair, openSeed } from './make-pair.ts'
import { countNonces, insertPairs, lockPairs, type PairRow } from './seeds.sql.ts'

/**
 * The seeds, opened on some players: their pairs locked, a nonce handed out per round, and put down with
 * `close()` in one statement.
 */
export type Seeds = {
  /** The seeds of the player's next round. Each call is a round: the nonce counts up, without a gap. */
  readonly next: (playerId: bigint) => { readonly pairId: bigint; readonly seeds: RoundSeeds }
  readonly close: () => Promise<void>
}

/** What a process remembers of unsealed seeds. Unsealing costs as much as a spin, and a pair's seed never changes. */
export type SeedCache = Map<bigint, Buffer>

const MOST_REMEMBERED = 20_000

/**
 * Locks the pairs of these players in id order: before their states, stock and wallets. A player without a pair
 * (one from before there were any; sign-up makes the first) gets one.
 */
export async function openSeeds(
  app: App,
  tx: Tx,
  cache: SeedCache,
  playerIds: readonly bigint[],
  at: Date,
): Promise<Seeds> {
  const pairs = new Map((await lockPairs(tx, playerIds)).map((row) => [row.player_id, row]))
  const without = [...new Set(playerIds.filter((id) => !pairs.has(id)))].sort((a, b) => (a < b ? -1 : 1))
  if (without.length > 0) {
    await insertPairs(
      tx,
      without.map((playerId) => makePair(app, playerId, at)),
    )
    for (const row of await lockPairs(tx, without)) pairs.set(row.player_id, row)
  }
  const next = new Map<bigint, bigint>()

  return {
    next: (playerId) => {
      const pair = pairs.get(playerId)
      if (!pair) throw new Bug(`player ${playerId} has no pair of seeds among the locked ones`)
      const nonce = next.get(playerId) ?? pair.next_nonce
      next.set(playerId, nonce + 1n)
      const serverSeed = remember(app, cache, pair)
      return { pairId: pair.id, seeds: { serverSeed, clientSeed: pair.client_seed, nonce: Number(nonce) } }
    },
    close: async () => {
      if (next.size === 0) return
      const counted = [...next].map(([playerId, nonce]) => {
        const pair = pairs.get(playerId)
        return { playerId, id: pair?.id ?? 0n, before: pair?.next_nonce ?? 0n, next: nonce }
      })
      if ((await countNonces(tx, counted)) !== BigInt(counted.length)) throw new Bug('a nonce moved under our lock')
    },
  }
}

function remember(app: App, cache: SeedCache, pair: PairRow): Buffer {
  const known = cache.get(pair.id)
  if (known) return known
  const serverSeed = openSeed(app, pair)
  // The oldest goes first; who plays on is unsealed again.
  if (cache.size >= MOST_REMEMBERED) for (const [oldest] of cache) if (cache.delete(oldest)) break
  cache.set(pair.id, serverSeed)
  return serverSeed
}
