import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Receipt } from '../src/receipt.ts'

export type Answer = {
  readonly derived: { readonly configs: number; readonly draws: number; readonly receipts: number }
  readonly disagreements: readonly { readonly where: string }[]
  readonly disagreed: number
}

/** Has Python derive everything again from the seeds. It runs wherever this does; a missing Python is a failure. */
export function derivedByPython(
  configs: Readonly<Record<string, object>>,
  receipts: readonly Receipt[],
  draws: readonly object[] = [],
): Answer {
  const script = join(import.meta.dirname, 'second-implementation.py')
  const { status, stdout, stderr, error } = spawnSync('python3', [script], {
    input: JSON.stringify({ configs, draws, receipts: receipts.map((receipt) => ({ ...receipt, config: null })) }),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error) throw new Error(`python3 is needed to derive the rounds a second time: install it (${error.message})`)
  if (status !== 0) throw new Error(`second-implementation.py failed: ${stderr}`)
  return JSON.parse(stdout) as Answer // our own script, a few lines up
}
