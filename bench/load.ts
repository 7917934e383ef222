import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { ACTS, type Act } from './plays.ts'

/*
 * A load generator that costs little, since it shares the two cores with what it measures: one socket per caller,
 * requests as ready-made text, answers read just far enough to know where they end.
 */

/** How long each act took, in milliseconds, of those that were answered as they should be. */
export type Load = { readonly seconds: number; readonly latencies: number[]; readonly failures: string[] }

/**
 * Keeps `callers` acts under way for `seconds`. An act resolves with what went wrong, or nothing.
 *
 * @param perSecond with a rate, acts are due by the clock, whether or not those before are done in time; and what one
 *   waits for its caller, or for a timer, counts as its latency.
 */
export async function keepUp(
  callers: number,
  seconds: number,
  act: (caller: number) => Promise<string | undefined>,
  perSecond?: number,
): Promise<Load> {
  const latencies: number[] = []
  const failures: string[] = []
  const startedAt = performance.now()
  const end = startedAt + seconds * 1000
  const between = perSecond === undefined ? undefined : (callers / perSecond) * 1000
  const loop = async (caller: number): Promise<void> => {
    let due = startedAt + ((between ?? 0) * caller) / callers
    while (due < end) {
      const early = due - performance.now()
      if (early > 0) await wait(early)
      const failure = await act(caller)
      const then = performance.now()
      if (failure === undefined) latencies.push(then - due)
      else failures.push(failure)
      due = between === undefined ? then : due + between
    }
  }
  await Promise.all(Array.from({ length: callers }, (_, caller) => loop(caller)))
  return { seconds: (performance.now() - startedAt) / 1000, latencies, failures }
}

export type Caller = {
  readonly play: (act: Act, token: string) => Promise<string | undefined>
  readonly close: () => void
}

/** One keep-alive connection that plays for whoever's token it is given. */
export async function openCaller(port: number): Promise<Caller> {
  const socket = await new Promise<Socket>((settle, fail) => {
    const opened = connect({ host: '127.0.0.1', port, noDelay: true }, () => settle(opened))
    opened.once('error', fail)
  })
  socket.setEncoding('latin1')
  let received = ''
  let answer: ((failure: string | undefined) => void) | undefined
  socket.on('data', (part: string) => {
    received = received === '' ? part : received + part
    const headEnd = received.indexOf('\r\n\r\n')
    if (headEnd < 0) return
    const length = Number(/content-length: (\d+)/i.exec(received)?.[1])
    if (received.length < headEnd + 4 + length) return
    const isDone = received.startsWith('HTTP/1.1 200')
    const failure = isDone ? undefined : received.slice(0, headEnd + 4 + length)
    received = ''
    answer?.(failure)
  })
  socket.on('close', () => answer?.('the connection was closed'))
  socket.on('error', () => undefined)
  return {
    play: (act, token) =>
      new Promise((settle) => {
        const { path, body } = ACTS[act]
        answer = settle
        socket.write(
          `POST ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\nidempotency-key: ${randomUUID()}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
          'latin1',
        )
      }),
    close: () => socket.destroy(),
  }
}

export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** Of an unsorted list; NaN of an empty one. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN
}
