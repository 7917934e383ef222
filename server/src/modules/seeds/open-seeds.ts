import type { RoundSeeds } from '@casino-club/fairness/stream.ts'
import type { Tx, Write } from '#platform/postgres/database.ts'
import type { App } from '#server/app.ts'
import { Bug } from '#vocabulary/failure.ts'
import { makePair, openSeed } from './make-pair.ts'
import { countNonces, insertPairs, lockPlayedPairs, type PlayedPair } from './seeds.sql.ts'

/**
 * The seeds, opened on some players: their pairs locked, a nonce handed out per round, and put down by the one
 * statement of `writes()`.
 */
export type Seeds = {
  /** The seeds of the player's next round. Each call is a round: the nonce counts up, without a gap. */
  readonly next: (playerId: bigint) => { readonly pairId: bigint; readonly seeds: RoundSeeds }
  /** What is to be written, once, in the transaction they were opened in. */
  readonly writes: () => Write[]
}

/**
 * What a process remembers of unsealed seeds, by player. Unsealing costs as much as a spin, and a pair's seed never
 * changes.
 */
export type SeedCache = Map<bigint, { readonly pairId: bigint; readonly serverSeed: Buffer }>

const MOST_REMEMBERED = 20_000

/**
 * Locks the pairs of these players in id order: before their states, stock and wallets. A player without a pair
 * (one from before there were any; sign-up makes the first) gets one. No player twice.
 */
export async function openSeeds(
  app: App,
  tx: Tx,
  cache: SeedCache,
  playerIds: readonly bigint[],
  at: Date,
): Promise<Seeds> {
  // Kept beside the cache, which other batches may make forget meanwhile.
  const known: SeedCache = new Map()
  for (const playerId of playerIds) {
    const remembered = cache.get(playerId)
    if (remembered) known.set(playerId, remembered)
  }
  const knownPairIds = [...known.values()].map(({ pairId }) => pairId)
  const lock = (ids: readonly bigint[]) => lockPlayedPairs(tx, ids, knownPairIds)
  const pairs = new Map((await lock(playerIds)).map((row) => [row.player_id, row]))
  const without = playerIds.filter((id) => !pairs.has(id)).sort((a, b) => (a < b ? -1 : 1))
  if (without.length > 0) {
    await insertPairs(
      tx,
      without.map((playerId) => makePair(app, playerId, at)),
    )
    for (const row of await lock(without)) pairs.set(row.player_id, row)
  }
  const next = new Map<bigint, bigint>()

  return {
    next: (playerId) => {
      const pair = pairs.get(playerId)
      if (!pair) throw new Bug(`player ${playerId} has no pair of seeds among the locked ones`)
      const nonce = next.get(playerId) ?? pair.next_nonce
      next.set(playerId, nonce + 1n)
      const remembered = known.get(playerId)
      const serverSeed = remembered?.pairId === pair.id ? remembered.serverSeed : unseal(app, cache, pair)
      return { pairId: pair.id, seeds: { serverSeed, clientSeed: pair.client_seed, nonce: Number(nonce) } }
    },
    writes: () => {
      if (next.size === 0) return []
      const counted = [...next].map(([playerId, nonce]) => {
        const pair = pairs.get(playerId)
        return { playerId, id: pair?.id ?? 0n, before: pair?.next_nonce ?? 0n, next: nonce }
      })
      return [countNonces(counted)]
    },
  }
}

function unseal(app: App, cache: SeedCache, pair: PlayedPair): Buffer {
  const { player_id: playerId, id: pairId, sealed_seed: sealedSeed, commitment } = pair
  if (!sealedSeed || !commitment) throw new Bug(`the seed of pair ${pairId} was not asked for`)
  const serverSeed = openSeed(app, { id: pairId, sealed_seed: sealedSeed, commitment })
  // The oldest goes first; who plays on is unsealed again.
  if (cache.size >= MOST_REMEMBERED) for (const [oldest] of cache) if (cache.delete(oldest)) break
  cache.set(playerId, { pairId, serverSeed })
  return serverSeed
}
