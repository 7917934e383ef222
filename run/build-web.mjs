import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { house, pinnedNode } from './pinned-node.mjs'
import { quietly, step } from './steps.mjs'

const web = join(house, 'web')
const stamp = join(web, '.cache', 'built-from')
// Written by the build itself, or no part of what it reads.
const NOT_SOURCES = new Set(['node_modules', '.next', 'out', 'fonts', '.cache', 'next-env.d.ts'])

/** Builds the web app when there is none, or when it was built from other sources than these. */
export async function ensureWebBuilt() {
  if (!existsSync(join(web, 'scripts', 'build.mjs'))) return
  const sources = hashSources()
  const before = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
  if (before === sources && existsSync(join(web, 'out'))) return
  const reason = existsSync(join(web, 'out')) ? 'its sources have changed' : 'the first time'
  await step(`building the web app (${reason})`, () =>
    quietly('Building the web app', pinnedNode(), [join(web, 'scripts', 'build.mjs')], { cwd: web, explained: true }),
  )
  mkdirSync(join(web, '.cache'), { recursive: true })
  writeFileSync(stamp, sources)
}

/** Everything the build reads: the app, what it shares with the server, and the versions of its tools. */
function hashSources() {
  const hash = createHash('sha256')
  const files = [...filesUnder(web, true), ...filesUnder(join(house, 'fairness', 'src'), false)]
  for (const file of [...files, join(house, 'package-lock.json')].sort()) {
    if (/\.test\.tsx?$/.test(file)) continue
    hash
      .update(`${file.slice(house.length)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(folder, isTop) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (isTop && NOT_SOURCES.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesUnder(path, false) : entry.isFile() ? [path] : []
  })
}
