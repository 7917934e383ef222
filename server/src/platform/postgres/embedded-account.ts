import { spawnSync } from 'node:child_process'
import { existsSync, realpathSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CannotStart } from '#platform/postgres/embedded-cannot-start.ts'

/*
 * PostgreSQL refuses to run as root. When we are root (a container, a fresh server) its processes run
 * under an unprivileged account: `postgres` where the machine has one, else one that we create.
 *
 * That account may not be able to walk into the folders it needs: a clone in /root (0700), a folder from
 * mkdtemp. We change no permissions of other people's folders; the processes get one capability instead,
 * "read and search anything" (or "override permissions" where a container has only that one), and no other.
 */

export type Account = {
  /** undefined: the account that we run under already. */
  readonly owner: { readonly uid: number; readonly gid: number; readonly name: string } | undefined
  /** How to start a program under that account. */
  readonly start: (program: string, args: readonly string[]) => StartAs
}

export type StartAs = {
  readonly command: string
  readonly args: readonly string[]
  readonly options: { readonly uid?: number; readonly gid?: number }
}

const OWN_ACCOUNT = 'casino-postgres'

/**
 * Chooses the account for PostgreSQL's processes.
 *
 * @param dataOwner the uid that existing data belongs to, if there is data already.
 * @param needed paths that the account must be able to reach.
 * @throws CannotStart when no account can be had, with what to do.
 */
export async function chooseAccount(
  dataOwner: number | undefined,
  needed: readonly string[],
  onProgress: (message: string) => void,
): Promise<Account> {
  const self = process.getuid?.()
  if (self !== 0) {
    if (self !== undefined && dataOwner !== undefined && dataOwner !== self) {
      throw new CannotStart(
        `The database in this folder belongs to another account (uid ${dataOwner}, this is ${self}). Start as that account (or as root, if root started it before), or choose another folder: DATA_DIR=.data-mine`,
      )
    }
    return { owner: undefined, start: (command, args) => ({ command, args, options: {} }) }
  }
  const owner = accountFor(dataOwner, onProgress)
  const ids = { uid: owner.uid, gid: owner.gid }
  if (needed.every((each) => canReach(each, owner))) {
    return { owner, start: (command, args) => ({ command, args, options: ids }) }
  }
  const prefix = await capabilityPrefix(owner)
  return {
    owner,
    start: (program, args) => ({ command: 'setpriv', args: [...prefix, program, ...args], options: {} }),
  }
}

type Owner = { readonly uid: number; readonly gid: number; readonly name: string }

function accountFor(dataOwner: number | undefined, onProgress: (message: string) => void): Owner {
  if (dataOwner === 0) {
    throw new CannotStart(
      'The database files in this folder belong to root, and PostgreSQL does not run as root. Give them to the account that should run it, for example: chown -R postgres .data/database',
    )
  }
  if (dataOwner !== undefined) {
    const known = lookUp(String(dataOwner))
    if (known) return known
  }
  const existing = lookUp('postgres') ?? lookUp(OWN_ACCOUNT)
  if (existing) return existing
  onProgress(`creating the system account ${OWN_ACCOUNT}, because PostgreSQL does not run as root`)
  const args = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', OWN_ACCOUNT]
  spawnSync('useradd', args, { env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` } })
  const created = lookUp(OWN_ACCOUNT)
  if (created) return created
  throw new CannotStart(
    'PostgreSQL does not run as root, and no system account could be created for it (useradd failed). Start as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
  )
}

function lookUp(nameOrUid: string): Owner | undefined {
  const entry = spawnSync('getent', ['passwd', nameOrUid], { encoding: 'utf8' }).stdout?.trim()
  const [name, , uid, gid] = entry?.split(':') ?? []
  return name && uid && gid && uid !== '0' ? { name, uid: Number(uid), gid: Number(gid) } : undefined
}

/** Whether the mode bits alone let the account read this path and search every folder above it. */
function canReach(path: string, account: Owner): boolean {
  let at = existsSync(path) ? realpathSync(path) : path
  for (let bits = statSync(at).isDirectory() ? 0o1 : 0o4; ; bits = 0o1) {
    const { mode, uid, gid } = statSync(at)
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0
    if (((mode >> shift) & bits) !== bits) return false
    const above = dirname(at)
    if (above === at) return true
    at = above
  }
}

const CAPABILITIES = [
  { name: 'dac_read_search', bit: 2n },
  { name: 'dac_override', bit: 1n },
]

async function capabilityPrefix(owner: Owner): Promise<string[]> {
  const held = /^CapEff:\s*([0-9a-f]+)$/m.exec(await readFile('/proc/self/status', 'utf8').catch(() => ''))?.[1]
  const capability = CAPABILITIES.find(({ bit }) => held && (BigInt(`0x${held}`) >> bit) & 1n)?.name
  const prefix = [
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    '--clear-groups',
    `--bounding-set=-all,+${capability}`,
    `--inh-caps=-all,+${capability}`,
    `--ambient-caps=+${capability}`,
    // access(2), by which PostgreSQL looks for its own programs, ignores capabilities without this.
    '--securebits=+no_setuid_fixup',
    '--',
  ]
  if (capability && spawnSync('setpriv', [...prefix, 'true']).status === 0) return prefix
  throw new CannotStart(
    `PostgreSQL does not run as root, and the account ${owner.name} may not enter the folder of this program. Move the clone to a folder that others may enter (not under /root), or start as an ordinary user, or set DATABASE_URL.`,
  )
}
