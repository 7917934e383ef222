import './refuse-old-node.mjs'
import { handOver } from './hand-over.mjs'
import { ensureInstalled } from './install.mjs'
import { main } from './trouble.mjs'

/* node run/in-house.mjs FILE.ts ARGUMENTS: runs a TypeScript file of ours with the Node that this project pins. */

await main(async () => {
  await ensureInstalled()
  return handOver(process.argv.slice(2))
})
