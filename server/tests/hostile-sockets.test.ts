import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse } from '#tests/house.ts'

/*
 * What comes over a socket and is not HTTP as we know it: malformed, endless, too large, too slow, cut short. The
 * house refuses or hangs up, and goes on answering everybody else.
 */

const house = await openTestHouse()
const { server } = house.http
const real = {
  headers: server.headersTimeout,
  request: server.requestTimeout,
  keepAlive: server.keepAliveTimeout,
  look: (server as typeof server & { connectionsCheckingInterval: number }).connectionsCheckingInterval,
}
let port = 0

beforeAll(async () => {
  // The same machinery, in less time.
  Object.assign(server, { headersTimeout: 500, requestTimeout: 900, connectionsCheckingInterval: 100 })
  await house.http.listen({ port: 0, host: '127.0.0.1' })
  port = (server.address() as AddressInfo).port
})

async function open(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

const closed = (socket: Socket): Promise<void> =>
  new Promise((settle) => (socket.destroyed ? settle() : socket.once('close', () => settle())))

/** Sends it and hears all there is until the house hangs up, or nothing more comes. */
async function talk(...parts: (string | Buffer)[]): Promise<string> {
  const socket = await open()
  let heard = ''
  socket.setEncoding('latin1').on('data', (part: string) => {
    heard += part
  })
  for (const part of parts) socket.write(part)
  await Promise.race([closed(socket), wait(2_500)])
  socket.destroy()
  return heard
}

const statusesIn = (heard: string): number[] =>
  [...heard.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status))

async function expectAlive(): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/health/live`)
  expect(response.status).toBe(200)
  await response.text()
}

const HOST = 'host: casino.example\r\n'
const JSON_BODY = 'content-type: application/json\r\n'
const login = (headers: string, body = ''): string => `POST /api/auth/login HTTP/1.1\r\n${HOST}${headers}\r\n${body}`

test('nobody may take longer than half a minute over a request', () => {
  expect(real.request).toBeGreaterThan(0)
  expect(real.request).toBeLessThanOrEqual(30_000)
  expect(real.headers).toBeGreaterThan(0)
  expect(real.headers).toBeLessThanOrEqual(real.request)
  // How often somebody looks who is too slow.
  expect(real.look).toBeLessThanOrEqual(5_000)
  expect(real.keepAlive).toBeLessThanOrEqual(120_000)
})

describe('what is no HTTP is refused once, and the connection ends', () => {
  test.each<[string, string]>([
    ['nonsense', 'hello there\r\n\r\n'],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'],
    ['a method nobody knows', `EVIL /api/wallet HTTP/1.1\r\n${HOST}\r\n`],
    ['HTTP/0.9', 'GET /api/wallet\r\n\r\n'],
    ['HTTP/3.1', `GET /api/wallet HTTP/3.1\r\n${HOST}\r\n`],
    ['a space in a header’s name', `GET /api/wallet HTTP/1.1\r\n${HOST}x y: 1\r\n\r\n`],
    ['a null in a header', `GET /api/wallet HTTP/1.1\r\n${HOST}x: a\u0000b\r\n\r\n`],
    ['a line break in the address', `GET /api/wal\rlet HTTP/1.1\r\n${HOST}\r\n`],
    ['no host', 'GET /api/wallet HTTP/1.1\r\n\r\n'],
    ['two lengths', login(`${JSON_BODY}content-length: 2\r\ncontent-length: 3\r\n`, '{}}')],
    ['a negative length', login(`${JSON_BODY}content-length: -1\r\n`)],
    ['a length that is no number', login(`${JSON_BODY}content-length: 0x2\r\n`, '{}')],
    ['a length and chunks', login(`${JSON_BODY}content-length: 2\r\ntransfer-encoding: chunked\r\n`, '0\r\n\r\n')],
    ['chunks of an endless size', login(`${JSON_BODY}transfer-encoding: chunked\r\n`, 'fffffffffffffffff\r\n{}')],
    ['chunks that are none', login(`${JSON_BODY}transfer-encoding: chunked\r\n`, 'zz\r\n{}\r\n0\r\n\r\n')],
    ['chunks, and then not', login(`${JSON_BODY}transfer-encoding: chunked, identity\r\n`, '0\r\n\r\n')],
    ['chunks by another name', login(`${JSON_BODY}transfer-encoding: xchunked\r\n`, '0\r\n\r\n')],
  ])('%s', async (_, text) => {
    // A second request hidden behind it must never be answered.
    const heard = await talk(`${text}GET /health/live HTTP/1.1\r\n${HOST}\r\n`)
    const statuses = statusesIn(heard)
    expect(statuses.length, heard).toBeLessThanOrEqual(1)
    for (const status of statuses) {
      expect(status, heard).toBeGreaterThanOrEqual(400)
      expect(status, heard).toBeLessThan(500)
    }
    await expectAlive()
  })
})

describe('too much', () => {
  test.each<[string, string]>([
    ['a header of 20 kB', `GET /health/live HTTP/1.1\r\n${HOST}x: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['ten thousand headers', `GET /health/live HTTP/1.1\r\n${HOST}${'x: y\r\n'.repeat(10_000)}\r\n`],
    ['an address of 100 kB', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n${HOST}\r\n`],
    ['a cookie of 64 kB', `GET /health/live HTTP/1.1\r\n${HOST}cookie: ${'a=b;'.repeat(16_000)}\r\n\r\n`],
    ['headers without an end', `GET /health/live HTTP/1.1\r\n${HOST}${'x-a: b\r\n'.repeat(100_000)}`],
  ])('%s', async (_, text) => {
    // Whoever is still sending when the house hangs up may not get to hear why.
    expect([[431], []]).toContainEqual(statusesIn(await talk(text)))
    await expectAlive()
  })

  test('a body that says it is a gigabyte is refused before it comes', async () => {
    const heard = await talk(login(`${JSON_BODY}content-length: 1073741824\r\n`, '{"a":'))
    expect(statusesIn(heard)).toEqual([413])
    expect(heard).toContain('request.too_large')
  })

  test('a body in chunks that never ends is refused when it is too much', async () => {
    const chunk = `4000\r\n${'a'.repeat(0x4000)}\r\n`
    const heard = await talk(
      login(`${JSON_BODY}transfer-encoding: chunked\r\n`),
      ...Array.from({ length: 40 }, () => chunk),
    )
    expect(statusesIn(heard)).toEqual([413])
    await expectAlive()
  })

  test.each(['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'compress', 'nonsense'])(
    'nothing is ever unpacked: 50 MB that travel as 50 kB, as %s',
    async (encoding) => {
      const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, 0x20))
      expect(bomb.length).toBeLessThan(60_000)
      const head = `${JSON_BODY}content-encoding: ${encoding}\r\ncontent-length: ${bomb.length}\r\nconnection: close\r\n`
      const heard = await talk(login(head), bomb)
      expect([[400], [415]]).toContainEqual(statusesIn(heard))
      await expectAlive()
    },
  )

  test('a thousand requests on one connection are answered in turn', async () => {
    const asked = `GET /health/live HTTP/1.1\r\n${HOST}\r\n`.repeat(999)
    const heard = await talk(`${asked}GET /health/live HTTP/1.1\r\n${HOST}connection: close\r\n\r\n`)
    expect(statusesIn(heard)).toEqual(Array.from({ length: 1_000 }, () => 200))
  })
})

describe('too slow', () => {
  /** Many connections, each sending a little now and then; gives back how many the house has closed by itself. */
  async function trickle(
    count: number,
    first: string,
    next: string,
  ): Promise<{ closed: () => number; stop: () => void }> {
    let closed = 0
    const sockets = await Promise.all(
      Array.from({ length: count }, async () => {
        const socket = await open()
        socket.once('close', () => closed++)
        socket.resume()
        socket.write(first)
        return socket
      }),
    )
    const drip = setInterval(() => {
      for (const socket of sockets) if (!socket.destroyed) socket.write(next)
    }, 60)
    return {
      closed: () => closed,
      stop: () => {
        clearInterval(drip)
        for (const socket of sockets) socket.destroy()
      },
    }
  }

  test.each<[string, string, string]>([
    ['headers', `GET /health/live HTTP/1.1\r\n${HOST}`, 'x: y\r\n'],
    ['the first line', 'GET /', 'a'],
    ['a body', login(`${JSON_BODY}content-length: 50000\r\n`, '{'), ' '],
    ['chunks of a body', login(`${JSON_BODY}transfer-encoding: chunked\r\n`, '1\r\n{\r\n'), '1\r\n \r\n'],
    ['nothing at all', '', ''],
  ])('300 connections that dribble %s are cut, and meanwhile everybody is served', async (_, first, next) => {
    const slow = await trickle(300, first, next)
    try {
      for (const end = Date.now() + 15_000; slow.closed() < 300 && Date.now() < end; await wait(50)) await expectAlive()
      expect(slow.closed()).toBe(300)
    } finally {
      slow.stop()
    }
  })
})

test('three hundred requests cut in the middle of their bodies are as if they had never been', async () => {
  const players = async () => (await house.app.pool.query('select from accounts_player')).rowCount
  const before = await players()
  const sockets = await Promise.all(Array.from({ length: 300 }, open))
  for (const [at, socket] of sockets.entries()) {
    socket.write(
      `POST /api/auth/signup HTTP/1.1\r\n${HOST}${JSON_BODY}content-length: 400\r\n\r\n{"site_id":"cut_${at}"`,
    )
    setTimeout(() => socket.resetAndDestroy(), at % 20)
  }
  await Promise.all(sockets.map(closed))
  await expectAlive()
  expect(await players()).toBe(before)
})
