import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { shippedOddsPage } from '@casino-club/fairness/odds-page.ts'

/*
 * `npm run odds` prints `docs/odds.md` from the configurations as shipped. With `--check` it changes nothing and
 * fails when the committed page is stale.
 */

const FILE = fileURLToPath(new URL('../../docs/odds.md', import.meta.url))

const fresh = shippedOddsPage()
const committed = await readFile(FILE, 'utf8').catch(() => '')
if (fresh === committed) console.log('docs/odds.md is up to date')
else if (process.argv.includes('--check')) {
  console.error('docs/odds.md is not what the games draw from: run "npm run odds" and commit the result')
  process.exitCode = 1
} else {
  await writeFile(FILE, fresh)
  console.log('docs/odds.md written')
}
