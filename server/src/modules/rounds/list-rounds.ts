import type { Reads } from '#platform/postgres/database.ts'
import { LARGEST_AMOUNT } from '#vocabulary/amount.ts'
import { readNumberCursor, writeNumberCursor } from '#vocabulary/cursor.ts'
import { roundNotFound } from './contract.ts'
import { findRounds, type Round, selectRounds } from './rounds.sql.ts'

/**
 * A player's rounds, newest first.
 *
 * @throws Refusal `request.cursor_invalid`
 */
export async function listRounds(
  db: Reads,
  playerId: bigint,
  asked: { game?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<{ rounds: Round[]; nextCursor: string | null }> {
  const below = asked.cursor === undefined ? LARGEST_AMOUNT : readNumberCursor(asked.cursor)
  const found = await selectRounds(db, playerId, below, asked.game ?? null, asked.limit + 1)
  const rounds = found.slice(0, asked.limit)
  const last = rounds.at(-1)
  return { rounds, nextCursor: found.length > asked.limit && last ? writeNumberCursor(last.id) : null }
}

/** These rounds, of whichever players, as far as they are there; in no particular order. */
export async function readRounds(
  db: Reads,
  keys: readonly { readonly playerId: bigint; readonly id: bigint }[],
): Promise<Round[]> {
  return keys.length === 0 ? [] : findRounds(db, keys)
}

/**
 * One of a player's own rounds; another player's is not found either.
 *
 * @throws Refusal `rounds.not_found`
 */
export async function readRound(db: Reads, playerId: bigint, id: bigint): Promise<Round> {
  const [round] = await findRounds(db, [{ playerId, id }])
  if (!round) throw roundNotFound.with()
  return round
}
