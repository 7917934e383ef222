import type { Event } from '#platform/outbox.ts'
import type { Round } from './rounds.sql.ts'

export const ROUND_PLAYED = 'rounds.round_played'

/** What others may know of a round that was played. Amounts in tokens. */
export type RoundPlayed = {
  readonly round_id: number
  readonly game: string
  readonly config_id: number
  readonly stake: number
  readonly payout: number
}

export function roundPlayed(round: Round): Event {
  const payload: RoundPlayed = {
    round_id: Number(round.id),
    game: round.game,
    config_id: Number(round.configId),
    stake: Number(round.stake),
    payout: Number(round.payout),
  }
  return { kind: ROUND_PLAYED, playerId: round.playerId, payload, at: round.playedAt }
}
