import type { App } from '#server/app.ts'
import { PLACED } from './new-players.ts'

/** A round as it stands in the database, whoever wrote it. */
export type KeptRound = {
  readonly playerId: bigint
  readonly game: string
  readonly stake: bigint
  readonly payout: bigint
  readonly outcome: unknown
  /** Of a player whose counters were changed by hand after the first pull. */
  readonly isPlaced: boolean
}

type Row = {
  player_id: bigint
  id: bigint
  game: string
  stake: bigint
  payout: bigint
  outcome: unknown
  site_id: string
}

const AT_ONCE = 20_000

/** Every round there is, player by player, in the order in which they were played. */
export async function* readRounds(app: App): AsyncGenerator<KeptRound> {
  let after: Pick<Row, 'player_id' | 'id'> = { player_id: 0n, id: 0n }
  for (;;) {
    const { rows } = await app.pool.query<Row>(
      `select r.player_id, r.id, r.game, r.stake, r.payout, r.outcome, p.site_id
         from rounds_round r join accounts_player p on p.id = r.player_id
        where (r.player_id, r.id) > ($1, $2) order by r.player_id, r.id limit ${AT_ONCE}`,
      [after.player_id, after.id],
    )
    for (const row of rows) {
      const { player_id: playerId, game, stake, payout, outcome } = row
      yield { playerId, game, stake, payout, outcome, isPlaced: row.site_id.startsWith(PLACED) }
    }
    const last = rows.at(-1)
    if (!last) return
    after = last
  }
}
