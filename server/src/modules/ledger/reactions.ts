import type { Reaction } from '#platform/outbox.ts'
import { VALUE_MOVED } from './events.ts'
import { tellValueMoved } from './wallet-news.ts'

/** Value has moved: open pages of its player, and engines that remember the wallet, may look at it again. */
export const tellMoves: Reaction = {
  name: 'ledger.tell-wallets',
  on: [VALUE_MOVED],
  react: async (tx, events) =>
    tellValueMoved(
      tx,
      events.map((event) => event.playerId),
    ),
}
