import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Collects garbage, once, after starting: what compiling, reading the web app and computing odds have left behind would
 * otherwise stay for as long as nobody plays. Stops the process for some tens of milliseconds.
 */
export function handBackMemory(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  setFlagsFromString('--no-expose-gc')
  collect()
}
