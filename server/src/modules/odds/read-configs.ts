import type { Reads } from '#platform/postgres/database.ts'
import { selectConfigs } from './odds.sql.ts'

export type PublishedConfig = {
  readonly id: bigint
  readonly game: string
  readonly hash: string
  readonly config: object
  readonly publishedAt: Date
}

/** Configurations by their numbers, live or not: what was drawn from once can always be looked at. */
export async function readConfigs(db: Reads, ids: readonly bigint[]): Promise<Map<bigint, PublishedConfig>> {
  const rows = await selectConfigs(db, [...new Set(ids)])
  return new Map(
    rows.map((row) => [
      row.id,
      { id: row.id, game: row.game, hash: row.hash, config: row.config as object, publishedAt: row.published_at },
    ]),
  )
}
