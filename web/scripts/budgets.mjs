// What each exported page makes a browser load before it is ready, in KB of brotli, against what we allow.
// Scripts that are preloaded or in a `<script src>` count, once each; those that a page fetches later (lazy parts) do not.
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'

const out = path.join(import.meta.dirname, '../out')

/** First match counts. `script` in KB. Next and React alone are 105 of them, joined as they are here (decision 0030). */
const budgets = [
  { name: 'landing', pages: /^\/(ko|en)$/, script: 0, style: 16 },
  { name: 'not found', pages: /^\/404$/, script: 0, style: 16 },
  { name: 'gallery', pages: /^\/(ko|en)\/gallery$/, script: 150, style: 16 },
  { name: 'games', pages: /^\/(ko|en)\/games\//, script: 150, style: 16 },
  { name: 'app', pages: /^\/(ko|en)\//, script: 135, style: 16 },
]

const sizes = new Map()
function compressedSize(url) {
  const file = path.join(out, decodeURIComponent(url.split('?')[0] ?? ''))
  if (!sizes.has(file)) {
    const kept = `${file}.br`
    sizes.set(
      file,
      fs.existsSync(kept) ? fs.statSync(kept).size : zlib.brotliCompressSync(fs.readFileSync(file)).length,
    )
  }
  return sizes.get(file)
}

const total = (urls) => [...new Set(urls)].reduce((sum, url) => sum + compressedSize(url), 0) / 1024

const rows = fs
  .readdirSync(out, { recursive: true })
  .filter((name) => name.endsWith('.html') && !path.basename(name).startsWith('_'))
  .map((name) => {
    const html = fs.readFileSync(path.join(out, name), 'utf8')
    const page = `/${name.slice(0, -'.html'.length)}`
    const scripts = [
      ...html.matchAll(/<script\b(?![^>]*nomodule)[^>]*\bsrc="([^"]+)"/gi),
      ...html.matchAll(/<link\b(?=[^>]*\bas="script")[^>]*\bhref="([^"]+)"/g),
    ].map((found) => found[1])
    const styles = [...html.matchAll(/<link\b[^>]*rel="stylesheet"[^>]*href="([^"]+)"/g)].map((found) => found[1])
    const fonts = [...html.matchAll(/<link\b[^>]*rel="preload"[^>]*href="([^"]+\.woff2)"/g)].map((found) => found[1])
    const fontKb = [...new Set(fonts)].reduce((sum, url) => sum + fs.statSync(path.join(out, url)).size, 0) / 1024
    const budget = budgets.find(({ pages }) => pages.test(page))
    return { page, budget, script: total(scripts), style: total(styles), font: fontKb }
  })
  .filter(({ budget }) => budget)
  .sort((a, b) => a.script - b.script || a.page.localeCompare(b.page))

const offences = []
console.log('page'.padEnd(20), 'script', ' style', '  font   (KB, brotli)')
for (const { page, budget, script, style, font } of rows) {
  console.log(page.padEnd(20), script.toFixed(1).padStart(6), style.toFixed(1).padStart(6), font.toFixed(0).padStart(6))
  if (script > budget.script) offences.push(`${page}: ${script.toFixed(1)} KB of script, ${budget.script} allowed`)
  if (style > budget.style) offences.push(`${page}: ${style.toFixed(1)} KB of style, ${budget.style} allowed`)
  if (font > 100) offences.push(`${page}: ${font.toFixed(0)} KB of fonts preloaded, 100 allowed`)
}
if (rows.length === 0) offences.push('nothing is built: run npm run build -w web first')
for (const offence of offences) console.error(`over budget: ${offence}`)
process.exitCode = offences.length > 0 ? 1 : 0
