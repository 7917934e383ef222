import type { Band } from '@casino-club/fairness/evidence.ts'
import type { LiveConfigs } from '#modules/odds/live-config.ts'
import { readConfigs } from '#modules/odds/read-configs.ts'
import type { App } from '#server/app.ts'
import { ALPHA, type MonitorState } from './monitor.rules.ts'
import { selectWatches, type WatchRow } from './monitor.sql.ts'
import { sameObject } from './same-object.ts'
import { WATCHED_GAMES } from './watched-games.ts'

export type Watched = {
  readonly game: string
  readonly configId: bigint
  readonly configHash: string
  readonly isLive: boolean
  readonly state: MonitorState
  /** Null before the first round. */
  readonly row: WatchRow | null
  readonly draws: number
  readonly kinds: readonly (Band & { readonly name: string })[]
  /** Win ÷ bet, summed over all rounds. */
  readonly returned: Band | null
}

const MOST_SHOWN = 50

/** What was seen of the newest configurations, the live ones first and there even before their first round. */
export async function readStatus(app: App, configs: LiveConfigs): Promise<Watched[]> {
  const live = await Promise.all(
    Object.entries(WATCHED_GAMES).map(async ([game, { isConfig }]) => ({
      game,
      ...(await configs.of(game, isConfig)),
    })),
  )
  const rows = await selectWatches(app.db, MOST_SHOWN)
  const published = await readConfigs(
    app.db,
    rows.map((row) => row.config_id),
  )
  const ofLive = live.map(({ game, id, hash, config }) =>
    watched(
      { game, id, hash, config: config as object, isLive: true },
      rows.find((row) => row.config_id === id) ?? null,
    ),
  )
  const earlier = rows.flatMap((row) => {
    const known = published.get(row.config_id)
    return known && !live.some(({ id }) => id === row.config_id) ? [watched({ ...known, isLive: false }, row)] : []
  })
  return [...ofLive, ...earlier]
}

function watched(
  of: {
    readonly game: string
    readonly id: bigint
    readonly hash: string
    readonly config: object
    readonly isLive: boolean
  },
  row: WatchRow | null,
): Watched {
  const game = WATCHED_GAMES[of.game]
  const counts = row?.counts ?? game?.none()
  const observed = game?.observe(sameObject(of), counts, ALPHA)
  return {
    game: of.game,
    configId: of.id,
    configHash: of.hash,
    isLive: of.isLive,
    state: row?.state ?? 'ok',
    row,
    draws: game?.drawsIn(counts) ?? 0,
    kinds: observed?.kinds ?? [],
    returned: observed?.returned ?? null,
  }
}
