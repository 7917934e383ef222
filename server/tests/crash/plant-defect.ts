import { plant } from '#tests/planted/plant.ts'
import { DEFECTS } from './defects.ts'

/* Loaded before a server of the crash test (`node --import`): changes the text of a source file as it is read. */

const name = process.env['CRASH_DEFECT']
const defect = DEFECTS.find((each) => each.name === name)
if (!defect) throw new Error(`there is no defect "${name}"`)
plant(defect.name, defect.patches)
