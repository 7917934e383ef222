import { ROUND_PLAYED, type RoundPlayed } from '#modules/rounds/events.ts'
import { readRounds } from '#modules/rounds/list-rounds.ts'
import type { Reaction } from '#platform/outbox.ts'
import { latestWinnings, winningsIn } from './gacha.rules.ts'
import { forgetWinners, insertWinners } from './gacha.sql.ts'
import { configsOf, pulledIn } from './pull-gacha.ts'

/** How many of each rarity are remembered. Epics come far oftener; they must not push every legendary out. */
export const WINNERS_KEPT = 20

/** Remembers who received an epic or a legendary lately: from rounds that were played, and from nothing else. */
export const rememberWinners: Reaction = {
  name: 'gacha.remember-winners',
  on: [ROUND_PLAYED],
  react: async (tx, events) => {
    const keys = events.flatMap(({ playerId, payload }) => {
      // The kind says the shape; `rounds` wrote it.
      const played = payload as unknown as RoundPlayed
      return played.game === 'gacha' ? [{ playerId, id: BigInt(played.round_id) }] : []
    })
    const rounds = await readRounds(tx, keys)
    if (rounds.length === 0) return
    const known = await configsOf(tx, rounds)
    const winnings = rounds.flatMap((round) => {
      const { config, pulls } = pulledIn(round, known.get(round.configId))
      return winningsIn(round, config, pulls)
    })
    if (winnings.length === 0) return
    await insertWinners(
      tx,
      latestWinnings(winnings, WINNERS_KEPT).map(({ playerId, roundId, place, rarity, item, wonAt }) => {
        const [name_ko, name_en] = [item.name.ko, item.name.en]
        return { player_id: playerId, round_id: roundId, place, rarity, item: item.id, name_ko, name_en, won_at: wonAt }
      }),
    )
    await forgetWinners(tx, WINNERS_KEPT)
  },
}
