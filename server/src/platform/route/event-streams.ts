import type { FastifyReply } from 'fastify'
import type { EventStream } from '#platform/route/endpoint.ts'

const HEARTBEAT_MS = 20_000
/** A reader this far behind is cut off; it comes back and asks again. */
const MOST_BUFFERED_BYTES = 1024 * 1024

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
    const stream: EventStream = {
      send: (event, data, id) => {
        if (raw.writableLength > MOST_BUFFERED_BYTES) raw.destroy()
        else raw.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
      },
      end: () => void raw.end(),
      onClose: (callback) => void whenClosed.push(callback),
    }
    this.#open.add(stream)
    raw.on('close', () => {
      clearInterval(heartbeat)
      this.#open.delete(stream)
      for (const callback of whenClosed) callback()
    })
    return stream
  }

  endAll(): void {
    for (const stream of this.#open) {
      stream.send('bye', {})
      stream.end()
    }
  }
}
