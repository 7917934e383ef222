import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { house } from './pinned-node.mjs'
import { quietly, step } from './steps.mjs'
import { Trouble } from './trouble.mjs'

/** Installs the packages exactly as package-lock.json says, when they are not there or not those. */
export async function ensureInstalled() {
  const reason = whyInstall()
  if (!reason) return
  const { command, args } = npm()
  // No install script may be needed: npm may be set not to run them, and the registry is all that we can count on.
  const flags = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  await step(`installing packages (${reason})`, () =>
    quietly('Installing the packages', command, [...args, ...flags], { cwd: house }),
  )
}

/** npm notes in node_modules what it has put there; compared with what the lock asks for. */
function whyInstall() {
  const installed = readPackages(join(house, 'node_modules', '.package-lock.json'))
  if (!installed) return 'the first time'
  const wanted = readPackages(join(house, 'package-lock.json')) ?? {}
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.includes('node_modules/') || entry.link) continue
    const present = installed[path]
    // What is for another kind of machine stays away.
    if (!present && entry.optional) continue
    if (present?.version !== entry.version) {
      const name = path.split('node_modules/').at(-1)
      return present ? `${name} is ${present.version}, not ${entry.version}` : `${name} is missing`
    }
    if (!entry.optional && !existsSync(join(house, path))) return `${path} is missing`
  }
  return undefined
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

function npm() {
  const own = process.env.npm_execpath
  // Under "npm start" this is npm's own script. Under another runner it is that runner's.
  if (own && /npm-cli\.[cm]?js$/.test(own)) return { command: process.execPath, args: [own] }
  if (own && !/npm/.test(own)) {
    throw new Trouble('Please use npm: only its lock file pins what this project runs on.')
  }
  return process.platform === 'win32' ? { command: 'npm.cmd', args: [] } : { command: 'npm', args: [] }
}
