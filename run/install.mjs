import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { house } from './pinned-node.mjs'
import { quietly, step } from './steps.mjs'
import { Trouble } from './trouble.mjs'

const modules = join(house, 'node_modules')
const unfinished = join(modules, '.casino-club-installing')

/**
 * Installs the packages that package-lock.json says, when they are not there or not those.
 *
 * `development: false` leaves out what only tests and checks need, a third of the download; where that is there
 * already it is kept.
 *
 * Not with "npm ci": it refuses a lock that leaves out what is for other kinds of machines, and a lock written
 * where the registry has no such packages leaves them out (decision 0013).
 */
export async function ensureInstalled({ development = true } = {}) {
  const all = development || hasDevelopment()
  const reason = whyInstall(all)
  if (!reason) return
  const { command, args } = npm()
  const kinds = all ? '--include=dev' : '--omit=dev'
  await step(`installing packages (${reason})`, async () => {
    // What a cut-short install has left may be half a package that looks like a whole one.
    if (existsSync(unfinished) || !readPackages(hiddenLock)) {
      for (const each of ['.', 'fairness', 'server', 'web']) rmSync(join(house, each, 'node_modules'), REMOVE)
    }
    mkdirSync(modules, { recursive: true })
    writeFileSync(unfinished, '')
    await quietly('Installing the packages', command, [...args, ...FLAGS, kinds], { cwd: house, explained: true })
    rmSync(unfinished, REMOVE)
  })
}

const hiddenLock = join(modules, '.package-lock.json')
const REMOVE = { recursive: true, force: true }
const FLAGS = [
  'install',
  '--no-save',
  // None may be needed: npm may be set not to run them, and the registry is all that we can count on.
  '--ignore-scripts',
  '--include=optional',
  '--prefer-offline',
  '--no-audit',
  '--no-fund',
]

/** npm notes in node_modules what it has put there; compared with what the lock asks for. */
function whyInstall(all) {
  const installed = readPackages(hiddenLock)
  if (!installed) return 'the first time'
  if (existsSync(unfinished)) return 'it was cut short'
  const wanted = readPackages(join(house, 'package-lock.json')) ?? {}
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.includes('node_modules/') || entry.link) continue
    const present = installed[path]
    // What is for another kind of machine stays away.
    if (!present && (entry.optional || (entry.dev && !all))) continue
    if (present?.version !== entry.version) {
      const name = path.split('node_modules/').at(-1)
      return present ? `${name} is ${present.version}, not ${entry.version}` : `${name} is missing`
    }
    if (!entry.optional && !existsSync(join(house, path))) return `${path} is missing`
  }
  return undefined
}

/** Whoever has tested here once goes on testing: a start does not take the packages for it away. */
function hasDevelopment() {
  return Object.values(readPackages(hiddenLock) ?? {}).some((entry) => entry.dev)
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
