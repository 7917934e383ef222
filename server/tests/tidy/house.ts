import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Room } from '#server/floors.ts'
import { readSource, type Source } from './source.ts'

/** Everything that tidy judges. Plain data, so that a test can plant an offence in it. */
export type House = {
  readonly files: readonly TextFile[]
  readonly floors: Readonly<Record<string, Room>>
  /** Every table of the migrated database. */
  readonly tables: readonly string[]
  /** The tills that the ledger knows. */
  readonly tills: readonly string[]
  /** Whether some runner picks up a test file of this path. */
  readonly isCollected: (path: string) => boolean
}

export type TextFile = { readonly path: string; readonly text: string }

export type SourceFile = TextFile & {
  readonly source: Source
  /** The module it belongs to, and its path there; undefined outside the modules. */
  readonly at: { readonly module: string; readonly file: string } | undefined
  readonly isTest: boolean
}

const ROOT = join(import.meta.dirname, '../../..')
const TEXT = /\.(ts|tsx|mts|js|mjs|json|md|sql|css|yaml|yml|sh|toml|html|txt)$|^[^.]+$|\/(run|node24)$/
const LARGEST_BYTES = 400_000

/** Every text file that git tracks or would track, as it is on disk now. */
export function readFiles(): TextFile[] {
  const listed = execFileSync(
    'git',
    // A clone may belong to another account than the one that tests it, as in containers.
    ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  return [...new Set(listed.split('\0'))]
    .filter((path) => TEXT.test(path) && path !== 'package-lock.json')
    .filter((path) => existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).size < LARGEST_BYTES)
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
}

export function parseAll(files: readonly TextFile[]): SourceFile[] {
  return files
    .filter(({ path }) => /^(server|fairness|web|e2e|bench|simulator)\/.*\.(ts|tsx|mjs)$/.test(path))
    .filter(({ path }) => !/\.generated\.ts$|\/api\.types\.ts$/.test(path))
    .map(({ path, text }) => {
      const [, module, file] = /^server\/src\/modules\/([^/]+)\/(.+)$/.exec(path) ?? []
      return {
        path,
        text,
        source: readSource(path, text),
        at: module !== undefined && file !== undefined ? { module, file } : undefined,
        isTest: /\.(test|spec)\.tsx?$/.test(path) || /^(\w+\/tests|e2e|bench|simulator)\//.test(path),
      }
    })
}

/** How a person names a file of ours: `slot/slot.rules.ts`. */
export function shortly(path: string): string {
  return path.replace(/^server\/src\/modules\//, '')
}
