import './refuse-old-node.mjs'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { handOver } from './hand-over.mjs'
import { ensureInstalled } from './install.mjs'
import { house, pinnedNode } from './pinned-node.mjs'
import { main } from './trouble.mjs'

/* npm run dev: the server starts anew when its files change, and Next shows changed pages at once (PORT + 1). */

await main(async () => {
  await ensureInstalled()
  const port = Number(process.env.PORT ?? 3000)
  const webPort = port + 1
  const web = join(house, 'web')
  const env = { ...process.env, API_ORIGIN: `http://127.0.0.1:${port}`, NEXT_TELEMETRY_DISABLED: '1' }
  const fonts = spawn(pinnedNode(), [join(web, 'scripts', 'subset-fonts.mjs')], { cwd: web, stdio: 'inherit' })
  await new Promise((settle) => fonts.once('close', settle))
  const next = join(house, 'node_modules', 'next', 'dist', 'bin', 'next')
  const pages = spawn(pinnedNode(), [next, 'dev', '-p', String(webPort)], { cwd: web, env, stdio: 'inherit' })
  pages.once('error', (error) => console.error(`next dev: ${error.message}`))
  console.log(`  pages: http://localhost:${webPort} (they ask the server on port ${port})`)
  try {
    return await handOver(['--watch', join(house, 'server', 'src', 'main.ts')], {
      cwd: house,
      // Cookies and origin checks follow the address that the browser sees.
      env: { PUBLIC_URL: `http://localhost:${webPort}`, ...process.env },
    })
  } finally {
    pages.kill()
  }
})
