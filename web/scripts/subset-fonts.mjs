// Cuts our typefaces down to what is shown. Pretendard whole would be 2 MB; the characters of our own
// texts are some 90 KB. What players write themselves (nicknames) may need any syllable, so the rest of
// KS X 1001 follows in slices which a browser fetches only when it meets such a syllable.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import subsetFont from 'subset-font'

const web = path.join(import.meta.dirname, '..')
const target = path.join(web, 'fonts')
const cache = path.join(web, '.cache/fonts')
const require = createRequire(import.meta.url)

const ascii = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i))
const signs = '–—‘’“”…·•×÷±−≈≤≥→←↑↓₩€%‰△▲▽▼✓°'

/** Every character that occurs in these files, and in the readable files below these folders. */
function charactersOf(places, extensions) {
  const found = new Set()
  for (const folder of places) {
    if (!fs.existsSync(folder)) continue
    if (fs.statSync(folder).isFile()) {
      for (const character of fs.readFileSync(folder, 'utf8')) found.add(character)
      continue
    }
    for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !extensions.includes(path.extname(entry.name))) continue
      if (entry.parentPath.includes('node_modules')) continue
      for (const character of fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8')) found.add(character)
    }
  }
  return [...found].filter((character) => (character.codePointAt(0) ?? 0) > 126)
}

/** The 2,350 syllables of KS X 1001, read from the decoder that every browser and Node carry. */
function commonSyllables() {
  const decoder = new TextDecoder('euc-kr')
  const syllables = []
  for (let lead = 0xb0; lead <= 0xc8; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      const syllable = decoder.decode(Uint8Array.of(lead, trail))
      if (/^[가-힣]$/u.test(syllable)) syllables.push(syllable)
    }
  }
  return syllables
}

/** Characters of the refusals and messages that the server writes in Korean: they are shown as they come. */
function serverSentences() {
  const root = path.join(web, '../server/src')
  const files = fs.existsSync(root) ? fs.readdirSync(root, { recursive: true }) : []
  return files
    .filter((name) => /(contract|refusals|failure|messages)\.ts$/.test(name))
    .flatMap((name) => [...fs.readFileSync(path.join(root, name), 'utf8').matchAll(/\bko: '([^']+)'/g)])
    .flatMap((found) => [...(found[1] ?? '')])
    .filter((character) => (character.codePointAt(0) ?? 0) > 126)
}

const sources = ['.json', '.ts', '.tsx', '.svg']
const landingWords = ['ko', 'en'].map((language) => path.join(web, 'text', language, 'landing.json'))
const landingText = charactersOf(
  [
    path.join(web, 'app/(marketing)'),
    path.join(web, 'app/global-not-found.tsx'),
    path.join(web, 'features/landing'),
    ...landingWords,
  ],
  sources,
)
const appWords = ['ko', 'en'].flatMap((language) =>
  fs
    .readdirSync(path.join(web, 'text', language))
    .filter((name) => name !== 'landing.json')
    .map((name) => path.join(web, 'text', language, name)),
)
const ownText = [...new Set([...charactersOf(appWords, sources), ...serverSentences()])]
// Sliced whatever our own texts hold, so that a changed sentence cuts one file again and not nine.
const restText = commonSyllables()

const pretendard = require.resolve('pretendard/dist/web/variable/woff2/PretendardVariable.woff2')
const orbitron = path.join(
  path.dirname(require.resolve('@fontsource-variable/orbitron/package.json')),
  'files/orbitron-latin-wght-normal.woff2',
)

const wish = createHash('sha256')
  .update(fs.readFileSync(import.meta.filename))
  .update(JSON.stringify([[...landingText].sort(), [...ownText].sort()]))
  .digest('hex')
const stamp = path.join(target, 'stamp.txt')
if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wish) {
  console.log('fonts: nothing new to cut')
} else {
  const startedAt = performance.now()
  fs.rmSync(target, { recursive: true, force: true })
  fs.mkdirSync(target, { recursive: true })
  fs.mkdirSync(cache, { recursive: true })
  const used = new Set()
  const weights = { wght: { min: 400, max: 800, default: 400 } }
  const cut = async (name, file, text, variationAxes) => {
    const key = createHash('sha256')
      .update(JSON.stringify([file, [...new Set(text)].sort(), variationAxes]))
      .digest('hex')
    const kept = path.join(cache, `${key}.woff2`)
    if (!fs.existsSync(kept)) {
      fs.writeFileSync(kept, await subsetFont(fs.readFileSync(file), text, { targetFormat: 'woff2', variationAxes }))
    }
    const woff2 = fs.readFileSync(kept)
    fs.writeFileSync(path.join(target, name), woff2)
    used.add(path.basename(kept))
    console.log(`fonts: ${name} ${(woff2.length / 1024).toFixed(1)} KB`)
  }
  await cut('landing.woff2', pretendard, ascii + signs + landingText.join(''), weights)
  await cut('body.woff2', pretendard, ascii + signs + ownText.join(''), weights)
  await cut('display.woff2', orbitron, ascii, { wght: { min: 500, max: 900, default: 700 } })

  const perSlice = Math.ceil(restText.length / 8)
  let css = '/* Written by scripts/subset-fonts.mjs. */\n'
  for (let slice = 0; slice * perSlice < restText.length; slice++) {
    const syllables = restText.slice(slice * perSlice, (slice + 1) * perSlice)
    const hex = (syllable) => (syllable.codePointAt(0) ?? 0).toString(16)
    await cut(`rest-${slice}.woff2`, pretendard, syllables.join(''), weights)
    css += `@font-face{font-family:'Pretendard Rest';src:url('./rest-${slice}.woff2') format('woff2');`
    css += `font-weight:400 800;font-display:swap;unicode-range:U+${hex(syllables[0])}-${hex(syllables.at(-1))}}\n`
  }
  fs.writeFileSync(path.join(target, 'rest.css'), css)
  fs.writeFileSync(stamp, wish)
  for (const name of fs.readdirSync(cache)) if (!used.has(name)) fs.rmSync(path.join(cache, name))
  console.log(`fonts: cut in ${Math.round(performance.now() - startedAt)} ms`)
}
