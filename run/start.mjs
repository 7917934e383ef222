import './refuse-old-node.mjs'
import { join } from 'node:path'
import { ensureWebBuilt } from './build-web.mjs'
import { handOver } from './hand-over.mjs'
import { ensureInstalled } from './install.mjs'
import { house } from './pinned-node.mjs'
import { main } from './trouble.mjs'

/* npm start: from a fresh clone to a running club. Whatever is there already is not done again. */

await main(async () => {
  console.log('Casino Club')
  await ensureInstalled({ development: false })
  await ensureWebBuilt()
  return handOver([join(house, 'server', 'src', 'main.ts'), ...process.argv.slice(2)], { cwd: house })
})
