import { type FileHandle, open } from 'node:fs/promises'
import type { Json } from '#tests/crash/json.ts'

/*
 * The driver's own record, on disk before anything is sent and after every answer. What the house says it did
 * is held against this, so it must not depend on anything the killer kills.
 */

/** What somebody asks for. Sent again, unchanged, until the answer is known. */
export type Deed = {
  readonly number: number
  readonly act: string
  readonly player: string
  readonly method: 'POST' | 'GET' | 'DELETE'
  readonly path: string
  /** The `Idempotency-Key`; empty where the request has none, and its answer may differ from time to time. */
  readonly id: string
  /** Null: no body at all. */
  readonly body: Json | null
}

export type Word = 'ok' | 'refused' | 'unknown'

export type Line =
  | { readonly word: 'asked'; readonly deed: Deed }
  | { readonly word: 'sent'; readonly number: number; readonly send: number }
  | {
      readonly word: Word
      readonly number: number
      readonly send: number
      readonly status: number
      readonly answer: Json
    }

/** One sending of a deed. `sentAt` and `answeredAt` count lines of the journal. */
export type Sending = {
  readonly number: number
  readonly sentAt: number
  answeredAt: number | undefined
  word: Word
  answer: Json
}

export type Account = { readonly deed: Deed; readonly sendings: Sending[] }

export class Journal {
  readonly #file: FileHandle
  #waiting: { text: string; done: () => void; failed: (error: unknown) => void }[] = []
  #isWriting = false

  private constructor(file: FileHandle) {
    this.#file = file
  }

  static async open(path: string): Promise<Journal> {
    return new Journal(await open(path, 'a'))
  }

  /** Resolves when the line is on disk. Lines that come together share one fsync. */
  write(line: Line): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ text: `${JSON.stringify(line)}\n`, done, failed })
      if (!this.#isWriting) void this.#flush()
    })
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  async #flush(): Promise<void> {
    this.#isWriting = true
    while (this.#waiting.length > 0) {
      const together = this.#waiting
      this.#waiting = []
      try {
        await this.#file.write(together.map((each) => each.text).join(''))
        await this.#file.datasync()
        for (const { done } of together) done()
      } catch (error) {
        for (const { failed } of together) failed(error)
      }
    }
    this.#isWriting = false
  }
}

/** Reads a journal back: what was asked, in the order in which it was asked, with every answer. */
export async function readJournal(path: string): Promise<Account[]> {
  const accounts = new Map<number, Account>()
  // A long run's journal is longer than a string may be, and most of it is answers that were given twice.
  const answers = new Map<number, { text: string; answer: Json }>()
  const file = await open(path)
  let at = -1
  for await (const text of file.readLines()) {
    at++
    const line = JSON.parse(text) as Line
    if (line.word === 'asked') {
      accounts.set(line.deed.number, { deed: line.deed, sendings: [] })
      continue
    }
    const sendings = accounts.get(line.number)?.sendings
    if (line.word === 'sent') {
      sendings?.push({ number: line.send, sentAt: at, answeredAt: undefined, word: 'unknown', answer: NO_ANSWER })
      continue
    }
    const sending = sendings?.find((each) => each.number === line.send)
    if (!sending) continue
    const answer = line.word === 'unknown' ? NO_ANSWER : line.answer
    const inWords = JSON.stringify(answer)
    const known = answers.get(line.number)
    if (!known && line.word !== 'unknown') answers.set(line.number, { text: inWords, answer })
    Object.assign(sending, { answeredAt: at, word: line.word, answer: known?.text === inWords ? known.answer : answer })
  }
  return [...accounts.values()]
}

const NO_ANSWER: Json = {}
