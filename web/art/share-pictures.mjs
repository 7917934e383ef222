// Writes the pictures that a shared link shows: og-ko.png and og-en.png, 1200 × 630.
// Run after draw.mjs and symbols-sheet.mjs: node web/art/share-pictures.mjs

import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { sign } from './emblem.mjs'
import { drawMascot, mascotPaints } from './mascot.mjs'
import { at, body, ink, svg } from './neon.mjs'
import { fontAddress, photograph } from './photograph.mjs'
import { drawSymbol, symbolPaints } from './symbols.mjs'

const require = createRequire(import.meta.url)
const orbitron = fontAddress(
  pathToFileURL(require.resolve('@fontsource-variable/orbitron/files/orbitron-latin-wght-normal.woff2')),
)
const pretendard = fontAddress(
  pathToFileURL(require.resolve('pretendard/dist/web/variable/woff2/PretendardVariable.woff2')),
)

const words = {
  ko: { title: '확률을 먼저<br>보여 드립니다', facts: ['무료 이용', '환전 없음', '확률 전부 공개', '19세 이상'] },
  en: { title: 'We show you<br>the odds first', facts: ['Free to play', 'No cash-out', 'All odds published', '19+'] },
}

const reels = ['diamond', 'seven', 'cherry']
  .map(
    (id, place) =>
      `<rect x="${place * 150}" y="0" width="136" height="200" rx="18" fill="#0b0814" stroke="#4b3a80" stroke-width="2"/>${at(place * 150 + 14, 46, drawSymbol[id](), ' scale(1.125)')}`,
  )
  .join('')

const frame = 'M37 3H443Q477 3 477 37V223Q477 257 443 257H37Q3 257 3 223V37Q3 3 37 3z'
const machine = svg(
  480,
  280,
  `${body(frame, '#1a1030', ink.cyan, 4)}${at(22, 30, reels)}<path d="M10 130h8M462 130h8" stroke="#ffcf4a" stroke-width="6" stroke-linecap="round"/>`,
  symbolPaints,
)

const page = ({ title, facts }) => `<style>
  @font-face { font-family: Orbitron; src: url(${orbitron}); font-weight: 400 900 }
  @font-face { font-family: Pretendard; src: url(${pretendard}); font-weight: 45 920 }
  body { width: 1200px; height: 630px; overflow: hidden; background: radial-gradient(60% 80% at 78% 40%, #3b1a6e 0, transparent 70%), radial-gradient(50% 70% at 8% 100%, #7a1450 0, transparent 70%), #0b0814; color: #f4f0ff; font-family: Orbitron, Pretendard, sans-serif; position: relative }
  .grid { position: absolute; inset: 470px -200px -40px; background: linear-gradient(#5cf2ff33 2px, transparent 2px) 0 0/100% 44px, linear-gradient(90deg, #5cf2ff33 2px, transparent 2px) 0 0/88px 100%; transform: perspective(420px) rotateX(52deg); transform-origin: top; mask: linear-gradient(transparent, #000 60%) }
  .sign { position: absolute; left: 68px; top: 60px; width: 430px }
  h1 { position: absolute; left: 76px; top: 178px; margin: 0; font: 800 76px/1.22 Pretendard; letter-spacing: -.03em }
  ul { position: absolute; left: 76px; bottom: 76px; margin: 0; padding: 0; list-style: none; display: flex; gap: 14px; font: 600 25px Pretendard }
  li { padding: 11px 22px; border-radius: 99px; border: 2px solid #5cf2ff66; background: #0b0814cc }
  .machine { position: absolute; right: 60px; top: 110px; overflow: visible }
  .machine svg { overflow: visible }
  .mascot { position: absolute; right: 20px; bottom: 24px; width: 250px }
  svg { overflow: visible }
</style>
<div class="grid"></div>
<div class="sign">${(() => {
  const { inner, width, height } = sign()
  return svg(width, height, inner).replace(/width="\d+" height="\d+"/, 'width="430"')
})()}</div>
<h1>${title}</h1>
<ul>${facts.map((fact) => `<li>${fact}</li>`).join('')}</ul>
<div class="machine">${machine}</div>
<div class="mascot">${svg(160, 160, drawMascot('happy'), mascotPaints).replace('width="160" height="160"', 'width="250"')}</div>`

await photograph(
  Object.entries(words).map(([language, said]) => ({
    html: page(said),
    width: 1200,
    height: 630,
    file: new URL(`../public/og-${language}.png`, import.meta.url),
  })),
)
