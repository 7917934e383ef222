// Writes what the reels are made of, and each symbol alone for paytables and share pictures.
//   symbols.svg        six sharp cells, one below the other
//   symbols-fast.webp  the same six, smeared along the direction of travel
// The smear is computed here, once, and shipped as a picture: a blur at run time would be computed on every paint. It
// runs past the edge of its cell into its neighbours and wraps around, so that the fast sheet tiles without a seam.
// Run: node web/art/symbols-sheet.mjs

import { mkdirSync, writeFileSync } from 'node:fs'
import { svg } from './neon.mjs'
import { photograph } from './photograph.mjs'
import { drawSymbol, symbolOrder, symbolPaints } from './symbols.mjs'

const cell = 96
const height = cell * symbolOrder.length
const target = new URL('../public/art/', import.meta.url)
mkdirSync(target, { recursive: true })

const column = symbolOrder
  .map((id, row) => `<g transform="translate(0 ${row * cell})">${drawSymbol[id]()}</g>`)
  .join('')

writeFileSync(new URL('symbols.svg', target), svg(cell, height, column, symbolPaints))
for (const id of symbolOrder) {
  writeFileSync(new URL(`symbol-${id}.svg`, target), svg(cell, cell, drawSymbol[id](), symbolPaints))
}

// A symbol passes in about 43 ms, so one 60 Hz frame sees 0.4 of a cell go by: two standard deviations either side.
const smear = `<filter id="smear" filterUnits="userSpaceOnUse" x="0" y="0" width="${cell}" height="${height}"><feGaussianBlur stdDeviation="0.6 11"/><feComponentTransfer><feFuncA type="linear" slope="1.25"/></feComponentTransfer></filter>`
const threeTimes = [-1, 0, 1].map((turn) => `<g transform="translate(0 ${turn * height})">${column}</g>`).join('')
const fastScale = 1.25 // softness needs no pixels: 31 KB instead of 69 KB at twice the size
const width = cell * fastScale
const fast = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height * fastScale}" viewBox="0 0 ${cell} ${height}"><defs>${smear}${symbolPaints}</defs><g filter="url(#smear)">${threeTimes}</g></svg>`
await photograph([
  { html: fast, width, height: height * fastScale, file: new URL('symbols-fast.webp', target), quality: 0.6 },
])
