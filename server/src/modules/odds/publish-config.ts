import { configHash } from '@casino-club/fairness/canonical.ts'
import { wake } from '#platform/hub.ts'
import type { Tx } from '#platform/postgres/database.ts'
import { insertConfig, lockPublishing, selectLive } from './odds.sql.ts'

/** The topic on which processes hear that a game plays another configuration now. */
export const ODDS_TOPIC = 'odds'

/**
 * Makes a configuration the live one of its game. The caller has checked it with the game's own checker.
 *
 * Publishing what is live already changes nothing.
 */
export async function publishConfig(tx: Tx, game: string, config: object, at: Date): Promise<{ configId: bigint }> {
  await lockPublishing(tx)
  const hash = configHash(config)
  const live = await selectLive(tx, game)
  if (live?.hash === hash) return { configId: live.id }
  const configId = await insertConfig(tx, { game, hash, config: JSON.stringify(config), at })
  await wake(tx, ODDS_TOPIC, game)
  return { configId }
}

/** Publishes a game's first configuration; a game that has one keeps it. */
export async function publishFirstConfig(tx: Tx, game: string, config: object, at: Date): Promise<void> {
  if (!(await selectLive(tx, game))) await publishConfig(tx, game, config, at)
}
