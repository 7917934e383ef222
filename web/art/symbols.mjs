// The six symbols of the slot, each drawn in a 96 × 96 cell. They must be told apart by outline alone (two balls on
// stems, a tilted pointed oval, a cut wheel, a hanging cluster, a faceted gem, a numeral), because colour is not
// available to everyone and none of it survives speed.

import { body, disc, fadePaint, fill, glassPaint, glint, halo, ink, n, star, stroke, tube } from './neon.mjs'

const leaf = (x, y, turn, size = 1) =>
  `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})">${body('M0 0C6-12 20-14 30-8C26 4 12 10 0 0z', 'url(#leaf)', ink.leaf, 2.2)}${stroke('M3-1C11-5 18-7 25-7', '#c8ffe4', 1.2, 0.7)}</g>`

const shine = (cx, cy, rx, ry, turn, opacity = 0.75) =>
  `<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(rx)}" ry="${n(ry)}" transform="rotate(${turn} ${n(cx)} ${n(cy)})" fill="#fff" opacity="${opacity}"/>`

const cherry = () =>
  tube('M31 52C33 38 42 24 58 16', ink.leaf, 2.6) +
  tube('M65 54C66 40 64 27 58 16', ink.leaf, 2.6) +
  leaf(57, 17, -6, 0.82) +
  body(disc(30, 66, 16.5), 'url(#cherry)', ink.red, 2.6) +
  body(disc(65, 68, 16.5), 'url(#cherry)', ink.red, 2.6) +
  shine(23.5, 59, 4.4, 2.6, -38) +
  shine(58.5, 61, 4.4, 2.6, -38) +
  stroke('M36 76C40 73 42 69 42 65', '#ffb3bd', 1.6, 0.6) +
  stroke('M71 78C75 75 77 71 77 67', '#ffb3bd', 1.6, 0.6)

const lemon = () =>
  `<g transform="rotate(-32 48 50)">${body(
    'M6 50C11 49 14 46 18 40C25 29 36 25 48 25C60 25 71 29 78 40C82 46 85 49 90 50C85 51 82 54 78 60C71 71 60 75 48 75C36 75 25 71 18 60C14 54 11 51 6 50z',
    'url(#lemon)',
    ink.lemon,
    2.8,
  )}${stroke('M27 63C33 68 41 69.500 50 69', '#fff8c8', 1.8, 0.7)}${[
    [40, 56],
    [52, 60],
    [63, 52],
    [56, 45],
    [45, 45],
  ]
    .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="1.3" fill="#8a6a00" opacity=".55"/>`)
    .join('')}${shine(35, 37, 9, 3.2, -24)}</g>${leaf(70, 18, 14, 0.62)}`

const orange = () => {
  const wedges = Array.from({ length: 8 }, (_, wedge) => {
    const from = ((wedge * 45 + 5) * Math.PI) / 180
    const to = ((wedge * 45 + 40) * Math.PI) / 180
    const middle = (from + to) / 2
    const point = (angle, radius) => `${n(48 + radius * Math.cos(angle))} ${n(50 + radius * Math.sin(angle))}`
    return `M${point(middle, 6)}L${point(from, 24.5)}A25 25 0 0 1 ${point(to, 24.5)}z`
  }).join('')
  return (
    body(disc(48, 50, 33), '#3a1602', ink.orange, 3) +
    stroke(disc(48, 50, 28.6), '#ffe2bd', 2.2, 0.9) +
    `<path d="${wedges}" fill="url(#orange)" stroke="#ffb566" stroke-width="1.6" stroke-linejoin="round"/>` +
    shine(36.5, 33, 6, 2.2, -38, 0.55) +
    `<circle cx="48" cy="50" r="2.6" fill="#ffe2bd"/>`
  )
}

const grape = () => {
  const rows = [
    [26, 40],
    [48, 38],
    [70, 40],
    [37, 55],
    [59, 55],
    [48, 71],
  ]
  return (
    tube('M48 30C47 22 50 15 56 11', ink.leaf, 2.6) +
    leaf(50, 23, -8, 0.8) +
    rows
      .map(([x, y]) => body(disc(x, y, 11.6), 'url(#grape)', ink.grape, 2.2) + shine(x - 4, y - 4.6, 3, 1.9, -38, 0.7))
      .join('') +
    body(disc(48, 84, 6.2), 'url(#grape)', ink.grape, 2) +
    shine(46, 82, 1.8, 1.1, -38, 0.7)
  )
}

const diamond = () => {
  const outline = 'M28 20H68L86 42L48 84L10 42z'
  return (
    halo(outline, ink.cyan, 3.4, 1) +
    fill(outline, 'url(#diamond)') +
    fill('M28 20L34 42H10z', '#d9fdff', 0.55) +
    fill('M28 20H48L34 42z', '#ffffff', 0.75) +
    fill('M48 20H68L62 42z', '#a8f7ff', 0.5) +
    fill('M68 20L86 42H62z', '#2bb4d8', 0.55) +
    fill('M48 20L62 42H34z', '#e9feff', 0.6) +
    fill('M10 42H34L48 84z', '#3fd4ee', 0.55) +
    fill('M34 42H62L48 84z', '#8df3ff', 0.55) +
    fill('M62 42H86L48 84z', '#0b6f9c', 0.6) +
    stroke('M10 42H86M28 20L34 42L48 84L62 42L68 20M34 42L48 20L62 42', '#eaffff', 1.5, 0.8) +
    stroke(outline, ink.cyan, 3) +
    glint(24, 25, 10) +
    glint(70, 62, 6)
  )
}

const seven = () => {
  const outline =
    'M17 19H77Q80 19 80 22V33Q80 35.500 78.500 37.500C64 55 57 66 54 82Q53.500 85 50.500 85H37Q33.800 85 34.400 81.800C37 66 44 54 55 41H28V46Q28 49 25 49H17Q14 49 14 46V22Q14 19 17 19z'
  return (
    halo(outline, ink.pink, 4, 1.1) +
    fill(outline, 'url(#seven)') +
    stroke(outline, ink.gold, 3.4) +
    stroke('M21 26H73V33C60 48 51 60 47 77', '#fff3c4', 1.8, 0.85) +
    `<path d="${star(20, 70, 10, 4.3)}" fill="${ink.gold}" stroke="#fff3c4" stroke-width="1.4" stroke-linejoin="round"/>` +
    halo(star(20, 70, 10, 4.3), ink.gold, 2, 0.6) +
    glint(78, 68, 8, '#fff3c4')
  )
}

/** The order of the sheets. `slot-art.ts` of the slot scene says the same; a test compares the two. */
export const symbolOrder = ['cherry', 'lemon', 'orange', 'grape', 'diamond', 'seven']

export const drawSymbol = { cherry, lemon, orange, grape, diamond, seven }

export const symbolPaints =
  glassPaint('leaf', '#a5ffd2', '#1fae6b', '#06492c') +
  glassPaint('cherry', '#ff9aa6', '#e0182f', '#5c0413') +
  glassPaint('lemon', '#fffbd0', '#ffe02e', '#b07a00') +
  glassPaint('orange', '#ffd08a', '#ff8a1f', '#b84a00') +
  glassPaint('grape', '#e2ccff', '#8a45f0', '#33107a') +
  fadePaint('diamond', '#c9fbff', '#1191c4') +
  fadePaint('seven', '#ff86bd', '#d3115f')
