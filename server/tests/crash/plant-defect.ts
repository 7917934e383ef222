import { registerHooks } from 'node:module'
import { DEFECTS } from './defects.ts'

/* Loaded before a server of the crash test (`node --import`): changes the text of a source file as it is read. */

const name = process.env['CRASH_DEFECT']
const defect = DEFECTS.find((each) => each.name === name)
if (!defect) throw new Error(`there is no defect "${name}"`)

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context)
    const patches = defect.patches.filter(({ file }) => url.endsWith(`/${file}`))
    if (patches.length === 0) return loaded
    let source = String(Buffer.from(loaded.source as Uint8Array))
    for (const { file, find, replace } of patches) {
      if (!source.includes(find)) throw new Error(`defect ${name} no longer fits ${file}: there is no "${find}"`)
      source = source.replace(find, () => replace)
    }
    return { ...loaded, source }
  },
})
