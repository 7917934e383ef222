/* What a person at the terminal sees while the house starts. Logs are for machines; this is not one. */

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Does something and says how long it took; says that it is still at it when it takes long. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now()
  const patience = setInterval(() => say(`  … ${what}: ${seconds(from)} so far`), 2_000)
  try {
    const result = await work()
    say(`✓ ${what} (${seconds(from)})`)
    return result
  } finally {
    clearInterval(patience)
  }
}

function seconds(from: number): string {
  return `${((performance.now() - from) / 1000).toFixed(1)} s`
}
