import type { Reaction } from '#platform/outbox.ts'
import { VALUE_MOVED } from './events.ts'
import { tellWalletsChanged } from './wallet-news.ts'

/** Value has moved: open pages of its player may look at the wallet again. */
export const tellMoves: Reaction = {
  name: 'ledger.tell-wallets',
  on: [VALUE_MOVED],
  react: async (tx, events) =>
    tellWalletsChanged(
      tx,
      events.map((event) => event.playerId),
    ),
}
