import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { Decided, HotStatement, Tx, Write } from '#platform/postgres/database.ts'
import type { Line } from '#platform/postgres/line.ts'
import { type Asked, goTogether, sendTogether } from '#platform/postgres/send-together.ts'
import type { Tables } from '#platform/postgres/tables.ts'
import { BEGIN, begins, COMMIT, commits, insist, kyselyOn, rollBack } from '#platform/postgres/transaction.ts'
import { Bug } from '#vocabulary/failure.ts'

/** See `Database.inBatch`. */
export function batches(pool: pg.Pool, line: Line): <T>(work: (tx: Tx) => Promise<Decided<T>>) => Promise<T> {
  return (work) =>
    insist(async () => {
      const batch = new Batch(pool)
      try {
        const { writes, answer } = await work(batch as unknown as Tx)
        await batch.commit(writes, line)
        return answer
      } catch (error) {
        await batch.undo(error)
        throw error
      } finally {
        batch.release()
      }
    })
}

/**
 * The transaction of a batch. It takes a connection when it has to wait for an answer: one that is decided in the turn in
 * which it was begun has asked for nothing that it waited for, and leaves on the line. (A turn ends with `nextTick`: begun
 * behind an `await`, a batch has it to itself.)
 */
class Batch implements Pick<Tx, 'sql' | 'run' | 'write'> {
  readonly #pool: pg.Pool
  #opening: Promise<pg.PoolClient> | undefined
  #client: pg.PoolClient | undefined
  #begun: Promise<unknown> | undefined
  #broken: Error | undefined
  #isOver = false
  #sql: Kysely<Tables> | undefined
  /** Asked for in this turn, before there is a connection. */
  #asked: Asked[] = []

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  get sql(): Kysely<Tables> {
    this.#sql ??= kyselyOn(() => this.#opened())
    return this.#sql
  }

  readonly run = <Row>(statement: HotStatement<Row>, values: readonly unknown[]): Promise<Row[]> => {
    const ran = this.#run(statement, values)
    // Whoever gives up does not listen to what it asked for; and what was asked for fails the batch anyway.
    ran.catch(() => undefined)
    return ran
  }

  readonly write = async (writes: readonly Write[]): Promise<void> => {
    await Promise.all(writes.map(({ statement, values }) => this.run(statement, values)))
  }

  async commit(writes: readonly Write[], line: Line): Promise<void> {
    const wanted = writes.map(({ statement: { name, text }, values }) => ({ name, text, values }))
    const asks = [...this.#asked, ...wanted]
    if (!this.#opening) {
      if (asks.length === 0) return
      const sent = line.send(asks)
      if (sent) {
        this.#asked = []
        return sent
      }
    }
    const client = await this.#opened()
    // What is not prepared on this connection goes one by one, and then nothing may run behind a `begin` that fails.
    const turn = [BEGIN, ...asks, COMMIT].map((each) => ({ values: [], ...each }))
    if (!goTogether(client, turn)) await this.#begun
    const written = wanted.map((each) => sendTogether(client, each, each.values))
    await Promise.all([this.#begun, ...written, commits(client)])
  }

  async undo(why: unknown): Promise<void> {
    this.#refuseAsked(why)
    const client = await this.#opening?.catch(() => undefined)
    if (client) this.#broken = await rollBack(client)
  }

  release(): void {
    this.#client?.release(this.#broken)
    this.#client = undefined
    this.#isOver = true
  }

  async #run<Row>({ name, text }: HotStatement<Row>, values: readonly unknown[]): Promise<Row[]> {
    if (this.#client) {
      this.#sendAsked(this.#client)
      return (await sendTogether<Row>(this.#client, { name, text }, values)).rows
    }
    return new Promise((resolve, reject) => {
      this.#asked.push({ name, text, values, resolve: ({ rows }) => resolve(rows as Row[]), reject })
      if (this.#asked.length === 1) process.nextTick(() => this.#openIfAsked())
    })
  }

  #openIfAsked(): void {
    if (this.#asked.length > 0) this.#opened().catch((error: unknown) => this.#refuseAsked(error))
  }

  async #opened(): Promise<pg.PoolClient> {
    if (this.#isOver) throw new Bug('a batch that is over was asked for something')
    this.#opening ??= this.#open()
    const client = await this.#opening
    this.#sendAsked(client)
    return client
  }

  async #open(): Promise<pg.PoolClient> {
    const client = await this.#pool.connect()
    this.#client = client
    this.#begun = begins(client, BEGIN)
    return client
  }

  #sendAsked(client: pg.PoolClient): void {
    for (const { resolve, reject, ...statement } of this.#asked.splice(0))
      sendTogether(client, statement, statement.values).then(resolve, reject)
  }

  #refuseAsked(why: unknown): void {
    for (const { reject } of this.#asked.splice(0)) reject?.(why)
  }
}
