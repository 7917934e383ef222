import type { GachaHistoryRound, GachaPull } from '#server-link/api.types.ts'
import { type Outcome, outcomeOf, patienceMs } from '#server-link/ask-once.ts'
import { answer, link } from '#server-link/link.ts'
import type { Ask, LatestRound, Prize, Round } from './gacha-scene.model.ts'

/** Sends a pull once; `askOnce` and `askAgain` know what to do when nothing comes back. Never throws. */
export function sendPull({ key, count }: Pick<Ask, 'key' | 'count'>): Promise<Outcome<Round>> {
  return outcomeOf(
    answer(
      link.POST('/api/games/gacha/pull', {
        body: { pull_count: count },
        params: { header: { 'idempotency-key': key } },
        signal: AbortSignal.timeout(patienceMs),
      }),
    ),
    roundOf,
  )
}

export function roundOf(pull: GachaPull): Round | null {
  const count = pull.pull_count
  if ((count !== 1 && count !== 10) || pull.items.length !== count) return null
  return {
    roundId: String(pull.round_id),
    count,
    price: pull.price_tokens,
    prizes: pull.items.map(prizeOf),
    duplicateTokens: pull.duplicate_tokens,
    balance: pull.balance,
    situation: pull.psychological_message,
    summary: pull.message,
  }
}

export function latestRoundOf(round: GachaHistoryRound): LatestRound {
  return {
    roundId: String(round.round_id),
    prizes: round.items.map(prizeOf),
    price: round.price_tokens,
    duplicateTokens: round.duplicate_tokens,
  }
}

const looks = { near_miss_epic: 'epic', near_miss_legendary: 'legendary' } as const

function prizeOf(item: GachaPull['items'][number]): Prize {
  const { drawn } = item
  const isNearMiss = !item.by_pity && (drawn === 'near_miss_epic' || drawn === 'near_miss_legendary')
  return {
    itemId: item.item_id,
    name: item.name,
    rarity: item.rarity,
    looksLike: isNearMiss ? looks[drawn] : null,
    byPity: item.by_pity,
    duplicateTokens: item.duplicate_tokens,
  }
}
