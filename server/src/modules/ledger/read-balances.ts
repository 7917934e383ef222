import { Collector } from '#platform/collector.ts'
import type { Db } from '#platform/postgres/database.ts'
import type { Asset } from '#vocabulary/amount.ts'
import { selectBalancesOf } from './ledger.sql.ts'

const MOST_AT_ONCE = 256
const IN_FLIGHT = 2

/**
 * What players hold of one asset, for replies that many ask for at once: whoever asks while an answer is on its way
 * shares the next one. A player without such a wallet holds nothing.
 */
export function openBalances(db: Db, asset: Asset): (playerId: bigint) => Promise<bigint> {
  const collector = new Collector<bigint, bigint>(
    async (playerIds) => {
      const held = new Map<bigint, bigint>()
      for (const { player_id, balance } of await selectBalancesOf(db, playerIds, asset)) held.set(player_id, balance)
      return playerIds.map((playerId) => held.get(playerId) ?? 0n)
    },
    { largestBatch: MOST_AT_ONCE, inFlight: IN_FLIGHT },
  )
  return (playerId) => collector.ask(playerId)
}
