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
  /** Which pair the player has, and the nonce as the rounds so far leave it. */
  readonly pair: (playerId: bigint) => Pick<KnownPair, 'pairId' | 'nextNonce'>
  /** The whole pair, as the rounds so far leave it; undefined when its seed is not known here. */
  readonly known: (playerId: bigint) => KnownPair | undefined
  /** What is to be written, once, in the transaction they were opened in. */
  readonly writes: () => Write[]
}

/** A pair as somebody found or left it. */
export type KnownPair = {
  readonly playerId: bigint
  readonly pairId: bigint
  readonly clientSeed: string
  readonly nextNonce: bigint
  readonly serverSeed: Buffer
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
 *
 * @param recalled pairs that are not looked for; `writes()` fail in the database when one is no longer so (decision 0046).
 */
export async function openSeeds(
  app: App,
  tx: Tx,
  cache: SeedCache,
  playerIds: readonly bigint[],
  at: Date,
  recalled: readonly KnownPair[] = [],
): Promise<Seeds> {
  // Kept beside the cache, which other batches may make forget meanwhile.
  const known: SeedCache = new Map()
  for (const playerId of playerIds) {
    const remembered = cache.get(playerId)
    if (remembered) known.set(playerId, remembered)
  }
  const knownPairIds = [...known.values()].map(({ pairId }) => pairId)
  const lock = (ids: readonly bigint[]) => lockPlayedPairs(tx, ids, knownPairIds)
  const pairs = new Map((playerIds.length > 0 ? await lock(playerIds) : []).map((row) => [row.player_id, row]))
  const without = playerIds.filter((id) => !pairs.has(id)).sort((a, b) => (a < b ? -1 : 1))
  if (without.length > 0) {
    await insertPairs(
      tx,
      without.map((playerId) => makePair(app, playerId, at)),
    )
    for (const row of await lock(without)) pairs.set(row.player_id, row)
  }
  const remembered = new Map(recalled.map((pair) => [pair.playerId, pair]))
  const next = new Map<bigint, bigint>()

  const found = (playerId: bigint): Omit<KnownPair, 'playerId' | 'serverSeed'> => {
    const recalledPair = remembered.get(playerId)
    if (recalledPair) return recalledPair
    const row = pairs.get(playerId)
    if (!row) throw new Bug(`player ${playerId} has no pair of seeds among the locked ones`)
    return { pairId: row.id, clientSeed: row.client_seed, nextNonce: row.next_nonce }
  }
  const serverSeedOf = (playerId: bigint, pairId: bigint): Buffer | undefined => {
    const recalledPair = remembered.get(playerId)
    if (recalledPair) return recalledPair.serverSeed
    const kept = known.get(playerId)
    return kept?.pairId === pairId ? kept.serverSeed : undefined
  }

  return {
    next: (playerId) => {
      const { pairId, clientSeed, nextNonce } = found(playerId)
      const nonce = next.get(playerId) ?? nextNonce
      next.set(playerId, nonce + 1n)
      let serverSeed = serverSeedOf(playerId, pairId)
      if (!serverSeed) {
        const row = pairs.get(playerId)
        if (!row) throw new Bug(`the seed of pair ${pairId} is not known`)
        serverSeed = unseal(app, cache, row)
        known.set(playerId, { pairId, serverSeed })
      }
      return { pairId, seeds: { serverSeed, clientSeed, nonce: Number(nonce) } }
    },
    pair: (playerId) => {
      const { pairId, nextNonce } = found(playerId)
      return { pairId, nextNonce: next.get(playerId) ?? nextNonce }
    },
    known: (playerId) => {
      const { pairId, clientSeed, nextNonce } = found(playerId)
      const serverSeed = serverSeedOf(playerId, pairId)
      return serverSeed && { playerId, pairId, clientSeed, nextNonce: next.get(playerId) ?? nextNonce, serverSeed }
    },
    writes: () => {
      if (next.size === 0) return []
      const counted = [...next].map(([playerId, nonce]) => {
        const { pairId, nextNonce } = found(playerId)
        return { playerId, id: pairId, before: nextNonce, next: nonce }
      })
      // Those that were recalled are locked only now: in id order, as everywhere.
      if (recalled.length > 0) counted.sort((one, other) => (one.playerId < other.playerId ? -1 : 1))
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
