import type { Tx } from '#platform/postgres/database.ts'
import { SECOND } from '#vocabulary/clock.ts'
import { takeTransferIds } from './ledger.sql.ts'

/** Old numbers would put the rounds of a process that has been idle into yesterday. */
const KEPT_MS = 10 * SECOND
/** Enough for what gathers while a batch is held up, too: without numbers all of it would have to be looked at. */
const FEWEST_TAKEN = 256
/** So many batches of the size of the last one should find numbers waiting. */
const BATCHES_AHEAD = 4

/**
 * Numbers for transfers to come, taken from the database ahead of time, so that a round that goes by memory needs no way
 * to the database for its own. They rise, and are used within a moment or not at all. A transfer that asks the
 * database meanwhile gets a higher one: whoever takes these says what they have to be higher than.
 */
export class TransferIds {
  #waiting: bigint[] = []
  #takenAt = 0
  #isOnItsWay = false

  /**
   * @param floors what each number has to be higher than, rising. Numbers that are too low for one are thrown away.
   * @returns a number for each, rising, or for as many as there are fresh ones.
   */
  take(floors: readonly bigint[], at: Date): bigint[] {
    if (at.getTime() - this.#takenAt > KEPT_MS) this.#waiting = []
    const taken: bigint[] = []
    let next = 0
    for (const floor of floors) {
      let id = this.#waiting[next++]
      while (id !== undefined && id <= floor) id = this.#waiting[next++]
      if (id === undefined) break
      taken.push(id)
    }
    this.#waiting = this.#waiting.slice(next)
    return taken
  }

  /** The database may have lost what it gave out last. */
  forget(): void {
    this.#waiting = []
  }

  /**
   * Asks for more when there are few, on the way that is taken to the database anyway: nobody waits for it.
   *
   * @param size of the batch under way.
   */
  refill(tx: Tx, size: number, at: Date): void {
    const wanted = Math.max(FEWEST_TAKEN, BATCHES_AHEAD * size)
    const isOld = at.getTime() - this.#takenAt > KEPT_MS / 2
    if (this.#isOnItsWay || (!isOld && this.#waiting.length >= wanted / 2)) return
    this.#isOnItsWay = true
    const arrived = (ids: readonly bigint[]) => {
      this.#isOnItsWay = false
      if (ids.length === 0) return
      this.#waiting = isOld ? [...ids] : [...this.#waiting, ...ids]
      this.#takenAt = at.getTime()
    }
    takeTransferIds(tx, wanted).then(arrived, () => arrived([]))
  }
}
