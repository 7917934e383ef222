import { readConfigs } from '#modules/odds/read-configs.ts'
import { ROUND_PLAYED, type RoundPlayed } from '#modules/rounds/events.ts'
import { readRounds } from '#modules/rounds/read-rounds.ts'
import type { Reaction } from '#platform/outbox.ts'
import { Bug } from '#vocabulary/failure.ts'
import { ALPHA, standingAfter } from './monitor.rules.ts'
import { lockWatches, saveWatches, type WatchRow } from './monitor.sql.ts'
import { sameObject } from './same-object.ts'
import { type AnyWatchedGame, type KeptRound, WATCHED_GAMES } from './watched-games.ts'

type Played = KeptRound & { readonly game: string; readonly configId: number; readonly at: Date }

/** Counts what was drawn against what is published: a few statements for some hundred rounds. */
export const watchRounds: Reaction = {
  name: 'monitor.watch-rounds',
  on: [ROUND_PLAYED],
  react: async (tx, events) => {
    // The kind says the shape; `rounds` wrote it.
    const told = events.map(({ playerId, payload, at }) => ({ playerId, at, ...(payload as unknown as RoundPlayed) }))
    const rounds = await readRounds(
      tx,
      told.map(({ playerId, round_id: id }) => ({ playerId, id })),
    )
    const byConfig = new Map<number, Played[]>()
    for (const [place, { game, config_id: configId, at }] of told.entries()) {
      const round = rounds[place]
      if (!round) continue
      const { stake, payout, outcome } = round
      const same = byConfig.get(configId)
      const played = { game, configId, stake, payout, outcome, at }
      if (same) same.push(played)
      else byConfig.set(configId, [played])
    }
    const configs = await readConfigs(
      tx,
      [...byConfig.keys()].map((id) => BigInt(id)),
    )
    const asked = [...byConfig.values()].map(([first]) => {
      const game = first && WATCHED_GAMES[first.game]
      if (!game) throw new Bug(`nobody watches ${first?.game}`)
      return { game: first.game, configId: BigInt(first.configId), counts: game.none(), at: first.at }
    })
    const rows = (await lockWatches(tx, asked)).map((row) => {
      const game = WATCHED_GAMES[row.game]
      const published = configs.get(row.config_id)
      if (!game || !published) throw new Bug(`configuration ${row.config_id} of ${row.game} cannot be watched`)
      return counted(row, game, sameObject(published), byConfig.get(Number(row.config_id)) ?? [])
    })
    await saveWatches(tx, rows)
  },
}

/** The row with these rounds counted in. */
function counted(row: WatchRow, game: AnyWatchedGame, config: object, played: readonly Played[]): WatchRow {
  const { counts } = row
  const sums = { rounds: row.rounds, staked: row.staked, paid: row.paid, impossible: row.impossible }
  let at = row.last_round_at
  for (const round of played) {
    const impossibleBefore = game.impossibleIn(counts)
    game.add(config, counts, round)
    sums.rounds += 1n
    sums.staked += round.stake
    sums.paid += round.payout
    if (game.impossibleIn(counts) > impossibleBefore) sums.impossible += 1n
    if (round.at > at) at = round.at
  }
  const before = {
    logEvidence: row.log_evidence,
    highestLogEvidence: row.highest_log_evidence,
    state: row.state,
    stateSince: row.state_since,
  }
  const standing = standingAfter(before, game.observe(config, counts, ALPHA).logEvidence, sums.impossible, at)
  return {
    ...row,
    ...sums,
    log_evidence: standing.logEvidence,
    highest_log_evidence: standing.highestLogEvidence,
    state: standing.state,
    state_since: standing.stateSince,
    last_round_at: at,
  }
}
