import type { ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import Fastify from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { EventStream } from '#platform/route/endpoint.ts'
import { EventStreams } from './event-streams.ts'

/* What is written behind the end of a response is an error that nobody hears: it would end the whole process. */

const unheard: unknown[] = []
const note = (error: unknown) => void unheard.push(error)
const server = Fastify({ forceCloseConnections: true })
const streams = new EventStreams()
let opened: { stream: EventStream; raw: ServerResponse } | undefined
let wait: Promise<void> = Promise.resolve()

beforeAll(async () => {
  process.on('uncaughtException', note)
  server.get('/', async (_, reply) => {
    await wait
    opened = { stream: streams.open(reply, 'somebody'), raw: reply.raw }
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  process.off('uncaughtException', note)
  await server.close()
})
beforeEach(() => {
  opened = undefined
  unheard.length = 0
})

function ask(): Socket {
  const { port } = server.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1').on('error', () => undefined)
  socket.write('GET / HTTP/1.1\r\nHost: club.example\r\n\r\n')
  return socket
}
const isOpened = () => vi.waitUntil(() => opened, 5_000)

test('what is sent to a stream that has ended goes nowhere, and harms nobody', async () => {
  const socket = ask()
  const { stream } = await isOpened()
  stream.end()
  stream.send('balance_changed', {})
  stream.end()
  await new Promise((resolve) => socket.on('close', resolve).resume())
  expect(unheard).toEqual([])
})

test('who does not read is cut off after the end, and what happens meanwhile harms nobody', async () => {
  const socket = ask().pause()
  const { stream, raw } = await isOpened()
  const whenClosed = vi.fn()
  stream.onClose(whenClosed)
  // More than the kernel takes: the rest waits in this process, and the end behind it.
  while (raw.writableLength < 100_000) {
    stream.send('balance_changed', 'x'.repeat(50_000))
    await new Promise(setImmediate)
  }
  stream.end()
  stream.send('balance_changed', {})
  await new Promise(setImmediate)
  stream.send('balance_changed', {})
  await vi.waitUntil(() => raw.destroyed, 5_000)
  await vi.waitFor(() => expect(whenClosed).toHaveBeenCalledOnce())
  expect(unheard).toEqual([])
  socket.destroy()
})

test('who has hung up before the stream was opened is forgotten: whoever listens for the close hears of it', async () => {
  let goOn: () => void = () => undefined
  wait = new Promise((resolve) => {
    goOn = resolve
  })
  const closed = new Promise((resolve) => server.server.once('connection', (each) => each.once('close', resolve)))
  const socket = ask()
  await new Promise((resolve) => server.server.once('request', resolve))
  socket.destroy()
  await closed
  goOn()
  const { stream } = await isOpened()
  const whenClosed = vi.fn()
  stream.onClose(whenClosed)
  expect(whenClosed).toHaveBeenCalledOnce()
})

test('of one owner sixteen are open at once: one more, and the oldest ends', async () => {
  wait = Promise.resolve()
  const sockets: Socket[] = []
  const closed: number[] = []
  for (let place = 0; place < 18; place++) {
    opened = undefined
    const socket = ask().resume()
    socket.on('close', () => closed.push(place))
    sockets.push(socket)
    await isOpened()
  }
  await vi.waitFor(() => expect(closed).toEqual([0, 1]))
  for (const socket of sockets) socket.destroy()
  await vi.waitFor(() => expect(closed).toHaveLength(18))
})
