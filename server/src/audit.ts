import { resolve } from 'node:path'
import { auditHouse } from '#modules/operator/audit-house.ts'
import { borrowEmbeddedPostgres } from '#platform/postgres/embedded-borrow.ts'
import { parseConfig } from '#server/config.ts'
import { openApp } from '#server/open-app.ts'
import { say, step } from '#server/tell-progress.ts'

/* npm run audit: recomputes the books and says every difference. Ends with 1 when there is one. */

const dataDir = resolve(process.env['DATA_DIR'] || '.data')
const config = parseConfig(process.env)
const postgres = config.DATABASE_URL === '' ? await borrowEmbeddedPostgres({ dataDir }) : undefined
const app = await openApp(config, postgres?.connectionString ?? config.DATABASE_URL)
const audit = await step('books recomputed', () => auditHouse(app))

say(`${audit.wallets} wallets, ${audit.transfers} transfers, ${audit.postings} postings`)
say('Trial balance (tills summed from postings; each asset adds up to 0):')
for (const { owner, asset, balance } of audit.trialBalance) say(`  ${asset.padEnd(6)} ${owner.padEnd(10)} ${balance}`)
for (const { what, where, expected, found } of audit.differences)
  say(`✗ ${what}: ${where}: expected ${expected}, found ${found}`)
say(audit.differences.length === 0 ? '✓ the books are right' : `${audit.differences.length} differences`)

await app.close()
await postgres?.stop()
process.exitCode = audit.differences.length === 0 ? 0 : 1
