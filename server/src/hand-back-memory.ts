import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Collects garbage, once, after starting: what compiling, reading the web app and computing odds have left behind would
 * otherwise stay for as long as nobody plays. Stops the process for some tens of milliseconds.
 */
export function handBackMemory(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (how: { type: 'major'; flavor: 'last-resort' }) => void
  setFlagsFromString('--no-expose-gc')
  // As if memory ran out: what is half empty is given back, too.
  collect({ type: 'major', flavor: 'last-resort' })
}

/**
 * From then on, all garbage is collected less often. Each time V8 throws away the compiled code of functions that were
 * made for one batch, and they are compiled anew, on the core that the database needs: up to a tenth of all rounds
 * (docs/reports/performance.md).
 */
export function collectLessOften(): void {
  // What lives may become four times as much before the next. By default a heap as small as ours grows by some megabytes.
  setFlagsFromString('--heap-growing-percent=300')
  // When nothing is asked for some seconds it is collected, but not at any price: code in use is kept.
  setFlagsFromString('--no-memory-reducer-favors-memory')
}
