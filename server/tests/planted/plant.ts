import { existsSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'

/*
 * Mistakes that people make in systems like this one, each as a change to the text of a source file, planted while the
 * file is loaded. So no switch exists in the code that ships, and only a process that a test started has the mistake.
 */

export type Patch = {
  /** The end of the file's path. */
  readonly file: string
  /** Must be in the file, or the process refuses to start: a mistake that no longer fits says so. */
  readonly find: string
  readonly replace: string
}

/** From now on these files are loaded with the mistake in them. */
export function plant(name: string, patches: readonly Patch[]): void {
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context)
      const here = patches.filter(({ file }) => url.endsWith(`/${file}`))
      if (here.length === 0) return loaded
      let source = String(Buffer.from(loaded.source as Uint8Array))
      for (const { file, find, replace } of here) {
        if (!source.includes(find)) throw new Error(`defect ${name} no longer fits ${file}: there is no "${find}"`)
        source = source.replace(find, () => replace)
      }
      return { ...loaded, source }
    },
  })
}

const HOUSE = join(import.meta.dirname, '../../..')
const PLACES = ['server/src/modules', 'server/src', 'fairness']

/** The patches that would not find what they change, one sentence each; none when all fit. */
export function misfits(patches: readonly Patch[]): string[] {
  return patches.flatMap(({ file, find }) => {
    const path = PLACES.map((place) => join(HOUSE, place, file)).find((each) => existsSync(each))
    if (!path) return [`${file} is not there`]
    return readFileSync(path, 'utf8').includes(find) ? [] : [`${file}: there is no "${find}"`]
  })
}
