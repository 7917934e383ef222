import './refuse-old-node.mjs'
import { join } from 'node:path'
import { ensureWebBuilt } from './build-web.mjs'
import { ensureInstalled } from './install.mjs'
import { house, pinnedNode } from './pinned-node.mjs'
import { loudly } from './steps.mjs'
import { main } from './trouble.mjs'

/* npm run screens: takes the pictures under docs/screens/ anew. Not through in-house.mjs: its workers would inherit our hooks. */

await main(async () => {
  await ensureInstalled()
  await ensureWebBuilt()
  const cli = join(house, 'node_modules', '@playwright', 'test', 'cli.js')
  return loudly(
    pinnedNode(),
    [cli, 'test', '--config', join(house, 'e2e', 'screens.config.ts'), '--reporter=list', ...process.argv.slice(2)],
    { cwd: house },
  )
})
