import { parseArgs } from 'node:util'

/** How often each kind of blow falls. */
export type Blows = {
  /** SIGKILL of a server process; the first one takes the embedded database down with it. */
  readonly server: number
  /** pg_terminate_backend on one connection. */
  readonly connection: number
  /** SIGKILL of one backend: PostgreSQL throws everybody out and recovers. */
  readonly backend: number
  /** SIGKILL of PostgreSQL itself. */
  readonly database: number
}

export type CrashSettings = {
  readonly seed: number
  readonly players: number
  /** Server processes on the one database. */
  readonly servers: number
  readonly blows: Blows
  /** Milliseconds from one blow to the next. */
  readonly gapMs: { readonly from: number; readonly to: number }
  /** Goes on until so many acts have been answered, even when every blow has fallen. */
  readonly acts: number
  /** The name of a defect to plant in the servers. */
  readonly defect?: string
  /** For the database and the journal. */
  readonly folder: string
}

export type CommandLine = {
  readonly settings: Omit<CrashSettings, 'folder'>
  readonly defects: boolean
  readonly folder: string | undefined
  readonly only: string | undefined
}

export const USAGE = `npm run crash -- [options]
  --kills N      SIGKILLs of server processes (default 24)
  --players N    people who play at once (default 64)
  --servers N    server processes on one database (default 2)
  --acts N       go on for at least so many answered acts
  --gap A-B      milliseconds between one blow and the next, once the house is open again (default 1000-4000)
  --seed N       repeat the choices of an earlier run
  --folder DIR   where the database and the journal go, and stay (default: a folder that is deleted)
  --defects      plant each known defect, one after the other, and see that the harness notices
  --only NAME    plant this one only
Ctrl-C ends the blows at once, and the checks are made. With DATABASE_URL a database is made there and dropped afterwards; PostgreSQL itself is then not killed.`

/** @throws with a sentence for whoever typed it. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kills: { type: 'string', default: '24' },
      players: { type: 'string', default: '64' },
      gap: { type: 'string', default: '1000-4000' },
      servers: { type: 'string', default: '2' },
      acts: { type: 'string', default: '0' },
      seed: { type: 'string' },
      folder: { type: 'string' },
      defects: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  })
  const number = (name: string, text: string): number => {
    if (!/^\d+$/.test(text)) throw new Error(`--${name} ${text}: a whole number\n\n${USAGE}`)
    return Number(text)
  }
  const kills = number('kills', values.kills)
  return {
    settings: {
      seed: values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : number('seed', values.seed),
      players: number('players', values.players),
      servers: number('servers', values.servers),
      acts: number('acts', values.acts),
      blows: {
        server: kills,
        connection: Math.ceil(kills / 4),
        backend: Math.ceil(kills / 8),
        database: Math.ceil(kills / 8),
      },
      gapMs: gapOf(values.gap),
    },
    defects: values.defects || values.only !== undefined,
    folder: values.folder,
    only: values.only,
  }
}

function gapOf(text: string): CrashSettings['gapMs'] {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(text) ?? []
  if (Number(from) <= Number(to)) return { from: Number(from), to: Number(to) }
  throw new Error(`--gap ${text}: two whole numbers, as in 1000-4000\n\n${USAGE}`)
}
