import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { openLog } from '#platform/log.ts'
import { openMetrics } from '#platform/metrics.ts'
import { buildHttpServer } from '#platform/route/http-server.ts'
import { addWebHost } from '#platform/web-host.ts'
import { systemClock } from '#vocabulary/clock.ts'

const INLINE = "document.documentElement.dataset.theme = 'night'"
const PAGE = `<!doctype html><script>${INLINE}</script><script src="/_next/static/app.js"></script>`

const folder = await mkdtemp(join(tmpdir(), 'casino-club-web-'))
await mkdir(join(folder, '_next/static'), { recursive: true })
for (const [name, content] of Object.entries({
  'ko.html': PAGE,
  'ko.html.br': brotliCompressSync(PAGE),
  'ko.html.gz': gzipSync(PAGE),
  '404.html': '<!doctype html>nothing here',
  '_next/static/app.js': 'start()',
}))
  await writeFile(join(folder, name), content)

const server = await buildHttpServer({
  routes: [],
  authentication: {
    read: () => {
      throw new Error('nobody logs in here')
    },
    look: () => Promise.reject(new Error('nobody logs in here')),
  },
  log: openLog('silent'),
  metrics: openMetrics(),
  clock: systemClock,
  publicUrl: 'http://localhost:3000',
  proxiesInFront: 0,
  isProduction: true,
  rateLimits: false,
  checkReplies: false,
})
const size = await addWebHost(server, folder)
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

test('a page may run the scripts it was built with, its own files, and nothing from elsewhere', async () => {
  const { headers } = await server.inject('/ko')
  const { date: _, connection: __, 'content-length': ___, 'x-request-id': ____, etag, ...fixed } = headers
  const hash = createHash('sha256').update(INLINE).digest('base64')
  expect(fixed).toEqual({
    'cache-control': 'public, max-age=0, must-revalidate',
    'content-security-policy': `default-src 'self'; script-src 'self' 'sha256-${hash}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    'content-type': 'text/html; charset=utf-8',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
  expect(etag).toMatch(/^"[\w-]{20}"$/)
})

test.each([
  // asked for            status  type                               kept for
  ['/ko', 200, 'text/html; charset=utf-8', 'public, max-age=0, must-revalidate'],
  ['/ko/', 200, 'text/html; charset=utf-8', 'public, max-age=0, must-revalidate'],
  ['/ko?from=mail', 200, 'text/html; charset=utf-8', 'public, max-age=0, must-revalidate'],
  ['/_next/static/app.js', 200, 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['/no-such-page', 404, 'text/html; charset=utf-8', 'public, max-age=0, must-revalidate'],
  ['/ko.html.br', 404, 'text/html; charset=utf-8', 'public, max-age=0, must-revalidate'],
  ['/../../etc/passwd', 404, 'text/html; charset=utf-8', 'public, max-age=0, must-revalidate'],
  ['/%2e%2e/%2e%2e/etc/passwd', 404, 'text/html; charset=utf-8', 'public, max-age=0, must-revalidate'],
  ['/api/no-such-thing', 404, 'application/problem+json; charset=utf-8', 'no-store'],
  ['/sse/no-such-thing', 404, 'application/problem+json; charset=utf-8', 'no-store'],
])('%s: %i %s, %s', async (url, status, type, kept) => {
  const { statusCode, headers } = await server.inject(url)
  expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([status, type, kept])
})

test('what only looks like a page is refused to those who would change it', async () => {
  const { statusCode, headers } = await server.inject({ method: 'POST', url: '/ko' })
  expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8'])
})

test.each([
  ['br', 'gzip, deflate, br'],
  ['gzip', 'gzip'],
  [undefined, undefined],
])('%s for who accepts %s, and the same page comes out', async (encoding, accepted) => {
  const { headers, rawPayload } = await server.inject({
    url: '/ko',
    headers: accepted === undefined ? {} : { 'accept-encoding': accepted },
  })
  expect(headers['content-encoding']).toBe(encoding)
  expect(rawPayload).toEqual(
    encoding === 'br' ? brotliCompressSync(PAGE) : encoding === 'gzip' ? gzipSync(PAGE) : Buffer.from(PAGE),
  )
})

test('who has the page already is told so', async () => {
  const { etag } = (await server.inject('/ko')).headers
  const { statusCode, payload } = await server.inject({ url: '/ko', headers: { 'if-none-match': String(etag) } })
  expect([statusCode, payload]).toEqual([304, ''])
})

test.each([
  [{}, '/ko'],
  [{ 'accept-language': 'en-US,en;q=0.9' }, '/en'],
  [{ 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' }, '/ko'],
  [{ 'accept-language': 'ko-KR', cookie: 'lang=en' }, '/en'],
  [{ 'accept-language': 'en', cookie: 'lang=ko' }, '/ko'],
  [{ cookie: 'lang=https://elsewhere.example' }, '/ko'],
])('the first page speaks the reader’s language: %j goes to %s', async (headers, to) => {
  const reply = await server.inject({ url: '/', headers })
  expect([reply.statusCode, reply.headers.location]).toEqual([307, to])
})

test('everything is held in memory, and only packed where there is a packed form', () => {
  expect(size.files).toBe(3)
  const packed = brotliCompressSync(PAGE).length + gzipSync(PAGE).length
  expect(size.bytes).toBe(packed + '<!doctype html>nothing here'.length + 'start()'.length)
})
