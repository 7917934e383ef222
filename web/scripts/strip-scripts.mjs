// The landing and the 404 page are plain documents: no component of theirs needs the framework in the
// browser, so its 115 KB are taken out after the build. A script marked `data-keep` stays. In their place
// come the preloads of the two faces that the landing's first paint needs (see ui/fonts-landing.ts).
import fs from 'node:fs'
import path from 'node:path'

const out = path.join(import.meta.dirname, '../out')
const media = '_next/static/media'

const faces = ['landing', 'display'].map((face) => {
  // `-s.p.` is the same file for the pages where Next preloads it, under another name.
  const found = fs
    .readdirSync(path.join(out, media))
    .find((name) => name.startsWith(`${face}-s.`) && !name.includes('-s.p.'))
  if (!found) throw new Error(`no ${face} face in ${media}: has fonts-landing.ts changed?`)
  return `<link rel="preload" href="/${media}/${found}" as="font" type="font/woff2" crossorigin="">`
})

for (const page of ['ko.html', 'en.html', '404.html']) {
  const file = path.join(out, page)
  const before = fs.readFileSync(file, 'utf8')
  const after = before
    .replace(/<script\b(?![^>]*\bdata-keep\b)[^>]*>[\s\S]*?<\/script>/g, '')
    .replace(/<link\b(?=[^>]*\bas="script")[^>]*>/g, '')
    .replace(/<link rel="stylesheet"/, `${faces.join('')}<link rel="stylesheet"`)
  if (!after.includes(faces[0] ?? '')) throw new Error(`${page}: no style sheet to put the preloads before`)
  fs.writeFileSync(file, after)
  console.log(`strip: ${page} ${before.length} to ${after.length} characters`)
}
