import { isSlotConfig } from '@casino-club/fairness/slot.config.ts'
import type { App } from '../server/src/app.ts'
import type { LiveConfigs } from '../server/src/modules/odds/live-config.ts'
import type { Engine, Play } from '../server/src/modules/rounds/play-rounds.ts'
import type { Round } from '../server/src/modules/rounds/rounds.sql.ts'
import { Collector } from '../server/src/platform/collector.ts'
import { BET, readWallets, SHOWN, type Wallet, writeBatch } from './direct-batches.ts'
import { connectBatching, type Ids, takeIds } from './direct-lanes.ts'

/**
 * The limit behind HTTP: what arrives together is written as direct batches are, by a writer who knows all wallets
 * beforehand and believes everybody. Beside it an engine shows what its locks, looks, checks and draws cost; no strict
 * bound, since one that sends its batches better than over two connections may pass it.
 */
export async function directEngine(app: App, url: string, configs: LiveConfigs): Promise<Engine> {
  const clients = await Promise.all([connectBatching(url), connectBatching(url)])
  const ids = new Map<object, Ids>()
  let reading: Promise<ReadonlyMap<bigint, Wallet>> | undefined
  const collector = new Collector<Play, Round>(
    async (plays) => {
      const client = clients.pop()
      if (!client) throw new Error('more batches on their way than connections')
      try {
        const { id: configId } = await configs.of('slot', isSlotConfig)
        let mine = ids.get(client)
        if (!mine || mine.next + BigInt(plays.length) > mine.end) {
          mine = await takeIds(client)
          ids.set(client, mine)
        }
        reading ??= readWallets(client).then((all) => new Map(all.map((each) => [each.playerId, each])))
        const wallets = await reading
        const theirs = plays.map(({ playerId }) => known(wallets, playerId))
        const at = app.clock.now()
        const written = await writeBatch(client, theirs, mine)
        return theirs.map(({ playerId, balance, pairId, nonce }, index) => ({
          id: written[index]?.id ?? 0n,
          playerId,
          game: 'slot',
          configId,
          stake: BET,
          payout: written[index]?.payout ?? 0n,
          balanceAfter: balance,
          outcome: SHOWN,
          draws: { pairId, nonce: nonce - 1n },
          playedAt: at,
        }))
      } finally {
        clients.push(client)
      }
    },
    { largestBatch: app.config.BATCH_SIZE, inFlight: 2, keyOf: ({ playerId }) => playerId },
  )
  return { play: (play) => collector.ask(play) }
}

function known(wallets: ReadonlyMap<bigint, Wallet>, playerId: bigint): Wallet {
  const wallet = wallets.get(playerId)
  if (!wallet) throw new Error(`player ${playerId} came after the wallets were read`)
  return wallet
}
