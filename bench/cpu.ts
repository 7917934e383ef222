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
  }
  return sum
}

function statOf(pid: number): { parent: number; cpu: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything; the fields after it do not.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return {
      parent: Number(fields[1]),
      cpu: ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1e6,
    }
  } catch {
    return undefined
  }
}
