import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const SERVER = join(import.meta.dirname, '../../src/main.ts')
const STOP_WITH_PARENT = join(import.meta.dirname, '../../../run/stop-with-parent.mjs')
const PLANT_DEFECT = join(import.meta.dirname, 'plant-defect.ts')

/** A server process, as `npm start` runs it. Started again whenever it ends, until `stop`. */
export class HouseProcess {
  readonly name: string
  readonly port: number
  readonly #settings: () => Readonly<Record<string, string>>
  readonly #defect: string | undefined
  #child: ChildProcess | undefined
  #isOpen = false
  #isStopping = false
  #said: string[] = []
  #startedAt = 0
  /** How long each start took, from spawn to open door. */
  readonly startMs: number[] = []

  /** @param settings asked for before every start, since the address of the database may change. */
  constructor(name: string, port: number, settings: () => Readonly<Record<string, string>>, defect?: string) {
    this.name = name
    this.port = port
    this.#settings = settings
    this.#defect = defect
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** The last things it said. */
  get lastWords(): string {
    return this.#said.slice(-12).join('\n')
  }

  /** The lines of its log in which this occurs. */
  linesWith(text: string): string[] {
    return this.#said.filter((line) => line.includes(text))
  }

  start(): void {
    const planted = this.#defect === undefined ? [] : ['--import', PLANT_DEFECT]
    const child = spawn(process.execPath, [...planted, '--import', STOP_WITH_PARENT, SERVER], {
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        // It stops with us, however we end (`stop-with-parent.mjs`).
        CASINO_CLUB_STARTER: String(process.pid),
        ...this.#settings(),
        PORT: String(this.port),
        ...(this.#defect === undefined ? {} : { CRASH_DEFECT: this.#defect }),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#child = child
    this.#startedAt = performance.now()
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said.push(...text.trimEnd().split('\n'))
        if (this.#said.length > 500) this.#said = this.#said.slice(-200)
        if (this.#child === child && text.includes('Casino Club is open')) {
          this.#isOpen = true
          this.startMs.push(performance.now() - this.#startedAt)
        }
      })
    child.once('exit', () => {
      this.#isOpen = false
      if (this.#isStopping) return
      // A database that is still recovering sends a second process away: it comes back, and not in a rush.
      void wait(performance.now() - this.#startedAt < 2_000 ? 200 : 0).then(() => {
        if (!this.#isStopping) this.start()
      })
    })
  }

  /** kill -9, if it runs. It is started again by itself. */
  async kill(): Promise<boolean> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return false
    const gone = new Promise((settle) => child.once('exit', settle))
    child.kill('SIGKILL')
    await gone
    return true
  }

  /** Asks it to end, as Ctrl-C does. */
  async stop(): Promise<void> {
    this.#isStopping = true
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((settle) => child.once('exit', settle))
    child.kill('SIGTERM')
    const tooLong = setTimeout(() => child.kill('SIGKILL'), 15_000)
    await gone
    clearTimeout(tooLong)
  }

  /** @throws with its last words when it has not opened in time. */
  async opened(withinMs = 180_000): Promise<void> {
    for (const end = Date.now() + withinMs; !this.#isOpen; await wait(20))
      if (Date.now() > end) throw new Error(`${this.name} did not open within ${withinMs} ms:\n${this.lastWords}`)
  }
}

export function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => settle(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
