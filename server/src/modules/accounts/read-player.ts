import type { Reads } from '#platform/postgres/database.ts'
import { playerNotFound } from './contract.ts'
import { maskedNickname } from './names.rules.ts'
import { type Player, selectPlayer, selectShownNicknames } from './players.sql.ts'

/** A player as stored. What others may see of it is decided where it is shown. @throws Refusal `accounts.player_not_found` */
export async function readPlayer(db: Reads, playerId: bigint): Promise<Player> {
  const player = await selectPlayer(db, playerId)
  if (!player) throw playerNotFound.with()
  return player
}

/** What these players are called before strangers, by id, without those who do not want to be shown. */
export async function readMaskedNicknames(db: Reads, playerIds: readonly bigint[]): Promise<Map<bigint, string>> {
  const rows = playerIds.length === 0 ? [] : await selectShownNicknames(db, playerIds)
  return new Map(rows.map(({ id, nickname }) => [id, maskedNickname(nickname)]))
}
