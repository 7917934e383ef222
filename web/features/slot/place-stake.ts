import type { Round as PlayedRound, SlotSpin } from '#server-link/api.types.ts'
import { Refused } from '#server-link/failure.ts'
import { answer, link } from '#server-link/link.ts'
import type { Ask, LatestRound, Round } from './slot-scene.model.ts'
import { timings } from './slot-timeline.ts'

export type StakeOutcome =
  | { readonly kind: 'answered'; readonly round: Round }
  | { readonly kind: 'refused'; readonly refusal: Refused }
  /** Nobody answered, or the answer makes no sense: the stake may or may not have been placed. */
  | { readonly kind: 'lost' }

/** One request, one outcome; never throws. Tests send into a script instead of a network. */
export type SendStake = (ask: Ask) => Promise<StakeOutcome>

const pauseBeforeSecondTryMs = 700

/**
 * Sends a stake, and once more with the same key when nothing comes back: the server charges a key once at most and
 * gives the same answer for ever. Never throws.
 */
export async function placeStake(ask: Ask, send: SendStake = sendStake): Promise<StakeOutcome> {
  const first = await send(ask)
  if (first.kind !== 'lost') return first
  await new Promise((resolve) => setTimeout(resolve, pauseBeforeSecondTryMs))
  return askOutcome(ask, send)
}

/** Sends a stake again whose first sending may have arrived. Only a word about the stake itself settles it. */
export async function askOutcome(ask: Ask, send: SendStake = sendStake): Promise<StakeOutcome> {
  const outcome = await send(ask)
  return outcome.kind === 'refused' && !isAboutStake(outcome.refusal.code) ? { kind: 'lost' } : outcome
}

/** "Log in first" or "too many requests" say nothing about what became of a stake that was sent before. */
export function isAboutStake(code: string): boolean {
  return ['slot.', 'rounds.', 'ledger.', 'limits.'].some((module) => code.startsWith(module))
}

async function sendStake({ key, bet }: Ask): Promise<StakeOutcome> {
  try {
    const spin = await answer(
      link.POST('/api/games/slot/spin', {
        body: { bet_amount: bet },
        params: { header: { 'idempotency-key': key } },
        signal: AbortSignal.timeout(timings.patienceMs),
      }),
    )
    const round = roundOf(spin)
    return round ? { kind: 'answered', round } : { kind: 'lost' }
  } catch (error) {
    // A refusal is an answer. Everything else leaves open what happened.
    return error instanceof Refused ? { kind: 'refused', refusal: error } : { kind: 'lost' }
  }
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

/** `crypto.randomUUID` exists on secure origins only; a club in a home network may have none. */
export function newRequestId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = [...bytes].map((byte, place) => {
    const value = place === 6 ? (byte & 0x0f) | 0x40 : place === 8 ? (byte & 0x3f) | 0x80 : byte
    return value.toString(16).padStart(2, '0')
  })
  const part = (from: number, to: number) => hex.slice(from, to).join('')
  return [part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 16)].join('-')
}
