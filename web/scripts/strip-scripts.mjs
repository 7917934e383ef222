// The landing and the 404 page are plain documents: nobody needs the framework to read them, so its 115 KB are taken
// out after the build. A script marked `data-keep` stays. In their place comes the preload of the face that the
// first paint needs (see ui/fonts-landing.ts). The landing's doors fetch what was taken out when they are asked for:
// what stood inline goes into a file of its own, and its name with those of the others to features/landing/door-script.tsx.
import fs from 'node:fs'
import path from 'node:path'

const out = path.join(import.meta.dirname, '../out')
const media = '_next/static/media'

const face = fs.readdirSync(path.join(out, media)).find((name) => name.startsWith('landing-s.'))
if (!face) throw new Error(`no face of the landing in ${media}: has fonts-landing.ts changed?`)
const preload = `<link rel="preload" href="/${media}/${face}" as="font" type="font/woff2" crossorigin="">`

/** Not under `_next/static`: its content changes under its name, so it must be asked for anew each time. */
function withDoors(page, before, after) {
  const inline = [...before.matchAll(/<script\b(?![^>]*\b(?:src|data-keep)\b)[^>]*>([\s\S]*?)<\/script>/g)]
  const needed = inline.map(([, code]) => code).filter((code) => /__next_f|TURBOPACK/.test(code))
  const files = [...before.matchAll(/<script src="(\/_next\/static\/chunks\/[^"]+\.js)" async="">/g)].map(
    ([, src]) => src,
  )
  const name = page.replace('.html', '.doors.js')
  const place = '["doors"]'
  if (needed.length < 2 || files.length < 2 || !after.includes(place)) throw new Error(`${page}: no doors to hang`)
  fs.writeFileSync(path.join(out, name), needed.join(';\n'))
  return after.replace(place, JSON.stringify([`/${name}`, ...new Set(files)]))
}

for (const page of ['ko.html', 'en.html', '404.html']) {
  const file = path.join(out, page)
  const before = fs.readFileSync(file, 'utf8')
  const after = before
    .replace(/<script\b(?![^>]*\bdata-keep\b)[^>]*>[\s\S]*?<\/script>/g, '')
    .replace(/<link\b(?=[^>]*\bas="script")[^>]*>/g, '')
    .replace(/<link rel="stylesheet"/, `${preload}<link rel="stylesheet"`)
  if (!after.includes(preload)) throw new Error(`${page}: no style sheet to put the preload before`)
  fs.writeFileSync(file, page === '404.html' ? after : withDoors(page, before, after))
  console.log(`strip: ${page} ${before.length} to ${after.length} characters`)
}
