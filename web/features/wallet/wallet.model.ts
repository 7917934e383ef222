import type { WalletEntry } from '#server-link/api.types.ts'
import { seoulDay } from '#text/format.ts'
import type { TextKey } from '#text/translate.ts'

const reasons: Readonly<Record<string, TextKey>> = {
  'accounts.start_balance': 'wallet.reason.accounts_start_balance',
  'slot.stake': 'wallet.reason.slot_stake',
  'slot.payout': 'wallet.reason.slot_payout',
  'gacha.stake': 'wallet.reason.gacha_stake',
  'gacha.payout': 'wallet.reason.gacha_payout',
  'rewards.grant': 'wallet.reason.rewards_grant',
  'operator.gift': 'wallet.reason.operator_gift',
}

/** Plain words for why value moved. A reason newer than this page still gets a line, just a general one. */
export function reasonText(reason: string): TextKey {
  return reasons[reason] ?? 'wallet.reason.other'
}

const ofRounds: ReadonlySet<string> = new Set(['slot.stake', 'slot.payout', 'gacha.stake', 'gacha.payout'])

/** The round that moved this value. A round is kept under the id of its transfer (rounds/play-rounds.ts of the server). */
export function roundOf(entry: Pick<WalletEntry, 'reason' | 'transfer_id'>): number | null {
  return ofRounds.has(entry.reason) ? entry.transfer_id : null
}

export type Day = { readonly day: string; readonly entries: readonly WalletEntry[] }

/** Entries come newest first and stay so; each Seoul day becomes a group. */
export function byDay(entries: readonly WalletEntry[]): readonly Day[] {
  const days: { day: string; entries: WalletEntry[] }[] = []
  for (const entry of entries) {
    const day = seoulDay(entry.occurred_at)
    const latest = days.at(-1)
    if (latest?.day === day) latest.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}
