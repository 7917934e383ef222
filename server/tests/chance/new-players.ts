import { randomUUID } from 'node:crypto'
import { openWallets } from '#modules/ledger/open-wallets.ts'
import { giveGift } from '#modules/operator/give-gift.ts'
import type { App } from '#server/app.ts'

export const PLAIN = 'chance'
/** Their saved counters are not what play made them. */
export const PLACED = 'placed'

/** Players with more tokens than they can lose, without going through the door. Named by `group` and a number. */
export async function newPlayers(app: App, count: number, group = PLAIN): Promise<bigint[]> {
  if (count === 0) return []
  const at = app.clock.now()
  const ids = await app.inTransaction(async (tx) => {
    const { id: inviteId } = await tx.sql
      .insertInto('accounts_invite')
      .values({ code: group, code_hash: Buffer.from(group), is_drawn: false, rank: 'VIP', created_at: at })
      .returning('id')
      .executeTakeFirstOrThrow()
    const rows = await tx.sql
      .insertInto('accounts_player')
      .values(
        Array.from({ length: count }, (_, number) => ({
          site_id: `${group}_${number}`,
          nickname: `${group}_${number}`,
          nickname_key: `${group}_${number}`,
          password_hash: 'none',
          rank: 'VIP' as const,
          invite_id: inviteId,
          created_at: at,
        })),
      )
      .returning('id')
      .execute()
    for (const { id } of rows) await openWallets(tx, id)
    return rows.map(({ id }) => id)
  })
  for (const playerId of ids)
    await giveGift(app, { playerId, asset: 'token', amount: 100_000_000n, requestId: randomUUID() })
  return ids
}
