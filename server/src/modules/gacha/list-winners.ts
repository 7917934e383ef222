import { readMaskedNicknames } from '#modules/accounts/read-player.ts'
import type { Reads } from '#platform/postgres/database.ts'
import { selectWinners, type WinnerRow } from './gacha.sql.ts'

export type Winner = WinnerRow & { readonly nickname: string }

/** The latest epic and legendary prizes, newest first, with nicknames as strangers may see them; of those who may be shown. */
export async function listWinners(db: Reads): Promise<Winner[]> {
  const rows = await selectWinners(db)
  const nicknames = await readMaskedNicknames(db, [...new Set(rows.map((row) => row.player_id))])
  return rows.flatMap((row) => {
    const nickname = nicknames.get(row.player_id)
    return nickname === undefined ? [] : [{ ...row, nickname }]
  })
}
