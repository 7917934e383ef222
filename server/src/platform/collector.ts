/**
 * Decides one by one, asks many at a time.
 *
 * Calls that arrive while the previous batches are on their way are handed over together as soon
 * as one of them comes back, or earlier when they are many. There is no timer: a lone caller waits for nobody.
 *
 * No batch takes more than its share of the callers there are: half of them when two may be on their way. Otherwise all
 * would go in one and come back at once, and this process and the database would take turns waiting for each other.
 *
 * @param work gets 1…`largestBatch` items and returns one outcome per item, in the same order. An
 *   item's failure is data in its outcome; a throw fails every item of that batch alike.
 * @param options.inFlight how many batches may be on their way at once.
 * @param options.keyOf items with equal keys never share a batch, nor are they in flight at the
 *   same time; they keep their order.
 */
export class Collector<Item, Outcome> {
  readonly #work: (items: Item[]) => Promise<Outcome[]>
  readonly #largestBatch: number
  readonly #mostInFlight: number
  readonly #keyOf: ((item: Item) => unknown) | undefined
  readonly #busyKeys = new Set<unknown>()
  #waiting: Waiting<Item, Outcome>[] = []
  #inFlight = 0
  #itemsInFlight = 0
  #scheduled = false
  /** How many callers there have been lately: grows at once, and shrinks slowly. */
  #crowd = 0

  constructor(
    work: (items: Item[]) => Promise<Outcome[]>,
    options: { largestBatch: number; inFlight: number; keyOf?: (item: Item) => unknown },
  ) {
    this.#work = work
    this.#largestBatch = options.largestBatch
    this.#mostInFlight = options.inFlight
    this.#keyOf = options.keyOf
  }

  ask(item: Item): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      this.#schedule()
    })
  }

  /** How many calls wait for a batch: a measure of pressure. */
  get waiting(): number {
    return this.#waiting.length
  }

  // One turn of the event loop later, so that everything the sockets delivered together goes together.
  #schedule(): void {
    if (this.#scheduled || !this.#isWorthSending()) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      while (this.#isWorthSending() && this.#send());
    })
  }

  #share(): number {
    return Math.min(this.#largestBatch, Math.ceil(this.#crowd / this.#mostInFlight))
  }

  // Beside others on their way a batch goes once it is half as large as they are, or half a share: a small one costs the
  // database as much as a large one, and what waits a moment longer goes with more.
  #isWorthSending(): boolean {
    if (this.#inFlight >= this.#mostInFlight || this.#waiting.length === 0) return false
    return this.#waiting.length * 2 >= Math.min(this.#itemsInFlight, this.#share())
  }

  #send(): boolean {
    const callers = this.#waiting.length + this.#itemsInFlight
    this.#crowd = Math.max(callers, this.#crowd + (callers - this.#crowd) / 8)
    const batch = this.#take()
    if (batch.length === 0) return false
    this.#inFlight++
    this.#itemsInFlight += batch.length
    void this.#run(batch).finally(() => {
      this.#inFlight--
      this.#itemsInFlight -= batch.length
      if (this.#keyOf) for (const { item } of batch) this.#busyKeys.delete(this.#keyOf(item))
      this.#schedule()
    })
    return true
  }

  #take(): Waiting<Item, Outcome>[] {
    if (!this.#keyOf) return this.#waiting.splice(0, this.#share())
    const batch: Waiting<Item, Outcome>[] = []
    const share = this.#share()
    const deferred: Waiting<Item, Outcome>[] = []
    for (const waiting of this.#waiting) {
      const key = this.#keyOf(waiting.item)
      if (batch.length < share && !this.#busyKeys.has(key)) {
        this.#busyKeys.add(key)
        batch.push(waiting)
      } else {
        deferred.push(waiting)
      }
    }
    this.#waiting = deferred
    return batch
  }

  async #run(batch: Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#work(batch.map(({ item }) => item))
      batch.forEach(({ resolve, reject }, at) => {
        const outcome = outcomes[at]
        if (outcome === undefined) reject(new Error(`no outcome for item ${at} of ${batch.length}`))
        else resolve(outcome)
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
}

type Waiting<Item, Outcome> = {
  readonly item: Item
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (error: unknown) => void
}
