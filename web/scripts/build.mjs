// One step after the other; the time of each is printed, because the first `npm start` waits for it.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'

const web = path.join(import.meta.dirname, '..')
const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }

const steps = [
  ['fonts', [path.join(web, 'scripts/subset-fonts.mjs')]],
  ['pages', [next, 'build']],
  ['strip', [path.join(web, 'scripts/strip-scripts.mjs')]],
  ['bundle', [path.join(web, 'scripts/bundle-scripts.mjs')]],
  ['precompress', [path.join(web, 'scripts/precompress.mjs')]],
]

for (const [name, args] of steps) {
  const startedAt = performance.now()
  const { status } = spawnSync(process.execPath, args, { cwd: web, env, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  console.log(`build: ${name} took ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
}
