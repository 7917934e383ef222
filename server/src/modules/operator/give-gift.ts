import { postTransfer } from '#modules/ledger/post-transfers.ts'
import { requestHash } from '#modules/ledger/request-hash.ts'
import type { App } from '#server/app.ts'
import type { Asset } from '#vocabulary/amount.ts'

export type Gift = {
  readonly playerId: bigint
  readonly asset: Asset
  /** Whole units, positive. */
  readonly amount: bigint
  /** Names the gift for ever: asking again gives nothing more. */
  readonly requestId: string
}

/**
 * Gives a player value from the operators' till.
 *
 * @throws Refusal `ledger.request_id_reused` when that id was used for another gift.
 */
export async function giveGift(app: App, { playerId, asset, amount, requestId }: Gift): Promise<void> {
  await app.inTransaction((tx) =>
    postTransfer(tx, {
      playerId,
      requestId,
      requestHash: requestHash('operator.gift', asset, amount),
      reason: 'operator.gift',
      postings: [{ from: 'operator', to: 'player', asset, amount }],
      at: app.clock.now(),
    }),
  )
}
