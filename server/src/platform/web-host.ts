import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as frame from '#platform/route/frame-refusals.ts'
import { pageHeaders } from '#platform/route/security-headers.ts'

/*
 * The web app's static export, from memory: five times what reading from disk gives, and pages cannot
 * starve the API. Each page's inline scripts are hashed, so the CSP names exactly those.
 */

type Served = {
  /** Left out where there is a packed form: hardly anybody asks for the other, and it is most of the memory. */
  readonly raw: Buffer | undefined
  readonly br: Buffer | undefined
  readonly gz: Buffer | undefined
  readonly etag: string
  readonly headers: Readonly<Record<string, string>>
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.avif': 'image/avif',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** Adds every file of the export, and answers what is no route at all. @returns how many files, how many bytes. */
export async function addWebHost(server: FastifyInstance, folder: string): Promise<{ files: number; bytes: number }> {
  const files = existsSync(folder) ? await load(folder) : new Map<string, Served>()
  const notFound = files.get('/404')

  server.get('/', { schema: { hide: true } }, async (request, reply) =>
    reply
      .headers({ vary: 'accept-language, cookie', 'cache-control': 'no-store' })
      .redirect(
        `/${request.cookies['lang'] === 'en' || (request.cookies['lang'] !== 'ko' && request.language === 'en') ? 'en' : 'ko'}`,
        307,
      ),
  )
  server.setNotFoundHandler(async (request, reply) => {
    const path = pathOf(request.url)
    const isPage = request.method === 'GET' || request.method === 'HEAD'
    if (!isPage || path === undefined || /^\/(api|sse|ws)(\/|$)/.test(path)) throw frame.noSuchRoute.with()
    const found = files.get(path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path)
    if (found) return send(request, reply, found, 200)
    if (notFound) return send(request, reply, notFound, 404)
    throw frame.noSuchRoute.with()
  })
  return {
    files: files.size,
    bytes: [...files.values()].reduce(
      (sum, { raw, br, gz }) => sum + (raw?.length ?? 0) + (br?.length ?? 0) + (gz?.length ?? 0),
      0,
    ),
  }
}

async function send(request: FastifyRequest, reply: FastifyReply, file: Served, status: number) {
  reply.code(status).headers(file.headers).header('etag', file.etag)
  if (status === 200 && request.headers['if-none-match'] === file.etag) return reply.code(304).send()
  const accepted = String(request.headers['accept-encoding'] ?? '')
  if (file.br && /\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(file.br)
  if (file.gz && /\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(file.gz)
  return reply.send(file.raw ?? (await unpack(file.gz ?? Buffer.alloc(0))))
}

const unpack = promisify(gunzip)

async function load(folder: string): Promise<Map<string, Served>> {
  const files = new Map<string, Served>()
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const present = new Set(names)
  for (const name of names) {
    if (/\.(br|gz)$/.test(name)) continue
    const raw = await readFile(name)
    const path = `/${relative(folder, name).split(sep).join('/')}`
    const isHtml = extname(name) === '.html'
    const cached = path.startsWith('/_next/static/')
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=0, must-revalidate'
    const gz = present.has(`${name}.gz`) ? await readFile(`${name}.gz`) : undefined
    files.set(isHtml ? path.slice(0, -'.html'.length) : path, {
      raw: gz ? undefined : raw,
      br: present.has(`${name}.br`) ? await readFile(`${name}.br`) : undefined,
      gz,
      etag: `"${createHash('sha256').update(raw).digest('base64url').slice(0, 20)}"`,
      headers: {
        ...pageHeaders(isHtml ? inlineScriptHashes(raw.toString('utf8')) : []),
        'content-type': typeOf(name, raw),
        'cache-control': cached,
        vary: 'accept-encoding',
      },
    })
  }
  return files
}

// Next writes share pictures without an ending.
function typeOf(name: string, raw: Buffer): string {
  if (raw.subarray(1, 4).toString('latin1') === 'PNG') return 'image/png'
  return TYPES[extname(name)] ?? 'application/octet-stream'
}

function inlineScriptHashes(html: string): string[] {
  const scripts = html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)
  return [...new Set([...scripts].map(([, code = '']) => createHash('sha256').update(code).digest('base64')))]
}

function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '/')
  } catch {
    return undefined
  }
}
