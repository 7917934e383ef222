import type { Reads } from '#platform/postgres/database.ts'
import { playerNotFound } from './contract.ts'
import { type Player, selectPlayer } from './players.sql.ts'

/** A player as stored. What others may see of it is decided where it is shown. @throws Refusal `accounts.player_not_found` */
export async function readPlayer(db: Reads, playerId: bigint): Promise<Player> {
  const player = await selectPlayer(db, playerId)
  if (!player) throw playerNotFound.with()
  return player
}
