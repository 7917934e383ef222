// Writes every drawing that is not the symbol sheet: mark, sign, icons, mascot, empty places.
// Run: node web/art/draw.mjs

import { mkdirSync, writeFileSync } from 'node:fs'
import { club, iconFace, iconPaints, sign, smallIcon } from './emblem.mjs'
import { emptyPaints, emptyPlaces } from './empty-places.mjs'
import { drawMascot, mascotPaints, moods } from './mascot.mjs'
import { at, svg } from './neon.mjs'
import { photograph } from './photograph.mjs'

const pages = new URL('../public/', import.meta.url)
const art = new URL('art/', pages)
const icons = new URL('icons/', pages)
for (const folder of [art, icons]) mkdirSync(folder, { recursive: true })

writeFileSync(new URL('mark.svg', art), svg(84, 84, at(10, 10, club())))
const { inner, width, height } = sign()
writeFileSync(new URL('sign.svg', art), svg(width, height, inner))
for (const mood of moods) {
  writeFileSync(new URL(`mascot-${mood}.svg`, art), svg(160, 160, drawMascot(mood), mascotPaints))
}
for (const [place, picture] of Object.entries(emptyPlaces)) {
  writeFileSync(new URL(`empty-${place}.svg`, art), svg(240, 160, picture, emptyPaints))
}

writeFileSync(new URL('favicon.svg', pages), svg(64, 64, smallIcon))
const icon = (safe) => svg(512, 512, iconFace(safe), iconPaints)
writeFileSync(new URL('icon.svg', icons), icon(false))

const atSize = (drawing, size) => drawing.replace(/width="\d+" height="\d+"/, `width="${size}" height="${size}"`)
await photograph(
  [
    ['icon-512.png', false, 512],
    ['icon-192.png', false, 192],
    ['icon-maskable-512.png', true, 512],
    ['apple-touch-icon.png', true, 180],
  ].map(([name, safe, size]) => ({
    html: atSize(icon(safe), size),
    width: size,
    height: size,
    file: new URL(name, icons),
  })),
)
