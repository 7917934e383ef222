import './refuse-old-node.mjs'
import { runChecks } from './checks.mjs'
import { ensureInstalled } from './install.mjs'
import { main } from './trouble.mjs'

/* npm run check: types, formatting, lint and the house rules, in less than a minute. */

await main(async () => {
  await ensureInstalled()
  return (await runChecks()) ? 0 : 1
})
