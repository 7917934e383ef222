import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { API_HEADERS } from '#platform/route/security-headers.ts'

/*
 * `/openapi.json`, an explorer at `/docs` and a reference at `/redoc`. Everything comes from this
 * machine: the two viewers ship inside npm packages.
 */

const require = createRequire(import.meta.url)

/** What is served here and is not an endpoint of any module. */
export const DOCUMENTATION_PATHS = [
  '/openapi.json',
  '/docs',
  '/docs/scalar.js',
  '/docs/start.js',
  '/redoc',
  '/redoc/redoc.js',
] as const

const PAGE_HEADERS = {
  ...API_HEADERS,
  'cache-control': 'public, max-age=0, must-revalidate',
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src blob:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
}

export async function addDocumentation(server: FastifyInstance): Promise<void> {
  const hidden = { schema: { hide: true } }
  const scalarFolder = join(dirname(require.resolve('@scalar/fastify-api-reference')), '..')
  const redocFolder = dirname(require.resolve('redoc/bundles/redoc.standalone.js'))

  server.get('/openapi.json', hidden, async (_, reply) =>
    reply.type('application/json; charset=utf-8').send(JSON.stringify(server.swagger())),
  )
  page(
    server,
    '/docs',
    'Casino Club API',
    '<div id="app"></div><script src="/docs/scalar.js"></script><script src="/docs/start.js"></script>',
  )
  page(
    server,
    '/redoc',
    'Casino Club API reference',
    '<redoc spec-url="/openapi.json" disable-search="true"></redoc><script src="/redoc/redoc.js"></script>',
  )
  server.get('/docs/start.js', hidden, async (_, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .send(
        "Scalar.createApiReference('#app', { url: '/openapi.json', withDefaultFonts: false, telemetry: false, hideClientButton: true })",
      ),
  )
  script(server, '/docs/scalar.js', join(scalarFolder, 'dist/js/standalone.js'))
  script(server, '/redoc/redoc.js', join(redocFolder, 'redoc.standalone.js'))
}

function page(server: FastifyInstance, path: string, title: string, body: string): void {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head><body>${body}</body></html>`
  server.get(path, { schema: { hide: true } }, async (_, reply) =>
    reply.headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(html),
  )
}

// A megabyte or more each: read when somebody first wants to read the documentation.
function script(server: FastifyInstance, path: string, file: string): void {
  let content: Promise<Buffer> | undefined
  server.get(path, { schema: { hide: true } }, async (_, reply) => {
    content ??= readFile(file)
    return reply
      .header('cache-control', 'public, max-age=86400')
      .type('text/javascript; charset=utf-8')
      .send(await content)
  })
}
