import { readFileSync } from 'node:fs'
import { childrenOf } from './cpu.ts'

/** Resident memory of a process in megabytes (Linux). */
export function memoryOf(pid: number): number {
  return Math.round(kilobytes(`/proc/${pid}/status`, /^VmRSS:\s+(\d+) kB/m) / 1024)
}

/** Of a process and its children together; what they share counts once. */
export function memoryOfFamily(parent: number): number {
  const pids = [parent, ...childrenOf(parent)]
  return Math.round(
    pids.reduce((sum, pid) => sum + kilobytes(`/proc/${pid}/smaps_rollup`, /^Pss:\s+(\d+) kB/m), 0) / 1024,
  )
}

function kilobytes(file: string, line: RegExp): number {
  try {
    return Number(line.exec(readFileSync(file, 'utf8'))?.[1] ?? 0)
  } catch {
    // It has ended meanwhile.
    return 0
  }
}
