import { type House, parseAll } from './house.ts'
import { importOffences } from './imports.ts'
import { moduleOffences } from './modules.ts'
import { suffixOffences } from './suffixes.ts'
import { testOffences } from './tests.ts'
import { textOffences } from './texts.ts'

/** Everything that is not tidy, as a list of things to do. */
export function offences(house: House): string[] {
  const sources = parseAll(house.files)
  const found = [
    ...importOffences(house, sources),
    ...suffixOffences(house, sources),
    ...moduleOffences(house, sources),
    ...testOffences(house, sources),
    ...textOffences(house),
  ]
  return [...new Set(found)].sort()
}
