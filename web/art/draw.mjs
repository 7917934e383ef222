// Writes every drawing that is not the symbol sheet: mark, sign, icons, mascot, empty places.
// Run: node web/art/draw.mjs

import { mkdirSync, writeFileSync } from 'node:fs'
import { chip } from './chip.mjs'
import { club, iconFace, iconPaints, machineSign, sign, smallIcon } from './emblem.mjs'
import { emptyPaints, emptyPlaces } from './empty-places.mjs'
import { drawMascot, mascotPaints, moods } from './mascot.mjs'
import { at, svg } from './neon.mjs'
import { photograph } from './photograph.mjs'
import {
  capsuleBottom,
  machine as capsuleMachine,
  capsulePaints,
  capsuleTop,
  drawPrize,
  emptyAlbum,
  machinePaints,
  prizePaints,
} from './prizes.mjs'

const pages = new URL('../public/', import.meta.url)
const art = new URL('art/', pages)
mkdirSync(art, { recursive: true })

writeFileSync(new URL('mark.svg', art), svg(84, 84, at(10, 10, club())))
writeFileSync(new URL('chip.svg', art), svg(240, 240, chip))
const { inner, width, height } = sign()
writeFileSync(new URL('sign.svg', art), svg(width, height, inner))
for (const mood of moods) {
  writeFileSync(new URL(`mascot-${mood}.svg`, art), svg(160, 160, drawMascot(mood), mascotPaints))
}
for (const [place, picture] of Object.entries(emptyPlaces)) {
  writeFileSync(new URL(`empty-${place}.svg`, art), svg(240, 160, picture, emptyPaints))
}

const machine = machineSign('NEON', 'REELS')
writeFileSync(new URL('sign-neon-reels.svg', art), svg(machine.width, machine.height, machine.inner))

const market = machineSign('NEON', 'MARKET')
writeFileSync(new URL('sign-neon-market.svg', art), svg(market.width, market.height, market.inner))
writeFileSync(new URL('gacha-machine.svg', art), svg(320, 260, capsuleMachine(), machinePaints))
writeFileSync(new URL('capsule-top.svg', art), svg(96, 96, capsuleTop(), capsulePaints))
writeFileSync(new URL('capsule-bottom.svg', art), svg(96, 96, capsuleBottom(), capsulePaints))
writeFileSync(new URL('empty-album.svg', art), svg(240, 160, emptyAlbum(), machinePaints))
// Only the paints that a drawing uses: ten prizes on one screen are ten files.
const paints = prizePaints.match(/<(radial|linear)Gradient.*?<\/\1Gradient>/g) ?? []
for (const [prize, draw] of Object.entries(drawPrize)) {
  const drawing = draw()
  const used = paints.filter((paint) => drawing.includes(`url(#${/id="([^"]+)"/.exec(paint)?.[1]})`))
  writeFileSync(new URL(`prize-${prize}.svg`, art), svg(96, 96, drawing, used.join('')))
}

// The browser's tab needs a plain mark that reads at 16 pixels; launchers get the lit one, kept inside the circle
// that some of them cut out.
writeFileSync(new URL('icon.svg', pages), svg(64, 64, smallIcon))
const atSize = (drawing, size) => drawing.replace(/width="\d+" height="\d+"/, `width="${size}" height="${size}"`)
await photograph(
  [
    ['icon-192.png', false, 192],
    ['icon-512.png', true, 512],
    ['icon-180.png', true, 180],
  ].map(([name, safe, size]) => ({
    html: atSize(svg(512, 512, iconFace(safe), iconPaints), size),
    width: size,
    height: size,
    file: new URL(name, pages),
  })),
)
