import { readConfigs } from '#modules/odds/read-configs.ts'
import { ROUND_PLAYED, type RoundPlayed } from '#modules/rounds/events.ts'
import { readRounds } from '#modules/rounds/read-rounds.ts'
import type { Reaction } from '#platform/outbox.ts'
import { Bug } from '#vocabulary/failure.ts'
import { ALPHA, standingAfter } from './monitor.rules.ts'
import { lockWatches, saveWatches, type WatchRow } from './monitor.sql.ts'
import { sameObject } from './same-object.ts'
import { WATCHED_GAMES } from './watched-games.ts'

/** Counts what was drawn against what is published: a few statements for some hundred rounds. */
export const watchRounds: Reaction = {
  name: 'monitor.watch-rounds',
  on: [ROUND_PLAYED],
  react: async (tx, events) => {
    const rounds = await readRounds(
      tx,
      // The kind says the shape; `rounds` wrote it.
      events.map(({ playerId, payload }) => ({ playerId, id: BigInt((payload as unknown as RoundPlayed).round_id) })),
    )
    if (rounds.length !== events.length) throw new Bug(`${events.length} rounds were told, ${rounds.length} are there`)
    const byConfig = Map.groupBy(rounds, ({ configId }) => configId)
    const configs = await readConfigs(tx, [...byConfig.keys()])
    const asked = [...byConfig].map(([configId, played]) => {
      const [first] = played
      const game = first && WATCHED_GAMES[first.game]
      if (!game) throw new Bug(`nobody watches ${first?.game}`)
      return { game: first.game, configId, counts: game.none(), at: first.playedAt }
    })
    const rows: WatchRow[] = []
    for (const row of await lockWatches(tx, asked)) {
      const game = WATCHED_GAMES[row.game]
      const published = configs.get(row.config_id)
      if (!game || !published) throw new Bug(`configuration ${row.config_id} of ${row.game} cannot be watched`)
      const config = sameObject(published)
      const { counts } = row
      const sums = { rounds: row.rounds, staked: row.staked, paid: row.paid, impossible: row.impossible }
      let at = row.last_round_at
      for (const round of byConfig.get(row.config_id) ?? []) {
        const impossibleBefore = game.impossibleIn(counts)
        game.add(config, counts, round)
        sums.rounds += 1n
        sums.staked += round.stake
        sums.paid += round.payout
        if (game.impossibleIn(counts) > impossibleBefore) sums.impossible += 1n
        if (round.playedAt > at) at = round.playedAt
      }
      const { logEvidence } = game.observe(config, counts, ALPHA)
      const standing = standingAfter(
        {
          logEvidence: row.log_evidence,
          highestLogEvidence: row.highest_log_evidence,
          state: row.state,
          stateSince: row.state_since,
        },
        logEvidence,
        sums.impossible,
        at,
      )
      rows.push({
        ...row,
        ...sums,
        log_evidence: standing.logEvidence,
        highest_log_evidence: standing.highestLogEvidence,
        state: standing.state,
        state_since: standing.stateSince,
        last_round_at: at,
      })
    }
    await saveWatches(tx, rows)
  },
}
