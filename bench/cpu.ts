import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100

/** Processor time that a process has used so far, in microseconds (Linux; to the nearest 10 ms). */
export function cpuOf(pid: number): number {
  return statOf(pid)?.cpu ?? 0
}

/** The same for a process and all its children together: PostgreSQL with all its backends. */
export function cpuOfFamily(parent: number): number {
  let sum = 0
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    const stat = Number.isInteger(pid) ? statOf(pid) : undefined
    if (stat && (pid === parent || stat.parent === parent)) sum += stat.cpu
    // And those of its children that have ended since: pools close connections that nobody uses.
    if (stat && pid === parent) sum += stat.ofTheEnded
  }
  return sum
}

/** The processes that this one has started and that still run. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && statOf(pid)?.parent === parent)
}

function statOf(pid: number): { parent: number; cpu: number; ofTheEnded: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything; the fields after it do not.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return {
      parent: Number(fields[1]),
      cpu: micros(fields[11], fields[12]),
      ofTheEnded: micros(fields[13], fields[14]),
    }
  } catch {
    return undefined
  }
}

function micros(user: string | undefined, system: string | undefined): number {
  return ((Number(user) + Number(system)) / TICKS_PER_SECOND) * 1e6
}
