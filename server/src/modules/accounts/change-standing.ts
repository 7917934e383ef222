import { endSessions } from '#modules/sessions/end-sessions.ts'
import type { Rank } from '#modules/sessions/sessions.rules.ts'
import { tell } from '#platform/outbox.ts'
import type { App } from '#server/app.ts'
import { playerNotFound } from './contract.ts'
import { rankChanged, statusChanged } from './events.ts'
import { lockPlayer, type Status, updatePlayer } from './players.sql.ts'

/**
 * Gives a player another rank. It counts from the next request on, in sessions already open too: the
 * database carries it to their rows.
 *
 * @throws Refusal `accounts.player_not_found`
 */
export async function changeRank(app: App, playerId: bigint, rank: Rank): Promise<void> {
  await app.inTransaction(async (tx) => {
    const player = await lockPlayer(tx, playerId)
    if (!player) throw playerNotFound.with()
    if (player.rank === rank) return
    await updatePlayer(tx, playerId, { rank })
    await tell(tx, [rankChanged(playerId, player.rank, rank, app.clock.now())])
  })
}

/**
 * Bans a player, which ends all sessions at once, or lifts the ban.
 *
 * @throws Refusal `accounts.player_not_found`
 */
export async function changeStatus(app: App, playerId: bigint, status: Status): Promise<void> {
  await app.inTransaction(async (tx) => {
    const player = await lockPlayer(tx, playerId)
    if (!player) throw playerNotFound.with()
    if (player.status === status) return
    await updatePlayer(tx, playerId, { status })
    if (status === 'banned') await endSessions(app, tx, { kind: 'player', playerId }, 'banned')
    await tell(tx, [statusChanged(playerId, status, app.clock.now())])
  })
}
