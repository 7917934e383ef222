import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where things lie in the data folder, and how to reach the server that runs there. */
export type Place = {
  readonly dataDir: string
  readonly data: string
  readonly log: string
  readonly passwordFile: string
  readonly portFile: string
}

export const USER = 'casino'
export const DATABASE = 'casino'
// Stated by PostgreSQL: sun_path holds 107 bytes, and it adds "/.s.PGSQL.65535".
const LONGEST_SOCKET_FOLDER = 107 - '/.s.PGSQL.65535'.length

export function placeIn(dataDir: string): Place {
  return {
    dataDir,
    data: join(dataDir, 'database'),
    log: join(dataDir, 'database.log'),
    passwordFile: join(dataDir, 'database-password'),
    portFile: join(dataDir, 'database-port'),
  }
}

/** What postmaster.pid says: PostgreSQL writes it when it starts and removes it when it has stopped. */
export async function readPidFile(place: Place): Promise<{ pid: number; ready: boolean } | undefined> {
  const text = await readFile(join(place.data, 'postmaster.pid'), 'utf8').catch(() => undefined)
  const lines = text?.split('\n')
  return lines && { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' }
}

/** The folder for a unix socket, where its path is short and plain enough. */
export function socketFolder(place: Place): string | undefined {
  const folder = place.data
  return process.platform !== 'win32' &&
    Buffer.byteLength(folder) <= LONGEST_SOCKET_FOLDER &&
    // A list in PostgreSQL's settings and part of a URL in ours: only what needs no quoting in either.
    /^[\w/.@+-]+$/.test(folder)
    ? folder
    : undefined
}

export async function connectionTo(place: Place, port: number, database = DATABASE): Promise<string> {
  const password = (await readFile(place.passwordFile, 'utf8')).trim()
  const folder = socketFolder(place)
  const address = folder ? `/${database}?host=${folder}&port=${port}` : `127.0.0.1:${port}/${database}`
  return `postgres://${USER}:${password}@${address}`
}
