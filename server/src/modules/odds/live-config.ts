import type { Hub } from '#platform/hub.ts'
import type { Db } from '#platform/postgres/database.ts'
import { Bug } from '#vocabulary/failure.ts'
import { selectLive } from './odds.sql.ts'
import { ODDS_TOPIC } from './publish-config.ts'

export type LiveConfig<Config> = {
  readonly id: bigint
  readonly hash: string
  readonly config: Config
  readonly publishedAt: Date
}

/** The configurations this process draws from: the very objects that it publishes. */
export type LiveConfigs = {
  /** @throws Bug when nothing is published for the game, or what is published cannot be played. */
  readonly of: <Config>(game: string, isConfig: (config: unknown) => config is Config) => Promise<LiveConfig<Config>>
}

/** Remembers each game's live configuration until the hub says that another was published. */
export function openLiveConfigs(db: Db, hub: Hub): LiveConfigs {
  const known = new Map<string, Promise<LiveConfig<unknown>>>()
  hub.on(ODDS_TOPIC, (game) => {
    if (game === '*') known.clear()
    else known.delete(game)
  })
  return {
    of: async <Config>(game: string, isConfig: (config: unknown) => config is Config) => {
      let live = known.get(game)
      if (!live) {
        live = read(db, game, isConfig)
        known.set(game, live)
        live.catch(() => known.delete(game))
      }
      // Checked when it was read; the map only forgets the type.
      return (await live) as LiveConfig<Config>
    },
  }
}

async function read<Config>(
  db: Db,
  game: string,
  isConfig: (config: unknown) => config is Config,
): Promise<LiveConfig<Config>> {
  const row = await selectLive(db, game)
  if (!row) throw new Bug(`no configuration is published for ${game}`)
  const { config } = row
  if (!isConfig(config)) throw new Bug(`configuration ${row.id} of ${game} cannot be played`)
  return { id: row.id, hash: row.hash, config, publishedAt: row.published_at }
}
