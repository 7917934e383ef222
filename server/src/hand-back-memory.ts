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
  // When nothing is asked for some seconds V8 collects again, and by default throws compiled code away and keeps the heap
  // tight: whoever asks next would wait for the compiler and pay for many collections (docs/reports/performance.md).
  setFlagsFromString('--no-memory-reducer-favors-memory')
}
