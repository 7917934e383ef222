import type pg from 'pg'
import { type Asked, goTogether, isPrepared, prepare, sendWhole } from '#platform/postgres/send-together.ts'

/**
 * A connection on which whole transactions leave one behind the other: the next does not wait until the one before it is
 * answered (decision 0047). One that fails is undone alone. For transactions that are known when they leave; whoever
 * wants to look first, and then write, takes a connection to himself.
 */
export class Line {
  readonly #pool: pg.Pool
  #client: pg.PoolClient | undefined
  #isOpening = false
  #isClosed = false
  readonly #preparing = new Set<string>()

  /** @param pool with a connection to spare, which stays with the line. */
  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  /** Whether these may be sent now. When not it is seen to that they may be soon: there is another way meanwhile. */
  takes(asks: readonly Asked[]): boolean {
    const client = this.#client
    if (!client) {
      void this.#open()
      return false
    }
    if (goTogether(client, asks)) return true
    for (const ask of asks) this.#prepare(client, ask)
    return false
  }

  /** Sends these as one transaction. @throws what the first that fails is told; or that the connection was lost. */
  async send(asks: readonly Asked[]): Promise<void> {
    if (!this.#client) throw new Error('nothing was asked of the line before it was to send')
    await sendWhole(this.#client, asks)
  }

  close(): void {
    this.#isClosed = true
    this.#client?.release()
    this.#client = undefined
  }

  async #open(): Promise<void> {
    if (this.#isOpening || this.#isClosed) return
    this.#isOpening = true
    try {
      const client = await this.#pool.connect()
      if (this.#isClosed) return client.release()
      const leave = () => {
        if (this.#client !== client) return
        this.#client = undefined
        client.release(true)
      }
      client.once('error', leave)
      client.once('end', leave)
      this.#preparing.clear()
      this.#client = client
    } catch {
      // The other way says what is wrong; the next to ask tries again.
    } finally {
      this.#isOpening = false
    }
  }

  #prepare(client: pg.PoolClient, { name, text }: Asked): void {
    if (this.#preparing.has(name) || isPrepared(client, name)) return
    this.#preparing.add(name)
    // Whoever cannot be prepared fails on the other way, too, and is told there.
    prepare(client, { name, text }).catch(() => undefined)
  }
}
