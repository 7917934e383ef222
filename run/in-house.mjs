import './refuse-old-node.mjs'
import { handOver } from './hand-over.mjs'
import { ensureInstalled } from './install.mjs'
import { main } from './trouble.mjs'

/* node run/in-house.mjs FILE.ts ARGUMENTS: runs a TypeScript file of ours with the Node that this project pins. */

await main(async () => {
  const args = process.argv.slice(2)
  // The server and its commands (audit, backup …) need no packages for tests.
  await ensureInstalled({ development: !args[0]?.startsWith('server/src/') })
  return handOver(args)
})
