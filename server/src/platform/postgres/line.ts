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
  /** The last to leave is the last to be answered. */
  #last: Promise<unknown> = Promise.resolve()
  readonly #preparing = new Set<string>()

  /** @param pool with a connection to spare, which stays with the line. */
  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  /**
   * Sends these as one transaction. @returns nothing, and sends nothing, when that cannot be done now: there is another
   * way, and meanwhile it is seen to that it soon can. @throws what the first statement that fails is told; or that the
   * connection was lost.
   */
  send(asks: readonly Asked[]): Promise<void> | undefined {
    const client = this.#client
    if (!client || this.#isClosed) {
      void this.#open()
      return undefined
    }
    if (goTogether(client, asks)) {
      const sent = sendWhole(client, asks)
      this.#last = sent.catch(() => undefined)
      return sent
    }
    for (const ask of asks) this.#prepare(client, ask)
    return undefined
  }

  /** Waits for what is on the line. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#last
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
    // The other way says what is wrong with it; the next to send it tries again.
    prepare(client, { name, text }).catch(() => this.#preparing.delete(name))
  }
}
