import { configHash } from '@casino-club/fairness/canonical.ts'
import { gateGacha, gateSlot } from '@casino-club/fairness/publish-gate.ts'
import { wake } from '#platform/hub.ts'
import type { Tx } from '#platform/postgres/database.ts'
import { appendToLog } from './append-to-log.ts'
import { notPublishable } from './contract.ts'
import { insertConfig, lockPublishing, selectLive } from './odds.sql.ts'

/** The topic on which processes hear that a game plays another configuration now. */
export const ODDS_TOPIC = 'odds'

/** Why a configuration may not go live: its form, its totals, its exact odds. None for a game without a gate. */
const GATES: Readonly<Record<string, (config: unknown) => string[]>> = { slot: gateSlot, gacha: gateGacha }

/**
 * Makes a configuration the live one of its game, when its exact odds lie inside the bands it has to keep to.
 *
 * Publishing what is live already changes nothing.
 *
 * @throws Refusal `odds.not_publishable` with `reasons`
 */
export async function publishConfig(tx: Tx, game: string, config: object, at: Date): Promise<{ configId: bigint }> {
  await lockPublishing(tx)
  const hash = configHash(config)
  const live = await selectLive(tx, game)
  if (live?.hash === hash) return { configId: live.id }
  const reasons = GATES[game]?.(config) ?? [`nobody knows how to check a ${game}`]
  if (reasons.length > 0) throw notPublishable.with({ reasons: reasons.join('; ') })
  const configId = await insertConfig(tx, { game, hash, config: JSON.stringify(config), at })
  const fact = { kind: 'config', game, config_id: Number(configId), config_hash: hash }
  await appendToLog(tx, `config:${configId}`, fact, at)
  await wake(tx, ODDS_TOPIC, game)
  return { configId }
}

/** Publishes a game's first configuration; a game that has one keeps it. */
export async function publishFirstConfig(tx: Tx, game: string, config: object, at: Date): Promise<void> {
  if (!(await selectLive(tx, game))) await publishConfig(tx, game, config, at)
}
