import type { App } from '#server/app.ts'
import { Bug } from '#vocabulary/failure.ts'
import { makePair, openSeed } from './make-pair.ts'
import {
  insertPairs,
  type PairRow,
  type RevealedRow,
  selectLastRevealed,
  selectPair,
  selectRevealed,
} from './seeds.sql.ts'

/** The pair that is played from now. Its server seed stays a secret. */
export type CurrentPair = {
  readonly pairId: bigint
  readonly commitment: string
  readonly clientSeed: string
  readonly nextNonce: bigint
  /** Of the server seed that follows this one. */
  readonly nextCommitment: string
  readonly createdAt: Date
}

export type RevealedPair = {
  readonly pairId: bigint
  readonly commitment: string
  readonly serverSeed: string
  readonly clientSeed: string
  readonly rounds: bigint
  readonly createdAt: Date
  readonly revealedAt: Date
}

export function currentPair(row: PairRow): CurrentPair {
  return {
    pairId: row.id,
    commitment: row.commitment.toString('hex'),
    clientSeed: row.client_seed,
    nextNonce: row.next_nonce,
    nextCommitment: row.next_commitment.toString('hex'),
    createdAt: row.created_at,
  }
}

export function revealedPair(row: RevealedRow): RevealedPair {
  return {
    pairId: row.id,
    commitment: row.commitment.toString('hex'),
    serverSeed: row.server_seed.toString('hex'),
    clientSeed: row.client_seed,
    rounds: row.rounds,
    createdAt: row.created_at,
    revealedAt: row.revealed_at,
  }
}

/** The player's current pair and the one revealed last. Who has no pair yet gets one: looking is committing. */
export async function readPair(
  app: App,
  playerId: bigint,
): Promise<{ readonly current: CurrentPair; readonly revealed: RevealedPair | null }> {
  let pair = await selectPair(app.db, playerId)
  if (!pair) {
    await app.inTransaction((tx) => insertPairs(tx, [makePair(app, playerId, app.clock.now())]))
    pair = await selectPair(app.db, playerId)
  }
  if (!pair) throw new Bug(`player ${playerId} has no pair of seeds`)
  const last = await selectLastRevealed(app.db, playerId)
  return { current: currentPair(pair), revealed: last ? revealedPair(last) : null }
}

/** What a receipt needs of a pair. `secretSeed` never leaves the process; `serverSeed` is null until revealed. */
export type PairOfReceipt = {
  readonly commitment: string
  readonly serverSeed: string | null
  readonly clientSeed: string
  readonly secretSeed: Buffer
}

/** The pairs that a player's rounds name. */
export async function readPairsOfRounds(
  app: App,
  playerId: bigint,
  pairIds: readonly bigint[],
): Promise<Map<bigint, PairOfReceipt>> {
  // The current one first: a pair that is rotated away in between is then found among the revealed ones.
  const pair = await selectPair(app.db, playerId)
  const found = new Map<bigint, PairOfReceipt>()
  if (pair && pairIds.includes(pair.id))
    found.set(pair.id, {
      commitment: pair.commitment.toString('hex'),
      serverSeed: null,
      clientSeed: pair.client_seed,
      secretSeed: openSeed(app, pair),
    })
  for (const row of await selectRevealed(app.db, playerId, [...new Set(pairIds)])) {
    const { commitment, serverSeed, clientSeed } = revealedPair(row)
    found.set(row.id, { commitment, serverSeed, clientSeed, secretSeed: row.server_seed })
  }
  return found
}
