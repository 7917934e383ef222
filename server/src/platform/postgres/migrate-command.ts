import { parseArgs } from 'node:util'
import { borrowEmbeddedPostgres } from '#platform/postgres/embedded-borrow.ts'
import { CannotStart } from '#platform/postgres/embedded-cannot-start.ts'
import { listMigrations, migrateDown, migrateUp } from '#platform/postgres/migrate.ts'
import { BadSettings, parseConfig } from '#server/config.ts'

/*
 * npm run migrate             brings the database to this release (as every start does)
 * npm run migrate -- list     what this release knows
 * npm run migrate -- down 1   takes the newest step back, with all that its tables hold: docs/runbooks/rollback.md
 */

const { positionals } = parseArgs({ allowPositionals: true })
const [verb = 'up', count = '1'] = positionals
const onStep = ({ name, direction }: { name: string; direction: string }) => console.log(`  ${direction} ${name}`)

try {
  if (verb === 'list') for (const { name } of await listMigrations()) console.log(name)
  else if (verb === 'up' || (verb === 'down' && /^[1-9]\d*$/.test(count))) {
    const config = parseConfig(process.env)
    const database = config.DATABASE_URL
      ? { connectionString: config.DATABASE_URL, stop: async () => undefined }
      : await borrowEmbeddedPostgres({ dataDir: config.DATA_DIR, onProgress: (message) => console.log(`  ${message}`) })
    try {
      const { head, ahead } =
        verb === 'up'
          ? await migrateUp(database.connectionString, { onStep })
          : await migrateDown(database.connectionString, Number(count), { onStep })
      console.log(`the database is at ${head ?? 'nothing'}`)
      if (ahead.length > 0) console.log(`a newer release has been here: ${ahead.join(', ')}`)
    } finally {
      await database.stop()
    }
  } else throw new CannotStart('Say what: npm run migrate, npm run migrate -- list, npm run migrate -- down 1')
} catch (error) {
  const isForPeople = error instanceof CannotStart || error instanceof BadSettings
  console.error(isForPeople ? error.message : error)
  process.exitCode = 1
}
