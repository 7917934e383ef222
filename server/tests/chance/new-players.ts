import { randomUUID } from 'node:crypto'
import { openWallets } from '#modules/ledger/open-wallets.ts'
import { giveGift } from '#modules/operator/give-gift.ts'
import type { App } from '#server/app.ts'

/** Players with more tokens than they can lose, without going through the door. */
export async function newPlayers(app: App, count: number): Promise<bigint[]> {
  const at = app.clock.now()
  const ids = await app.inTransaction(async (tx) => {
    const { id: inviteId } = await tx.sql
      .insertInto('accounts_invite')
      .values({ code: 'chance', code_hash: Buffer.from('chance'), is_drawn: false, rank: 'VIP', created_at: at })
      .returning('id')
      .executeTakeFirstOrThrow()
    const rows = await tx.sql
      .insertInto('accounts_player')
      .values(
        Array.from({ length: count }, (_, number) => ({
          site_id: `chance_${number}`,
          nickname: `chance_${number}`,
          nickname_key: `chance_${number}`,
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
