import type { Round as PlayedRound, SlotSpin } from '#server-link/api.types.ts'
import { type Outcome, outcomeOf, patienceMs } from '#server-link/ask-once.ts'
import { answer, link } from '#server-link/link.ts'
import type { Ask, LatestRound, Round } from './slot-scene.model.ts'

/** Sends a stake once; `askOnce` and `askAgain` know what to do when nothing comes back. Never throws. */
export function sendStake({ key, bet }: Ask): Promise<Outcome<Round>> {
  return outcomeOf(
    answer(
      link.POST('/api/games/slot/spin', {
        body: { bet_amount: bet },
        params: { header: { 'idempotency-key': key } },
        signal: AbortSignal.timeout(patienceMs),
      }),
    ),
    roundOf,
  )
}

export function roundOf(spin: SlotSpin): Round | null {
  const [first, second, third] = spin.reels
  if (first === undefined || second === undefined || third === undefined) return null
  return {
    roundId: String(spin.round_id),
    bet: spin.bet_amount,
    reels: [first, second, third],
    win: spin.win_amount,
    isJackpot: spin.is_jackpot,
    streak: spin.streak,
    streakBonusPercent: spin.streak_bonus_percent,
    balance: spin.balance,
  }
}

/** A round of the history as the list of results shows it; nothing when it is of another game. */
export function latestRoundOf(played: PlayedRound): readonly LatestRound[] {
  const { reels } = played.outcome
  if (played.game !== 'slot' || !Array.isArray(reels)) return []
  const [first, second, third] = reels.map(String)
  if (first === undefined || second === undefined || third === undefined) return []
  return [
    {
      roundId: String(played.round_id),
      bet: played.bet_amount,
      reels: [first, second, third],
      win: played.win_amount,
      isJackpot: played.outcome['is_jackpot'] === true,
    },
  ]
}
