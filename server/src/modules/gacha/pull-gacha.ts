import { type GachaConfig, isGachaConfig } from '@casino-club/fairness/gacha.config.ts'
import type { Animation } from '@casino-club/fairness/gacha.rules.ts'
import type { LiveConfigs } from '#modules/odds/live-config.ts'
import { readConfigs } from '#modules/odds/read-configs.ts'
import { asAnyGame } from '#modules/rounds/game.ts'
import { type Engine, playerOf } from '#modules/rounds/play-rounds.ts'
import type { Round } from '#modules/rounds/rounds.sql.ts'
import type { Reads } from '#platform/postgres/database.ts'
import type { ClaimedPlayer, PlayerCaller } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { Bug } from '#vocabulary/failure.ts'
import { animationOfPulls, type GachaShown, type KeptPull } from './gacha.rules.ts'
import { gacha } from './play-gacha.ts'

export const anyGacha = asAnyGame(gacha)

/** A round of pulls, with the configuration it was drawn from. */
export type Pulled = {
  readonly round: Round
  readonly config: GachaConfig
  readonly pulls: readonly KeptPull[]
  readonly animation: Animation
}

/**
 * Takes the price, draws, takes limited prizes from stock, puts new prizes into the inventory and converts those
 * owned already to tokens: one transaction.
 *
 * Asking again with the same `requestId` and count returns the first pulls and charges nothing.
 *
 * @throws Refusal `gacha.pull_count_not_offered`, `ledger.insufficient_balance`, `rounds.daily_limit_reached`,
 *   `rounds.request_id_reused`, for a claimed player `session.ended`
 */
export async function pullGacha(
  app: App,
  engine: Engine,
  configs: LiveConfigs,
  caller: PlayerCaller | ClaimedPlayer,
  requestId: string,
  pulls: number,
): Promise<Pulled> {
  const round = await engine.play({ ...playerOf(caller), requestId, game: anyGacha, input: { pulls } })
  const live = await configs.of('gacha', isGachaConfig)
  const config = round.configId === live.id ? live.config : (await configsOf(app.db, [round])).get(round.configId)
  return pulledIn(round, config)
}

/** The configurations that these rounds were drawn from, live or not. */
export async function configsOf(db: Reads, rounds: readonly Round[]): Promise<Map<bigint, GachaConfig>> {
  const ids = rounds.map((round) => round.configId)
  const found = new Map<bigint, GachaConfig>()
  for (const { id, config } of (await readConfigs(db, ids)).values()) if (isGachaConfig(config)) found.set(id, config)
  return found
}

/** @throws Bug without the configuration the round was drawn from. */
export function pulledIn(round: Round, config: GachaConfig | undefined): Pulled {
  if (!config) throw new Bug(`round ${round.id} was drawn from a configuration that is not there`)
  // Written by this game with the round, in this shape.
  const { pulls } = round.outcome as GachaShown
  return { round, config, pulls, animation: animationOfPulls(pulls) }
}
