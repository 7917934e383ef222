import type { Event } from '#platform/outbox.ts'

export const VALUE_MOVED = 'ledger.value_moved'

/** A transfer outside of rounds was done; rounds tell of themselves (`rounds.round_played`). */
export function valueMoved(playerId: bigint, transferId: bigint, reason: string, at: Date): Event {
  return { kind: VALUE_MOVED, playerId, payload: { transfer_id: Number(transferId), reason }, at }
}
