// Two things about the scripts of the app's pages that Next leaves as they are.
//
// Fewer and larger files: Turbopack cuts what every page needs into nine files or so, and brotli begins with an empty
// memory in each. Files that the same pages load are joined here, and their names replaced wherever they are mentioned:
// 7 to 11 KB less for each page, and ten requests less. (Turbopack's own `turbopackChunking` saves 1.8 KB.)
//
// Painted first, run later: pages are whole without script, so the first picture need not wait for 130 KB to be parsed.
// The files are fetched early, behind styles, type and pictures, and run once the browser has painted. (Not so where one types.)
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

const out = path.join(import.meta.dirname, '../out')
const chunks = path.join(out, '_next/static/chunks')
const loaded = /<script src="\/_next\/static\/chunks\/([^"]+\.js)" async=""><\/script>/g
/** The list in the landing's script (features/landing/door-script.tsx): what it fetches when a door is asked for. */
const doors = /\["\/\w+\.doors\.js"[^\]]*\]/
const addressesIn = (list) => JSON.parse(list).filter((each) => each.startsWith('/_next/'))
const patienceMs = 2500

const named = fs.readdirSync(out, { recursive: true }).map(String)
const pages = new Map()
for (const name of named.filter((name) => name.endsWith('.html')).sort()) {
  const html = fs.readFileSync(path.join(out, name), 'utf8')
  const atTheDoor = addressesIn(doors.exec(html)?.[0] ?? '[]').map((each) => path.basename(each))
  const files = [...new Set([...html.matchAll(loaded)].map(([, file]) => file).concat(atTheDoor))]
  if (files.length > 0 && !path.basename(name).startsWith('_')) pages.set(name, files)
}
if (pages.size === 0) throw new Error('bundle: no page loads a script: has Next changed how it writes them?')

/** Files by the pages that load them, in the order in which those pages name them. What most pages load is one group. */
const groups = new Map()
for (const file of new Set([...pages.values()].flat())) {
  const readers = [...pages].filter(([, files]) => files.includes(file)).map(([page]) => page)
  const key = readers.length * 2 > pages.size ? 'most pages' : readers.join()
  groups.set(key, [...(groups.get(key) ?? []), file])
}

const joined = new Map()
for (const files of groups.values()) {
  if (files.length < 2) continue
  const sources = files.map((file) => fs.readFileSync(path.join(chunks, file), 'utf8'))
  for (const [place, source] of sources.entries()) {
    // A file names itself by the script that it is running in, so it may run inside another. One that did not would break.
    if (!/document\??\.currentScript/.test(source)) throw new Error(`bundle: ${files[place]} knows its own name`)
  }
  const content = sources.map((source) => source.trimEnd().replace(/;?$/, ';')).join('\n')
  const name = `${createHash('sha256').update(content).digest('base64url').slice(0, 16)}.js`
  fs.writeFileSync(path.join(chunks, name), content)
  for (const file of files) joined.set(file, name)
}

const renamed = (text) =>
  text.replace(/(static\/chunks\/)([\w.~-]+\.js)/g, (all, folder, file) => {
    const name = joined.get(file)
    return name === undefined ? all : `${folder}${name}`
  })

// Scripts keep their names for ever and are cached for ever. If one that is not joined spoke of one that is, its content
// would change under its name from build to build.
const bundles = new Set(joined.values())
for (const name of fs.readdirSync(chunks)) {
  if (!name.endsWith('.js') || joined.has(name) || bundles.has(name)) continue
  const source = fs.readFileSync(path.join(chunks, name), 'utf8')
  if (renamed(source) !== source) throw new Error(`bundle: ${name} fetches a file that has been joined into another`)
}

/** Runs the scripts after the first paint, and in any case before long: a page that nobody looks at is never painted. */
function starter(files) {
  const start = `var g,go=function(){if(!g){g=1;f.forEach(function(s){var e=document.createElement("script");e.src=s;e.async=true;document.head.appendChild(e)})}}`
  const wait = `try{new PerformanceObserver(function(){requestAnimationFrame(function(){setTimeout(go)})}).observe({type:"paint",buffered:true})}catch(e){go()}setTimeout(go,${patienceMs})`
  return `<script data-keep="">(function(){var f=${JSON.stringify(files)};${start};${wait}})()</script>`
}

for (const [name, files] of pages) {
  const file = path.join(out, name)
  const html = fs.readFileSync(file, 'utf8')
  if (doors.test(html)) {
    const once = (list) => JSON.stringify([...new Set(JSON.parse(renamed(list)))])
    fs.writeFileSync(file, html.replace(doors, once))
    continue
  }
  const addresses = [...new Set(files.map((each) => `/_next/static/chunks/${joined.get(each) ?? each}`))]
  const bare = html.replaceAll(loaded, '').replace(/<link\b(?=[^>]*\bas="script")[^>]*>/g, '')
  // A page that one types into comes alive at once: what is typed into a form without script would be lost.
  const scripts = /<input\b/.test(bare)
    ? addresses.map((each) => `<script src="${each}" async=""></script>`).join('')
    : addresses.map((each) => `<link rel="preload" as="script" fetchpriority="low" href="${each}">`).join('') +
      starter(addresses)
  const after = renamed(bare).replace('</head>', () => `${scripts}</head>`)
  if (!after.includes(scripts)) throw new Error(`bundle: ${name} has no head`)
  fs.writeFileSync(file, after)
}
for (const name of named.filter((name) => name.endsWith('.txt') || name.endsWith('.doors.js'))) {
  const file = path.join(out, name)
  const before = fs.readFileSync(file, 'utf8')
  const after = renamed(before)
  if (after !== before) fs.writeFileSync(file, after)
}
for (const [file, name] of joined) {
  const bundle = path.join(chunks, name)
  fs.writeFileSync(bundle, renamed(fs.readFileSync(bundle, 'utf8')))
  fs.rmSync(path.join(chunks, file))
}
console.log(`bundle: ${joined.size} scripts of ${pages.size} pages joined into ${bundles.size}`)
