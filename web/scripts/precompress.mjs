// Brotli at its best quality is too slow for a live answer and costs nothing here. Results are kept by
// content, so a build that changes three files compresses three files.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'

const brotli = promisify(zlib.brotliCompress)
const gzip = promisify(zlib.gzip)
const out = path.join(import.meta.dirname, '../out')
const cache = path.join(import.meta.dirname, '../.cache/precompressed')
const readable = new Set(['.html', '.js', '.css', '.txt', '.json', '.svg', '.xml', '.webmanifest', '.ico', '.ttf'])
const smallest = 860 // bytes; below this a compressed answer saves no packet

fs.mkdirSync(cache, { recursive: true })
const used = new Set()
const totals = { files: 0, raw: 0, br: 0, fresh: 0 }

async function compress(file) {
  const raw = fs.readFileSync(file)
  if (raw.length < smallest) return
  const name = createHash('sha1').update(raw).digest('hex')
  const kept = path.join(cache, name)
  used.add(`${name}.br`).add(`${name}.gz`)
  if (!fs.existsSync(`${kept}.gz`)) {
    totals.fresh++
    // Scripts and styles keep their names for ever and deserve the best; pages change with each build.
    const quality = file.includes('/_next/static/') ? 11 : 9
    const params = {
      [zlib.constants.BROTLI_PARAM_QUALITY]: quality,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
    }
    fs.writeFileSync(`${kept}.br`, await brotli(raw, { params }))
    fs.writeFileSync(`${kept}.gz`, await gzip(raw, { level: 9 }))
  }
  fs.copyFileSync(`${kept}.br`, `${file}.br`)
  fs.copyFileSync(`${kept}.gz`, `${file}.gz`)
  totals.files++
  totals.raw += raw.length
  totals.br += fs.statSync(`${kept}.br`).size
}

const files = fs
  .readdirSync(out, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && readable.has(path.extname(entry.name)))
  .map((entry) => path.join(entry.parentPath, entry.name))
await Promise.all(files.map(compress))
for (const name of fs.readdirSync(cache)) if (!used.has(name)) fs.rmSync(path.join(cache, name))

const kb = (bytes) => `${Math.round(bytes / 1024)} KB`
console.log(`precompress: ${totals.files} files (${totals.fresh} new), ${kb(totals.raw)} to ${kb(totals.br)}`)
