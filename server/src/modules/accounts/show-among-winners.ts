import type { App } from '#server/app.ts'
import { playerNotFound } from './contract.ts'
import { lockPlayer, type Player, updatePlayer } from './players.sql.ts'

/**
 * Says whether a player's prizes are shown to other members, with the nickname masked. It counts from the next look at
 * the list on, for prizes that are on it already, too. Saying the same again changes nothing.
 *
 * @throws Refusal `accounts.player_not_found`
 */
export async function showAmongWinners(app: App, playerId: bigint, isShown: boolean): Promise<Player> {
  return app.inTransaction(async (tx) => {
    const player = await lockPlayer(tx, playerId)
    if (!player) throw playerNotFound.with()
    if (player.is_shown_among_winners === isShown) return player
    await updatePlayer(tx, playerId, { is_shown_among_winners: isShown })
    return { ...player, is_shown_among_winners: isShown }
  })
}
