// The landing and the 404 page are plain documents: no component of theirs needs the framework in the
// browser, so its 115 KB are taken out after the build. A script marked `data-keep` stays.
import fs from 'node:fs'
import path from 'node:path'

const out = path.join(import.meta.dirname, '../out')

for (const page of ['ko.html', 'en.html', '404.html']) {
  const file = path.join(out, page)
  const before = fs.readFileSync(file, 'utf8')
  const after = before
    .replace(/<script\b(?![^>]*\bdata-keep\b)[^>]*>[\s\S]*?<\/script>/g, '')
    .replace(/<link\b(?=[^>]*\bas="script")[^>]*>/g, '')
  fs.writeFileSync(file, after)
  console.log(`strip: ${page} ${before.length} to ${after.length} characters`)
}
