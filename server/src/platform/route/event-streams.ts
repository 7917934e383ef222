import type { FastifyReply } from 'fastify'
import type { EventStream } from '#platform/route/endpoint.ts'

const HEARTBEAT_MS = 20_000
/** A reader this far behind is cut off; it comes back and asks again. */
const MOST_BUFFERED_BYTES = 1024 * 1024
/** Of one owner. More than any browser opens, and few enough that nobody can take all our sockets. */
const MOST_OF_ONE = 16
/** Who has not read the end by then is cut off. */
const ENDED_MS = 2_000

/** The open streams of server-sent events of this process. */
export class EventStreams {
  /** By owner, the oldest first. */
  readonly #open = new Map<string, Set<EventStream>>()

  /** @param owner whose stream it is: of one that has too many the oldest ends. It may be of a connection long dead. */
  open(reply: FastifyReply, owner: string): EventStream {
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
      // Nothing follows on this connection, so none is left open when the process stops.
      connection: 'close',
    })
    raw.write('retry: 2000\n\n')
    const heartbeat = setInterval(() => raw.write(':\n\n'), HEARTBEAT_MS)
    const whenClosed: (() => void)[] = []
    let isOver = false
    let isClosed = false
    // Whatever is written behind an end is an error that nobody hears, and that ends the process.
    const isLast = (): boolean => {
      if (isOver) return false
      clearInterval(heartbeat)
      isOver = true
      return true
    }
    const stream: EventStream = {
      send: (event, data, id) => {
        if (isOver) return
        if (raw.writableLength > MOST_BUFFERED_BYTES) {
          isLast()
          raw.destroy()
        } else raw.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
      },
      end: () => {
        if (!isLast()) return
        raw.end()
        setTimeout(() => raw.destroy(), ENDED_MS).unref()
      },
      onClose: (callback) => {
        if (isClosed) callback()
        else whenClosed.push(callback)
      },
    }
    const closed = () => {
      isLast()
      isClosed = true
      this.#forget(owner, stream)
      for (const callback of whenClosed.splice(0)) callback()
    }
    this.#remember(owner, stream)
    // Who hung up while we looked who it is has closed it already, and will not do so again.
    if (raw.destroyed) closed()
    else raw.on('close', closed)
    return stream
  }

  endAll(): void {
    for (const stream of [...this.#open.values()].flatMap((theirs) => [...theirs])) {
      stream.send('bye', {})
      stream.end()
    }
  }

  #remember(owner: string, stream: EventStream): void {
    const theirs = this.#open.get(owner) ?? new Set()
    this.#open.set(owner, theirs.add(stream))
    const [oldest] = theirs
    if (theirs.size <= MOST_OF_ONE || !oldest) return
    theirs.delete(oldest)
    oldest.end()
  }

  #forget(owner: string, stream: EventStream): void {
    const theirs = this.#open.get(owner)
    if (theirs?.delete(stream) && theirs.size === 0) this.#open.delete(owner)
  }
}
