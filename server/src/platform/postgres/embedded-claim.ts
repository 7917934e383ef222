import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { CannotStart } from '#platform/postgres/embedded-cannot-start.ts'

/*
 * One process at a time works on a data folder. Each writes a claim named by its own process id and then
 * looks for claims of others that are alive; when there is one it takes its own back. Of two that start
 * in the same moment at least one sees the other, so there are never two owners, and a claim left by a
 * killed process needs no cleaning up under a lock: nobody alive has its id and start time.
 */

export type Claim = {
  /** Writes the address people reach us at into the claim, for the message of a second start. */
  readonly announceUrl: (url: string) => Promise<void>
  readonly release: () => Promise<void>
}

type ClaimText = { pid: number; startedAt: string | undefined; host: string; url?: string }

const CLAIM = /^running\.(\d+)\.json$/
const ATTEMPTS = 5
const claimedHere = new Set<string>()

/** @throws CannotStart when another live process has the folder, with its process id and address. */
export async function claimFolder(dataDir: string): Promise<Claim> {
  const file = join(dataDir, `running.${process.pid}.json`)
  const text: ClaimText = { pid: process.pid, startedAt: startTimeOf(process.pid), host: hostname() }
  if (claimedHere.has(file)) throw alreadyRunning(text)
  for (let attempt = 1; ; attempt++) {
    await writeFile(file, JSON.stringify(text), { mode: 0o644 }).catch(notOurs)
    const other = await findLiveClaim(dataDir, basename(file))
    if (!other) break
    await rm(file, { force: true })
    if (attempt === ATTEMPTS) throw alreadyRunning(other)
    await wait(50 + Math.random() * 200)
  }
  claimedHere.add(file)
  return {
    announceUrl: async (url) => {
      await writeFile(`${file}.new`, JSON.stringify({ ...text, url }), { mode: 0o644 })
      await rename(`${file}.new`, file)
    },
    release: async () => {
      claimedHere.delete(file)
      await rm(file, { force: true })
    },
  }
}

function notOurs(error: NodeJS.ErrnoException): never {
  if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS') {
    throw new CannotStart(
      `This account may not write to the data folder (${error.message}). Start as the account that made it, or choose another folder: DATA_DIR=.data-mine`,
    )
  }
  if (error.code === 'ENOSPC') throw new CannotStart('The disk is full: the database needs about 500 MB.')
  throw error
}

/** The process that works on this folder now, if there is one. */
export function findOwner(dataDir: string): Promise<ClaimText | undefined> {
  return findLiveClaim(dataDir, '')
}

async function findLiveClaim(dataDir: string, ownName: string): Promise<ClaimText | undefined> {
  for (const name of await readdir(dataDir).catch(() => [])) {
    const pid = Number(CLAIM.exec(name)?.[1])
    if (!pid || name === ownName) continue
    const claim = await readClaim(join(dataDir, name), pid)
    if (claim && isAlive(claim)) return claim
    await rm(join(dataDir, name), { force: true }).catch(() => undefined) // Another account's: harmless.
  }
  return undefined
}

async function readClaim(file: string, pid: number): Promise<ClaimText | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as ClaimText
  } catch {
    // Half written: its process is just starting. Only its id is known.
    return { pid, startedAt: startTimeOf(pid), host: hostname() }
  }
}

function isAlive(claim: ClaimText): boolean {
  const startedAt = startTimeOf(claim.pid)
  return isProcessAlive(claim.pid) && (startedAt === undefined || startedAt === claim.startedAt)
}

function alreadyRunning({ pid, url }: ClaimText): CannotStart {
  return new CannotStart(
    `Casino Club is already running on this folder (process ${pid}${url ? `, ${url}` : ''}). Stop it first, or start this one beside it: DATA_DIR=.data-second PORT=3001 npm start`,
  )
}

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Ended, but its parent has not asked yet: for ever, in a container whose first process never asks. */
function isZombie(pid: number): boolean {
  return process.platform === 'linux' && /^[ZX]/.test(statusOf(pid)[0] ?? '')
}

/** The fields of /proc/<pid>/stat after the name, which may itself hold spaces and brackets. */
function statusOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  } catch {
    return []
  }
}

/** When a process started, in words of this machine: ids are used again, an id with its start time is not. */
function startTimeOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
      const ticks = statusOf(pid)[19]
      return ticks && `${boot} ${ticks}`
    }
    if (process.platform === 'darwin') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    }
  } catch {
    // Gone, or not to be seen: the id alone decides.
  }
  return undefined
}
