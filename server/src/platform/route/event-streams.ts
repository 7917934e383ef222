import type { FastifyReply } from 'fastify'
import type { EventStream } from '#platform/route/endpoint.ts'

const HEARTBEAT_MS = 20_000
/** A reader this far behind is cut off; it comes back and asks again. */
const MOST_BUFFERED_BYTES = 1024 * 1024
/** Who has not read the end by then is cut off. */
const ENDED_MS = 2_000

/** The open streams of server-sent events of this process. */
export class EventStreams {
  readonly #open = new Set<EventStream>()

  open(reply: FastifyReply): EventStream {
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
      this.#open.delete(stream)
      for (const callback of whenClosed.splice(0)) callback()
    }
    this.#open.add(stream)
    // Who hung up while we looked who it is has closed it already, and will not do so again.
    if (raw.destroyed) closed()
    else raw.on('close', closed)
    return stream
  }

  endAll(): void {
    for (const stream of this.#open) {
      stream.send('bye', {})
      stream.end()
    }
  }
}
