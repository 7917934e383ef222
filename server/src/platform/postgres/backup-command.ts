import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BackupRefused, type Manifest, restoreBackup, takeBackup } from '#platform/postgres/backup.ts'
import { borrowEmbeddedPostgres } from '#platform/postgres/embedded-borrow.ts'
import { CannotStart } from '#platform/postgres/embedded-cannot-start.ts'
import { BadSettings, parseConfig } from '#server/config.ts'

/*
 * npm run backup  -- --to FOLDER     while the club runs or not
 * npm run restore -- --from FOLDER   into the empty database of DATABASE_URL or DATA_DIR
 */

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { to: { type: 'string' }, from: { type: 'string' } },
})
const say = (message: string) => console.log(`  ${message}`)

async function work(connectionString: string): Promise<string> {
  const startedAt = Date.now()
  const sum = ({ tables }: Manifest) =>
    `${tables.reduce((all, each) => all + each.rows, 0)} rows of ${tables.length} tables in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`
  if (positionals[0] === 'backup' && values.to) {
    const manifest = await takeBackup(connectionString, resolve(values.to), { onProgress: say })
    return `backup written to ${resolve(values.to)}: ${sum(manifest)}. It holds personal data: keep it as safe as the database, and copy the secrets of DATA_DIR (or JWT_SECRET and PII_KEY) beside it.`
  }
  const manifest = await restoreBackup(connectionString, resolve(values.from ?? ''), { onProgress: say })
  return `restored: ${sum(manifest)}, every table compared with the backup. Now look at the books: npm run audit`
}

try {
  if (!(positionals[0] === 'backup' && values.to) && !(positionals[0] === 'restore' && values.from)) {
    throw new BackupRefused('Say where: npm run backup -- --to FOLDER, or npm run restore -- --from FOLDER')
  }
  const config = parseConfig(process.env)
  const database = config.DATABASE_URL
    ? { connectionString: config.DATABASE_URL, stop: async () => undefined }
    : await borrowEmbeddedPostgres({ dataDir: config.DATA_DIR, onProgress: say })
  try {
    console.log(await work(database.connectionString))
  } finally {
    await database.stop()
  }
} catch (error) {
  const isForPeople = error instanceof BackupRefused || error instanceof CannotStart || error instanceof BadSettings
  console.error(isForPeople ? error.message : error)
  process.exitCode = 1
}
