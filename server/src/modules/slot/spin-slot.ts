import { asAnyGame } from '#modules/rounds/game.ts'
import { type Engine, playerOf } from '#modules/rounds/play-rounds.ts'
import type { Round } from '#modules/rounds/rounds.sql.ts'
import type { ClaimedPlayer, PlayerCaller } from '#platform/route/endpoint.ts'
import { animationOf, type SlotAnimation, type SlotShown, slot } from './slot.rules.ts'

const anySlot = asAnyGame(slot)

export type Spin = {
  readonly requestId: string
  readonly round: Round
  readonly shown: SlotShown
  readonly animation: SlotAnimation
}

/**
 * Takes the bet, draws three symbols, pays what they are worth and counts the streak.
 *
 * Asking again with the same `requestId` and bet returns the first spin and charges nothing.
 *
 * @param betTokens whole tokens, within the published bounds.
 * @throws Refusal `slot.bet_out_of_range`, `ledger.insufficient_balance`, `rounds.daily_limit_reached`,
 *   `rounds.request_id_reused`, for a claimed player `session.ended`
 */
export async function spinSlot(
  engine: Engine,
  caller: PlayerCaller | ClaimedPlayer,
  requestId: string,
  betTokens: number,
): Promise<Spin> {
  const round = await engine.play({
    ...playerOf(caller),
    requestId,
    game: anySlot,
    input: { betTokens: BigInt(betTokens) },
  })
  // Written by this game with the round, in this shape.
  const shown = round.outcome as SlotShown
  return { requestId, round, shown, animation: animationOf(round.stake, round.payout, shown.is_jackpot) }
}
