import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '#platform/postgres/embedded.ts'
import { findOwner } from '#platform/postgres/embedded-claim.ts'
import { connectionTo, placeIn, readPidFile } from '#platform/postgres/embedded-place.ts'

/**
 * The database of a data folder, for a command that works beside the club (backup, audit): the server that a
 * running club has started, or one started for the moment. `stop` ends only the latter.
 */
export async function borrowEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<Pick<EmbeddedPostgres, 'connectionString' | 'stop'>> {
  const dataDir = resolve(options.dataDir)
  const place = placeIn(dataDir)
  while (await findOwner(dataDir)) {
    if ((await readPidFile(place))?.ready) {
      const port = Number(await readFile(place.portFile, 'utf8'))
      return { connectionString: await connectionTo(place, port), stop: async () => undefined }
    }
    await wait(100) // It is just starting, or just stopping.
  }
  return startEmbeddedPostgres(options)
}
