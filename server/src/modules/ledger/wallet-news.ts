import { type Hub, wake } from '#platform/hub.ts'
import type { Tx } from '#platform/postgres/database.ts'

/** The hub's topics; the key names players by their ids, separated by commas. */
const WALLETS_CHANGED = 'ledger.wallets_changed'
/** Only what is told with `ledger.value_moved`: everything but rounds, which are many. */
const VALUE_MOVED = 'ledger.value_moved'
/** A notification of PostgreSQL holds 8,000 bytes. */
const MOST_IN_ONE = 400

/**
 * Says, when the transaction commits, that the wallets of these players are worth another look. News only: who misses it
 * sees the balance with the next request. Call it from a reaction, never where players wait: PostgreSQL lets one
 * transaction with a notification commit at a time.
 */
export async function tellWalletsChanged(tx: Tx, playerIds: Iterable<bigint>): Promise<void> {
  await wakeAbout(tx, WALLETS_CHANGED, playerIds)
}

/** The same, for changes by something else than a round: whoever remembers a wallet from its last round forgets it. */
export async function tellValueMoved(tx: Tx, playerIds: Iterable<bigint>): Promise<void> {
  await wakeAbout(tx, WALLETS_CHANGED, playerIds)
  await wakeAbout(tx, VALUE_MOVED, playerIds)
}

async function wakeAbout(tx: Tx, topic: string, playerIds: Iterable<bigint>): Promise<void> {
  const players = [...new Set(playerIds)]
  for (let from = 0; from < players.length; from += MOST_IN_ONE)
    await wake(tx, topic, players.slice(from, from + MOST_IN_ONE).join(','))
}

/** Calls back with the player whose wallet something else than a round has changed. News only: some are missed. */
export function onValueMoved(hub: Hub, callback: (playerId: bigint) => void): void {
  hub.on(VALUE_MOVED, (key) => {
    if (key !== '*') for (const id of key.split(',')) callback(BigInt(id))
  })
}

type Callbacks = Map<string, Set<() => void>>

// One listener for all open streams of a process: thousands of them would each take the same message apart.
const watched = new WeakMap<Hub, Callbacks>()

/** Calls back when the player's wallet may have changed. Returns how to stop. */
export function onWalletChanged(hub: Hub, playerId: bigint, callback: () => void): () => void {
  const players = watched.get(hub) ?? watchAll(hub)
  const id = String(playerId)
  const callbacks = players.get(id) ?? new Set()
  players.set(id, callbacks.add(callback))
  return () => {
    callbacks.delete(callback)
    if (callbacks.size === 0) players.delete(id)
  }
}

function watchAll(hub: Hub): Callbacks {
  const players: Callbacks = new Map()
  watched.set(hub, players)
  hub.on(WALLETS_CHANGED, (key) => {
    // `*`: the hub was away for a while, and what was said meanwhile is not known.
    const named = key === '*' ? [...players.keys()] : key.split(',')
    for (const id of named) for (const callback of players.get(id) ?? []) callback()
  })
  return players
}
