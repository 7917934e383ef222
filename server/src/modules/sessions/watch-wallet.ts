import { readWallet } from '#modules/ledger/read-wallet.ts'
import { onWalletChanged } from '#modules/ledger/wallet-news.ts'
import type { EventStream, PlayerCaller } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { onWire } from '#vocabulary/wire.ts'

/**
 * Sends `balance_changed` with the balances whenever the player's wallet has changed, so that a second tab follows the
 * first. Changes that come close together may be told as one; the last one is always told.
 */
export function watchWallet(app: App, { playerId }: Pick<PlayerCaller, 'playerId'>, stream: EventStream): void {
  let isOver = false
  let isReading = false
  let isStale = false
  const tell = async (): Promise<void> => {
    isStale = true
    if (isReading) return
    isReading = true
    try {
      while (isStale && !isOver) {
        isStale = false
        const { token, gem } = await readWallet(app.db, playerId)
        if (!isOver) stream.send('balance_changed', { token: onWire(token), gem: onWire(gem) })
      }
    } catch (error) {
      app.log.warn({ err: error }, 'a stream could not read its wallet')
    } finally {
      isReading = false
    }
  }
  const stopListening = onWalletChanged(app.hub, playerId, () => void tell())
  stream.onClose(() => {
    isOver = true
    stopListening()
  })
}
