import { tellWalletsChanged } from '#modules/ledger/wallet-news.ts'
import type { Reaction } from '#platform/outbox.ts'
import { seoulDay } from '#vocabulary/clock.ts'
import { ROUND_PLAYED, type RoundPlayed } from './events.ts'
import { addToDays, type DailyTally } from './rounds.sql.ts'

/** Adds up what each configuration pays, day by day: observed against published. */
export const tallyDays: Reaction = {
  name: 'rounds.tally-days',
  on: [ROUND_PLAYED],
  react: async (tx, events) => {
    const days = new Map<string, DailyTally>()
    for (const { payload, at } of events) {
      // The kind says the shape; this module wrote it.
      const played = payload as unknown as RoundPlayed
      const day = seoulDay(at)
      const key = `${played.game} ${played.config_id} ${day}`
      const sum = days.get(key)
      days.set(key, {
        game: played.game,
        configId: BigInt(played.config_id),
        day,
        rounds: (sum?.rounds ?? 0n) + 1n,
        staked: (sum?.staked ?? 0n) + BigInt(played.stake),
        paid: (sum?.paid ?? 0n) + BigInt(played.payout),
      })
    }
    await addToDays(tx, [...days.values()])
  },
}

/** A round moves tokens: open pages of its player may look at the wallet again. */
export const tellWallets: Reaction = {
  name: 'rounds.tell-wallets',
  on: [ROUND_PLAYED],
  react: async (tx, events) =>
    tellWalletsChanged(
      tx,
      events.map((event) => event.playerId),
    ),
}
