import type { HouseProcess } from '#tests/crash/house-process.ts'

export type WatchedCounters = { readonly sums: () => Readonly<Record<string, number>>; readonly stop: () => void }

/**
 * Adds up counters of processes that are killed and begin at nothing again. What a process counted in its last moments
 * is missing: the sums are at least so much.
 *
 * @param names what to call each counter, by its name in `/metrics`.
 */
export function watchCounters(
  servers: readonly HouseProcess[],
  names: Readonly<Record<string, string>>,
): WatchedCounters {
  const before = new Map<string, number>()
  const latest = new Map<string, number>()
  const read = async ({ port }: HouseProcess): Promise<void> => {
    const reply = await fetch(`http://127.0.0.1:${port}/metrics`, { signal: AbortSignal.timeout(1_000) }).catch(
      () => undefined,
    )
    const text = await reply?.text().catch(() => undefined)
    for (const line of text?.split('\n') ?? []) {
      const [counter = '', value = ''] = line.split(' ')
      const name = names[counter]
      if (name === undefined) continue
      const key = `${port} ${name}`
      const last = latest.get(key) ?? 0
      if (Number(value) < last) before.set(name, (before.get(name) ?? 0) + last)
      latest.set(key, Number(value))
    }
  }
  const timer = setInterval(() => void Promise.all(servers.map(read)), 250)
  return {
    sums: () => {
      const sums = Object.fromEntries(Object.values(names).map((name) => [name, before.get(name) ?? 0]))
      for (const [key, value] of latest) {
        const name = key.slice(key.indexOf(' ') + 1)
        sums[name] = (sums[name] ?? 0) + value
      }
      return sums
    },
    stop: () => clearInterval(timer),
  }
}
