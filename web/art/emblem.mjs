// The mark: a club whose three leaves are three rings of light, which are also the three reels. The lettering beside it
// is bent from single tubes, like the sign over a door, so it needs no font and no licence.

import { at, disc, fill, ink, n, stroke, tube } from './neon.mjs'

/** The club in a 64 × 64 field. `strength` dims the halo where it must stay inside a small icon. */
export const club = (strength = 1, width = 4.2) =>
  tube('M32 38C32 48 29 54 24 57H40C35 54 32 48 32 38z', ink.gold, width * 0.8, strength * 0.9) +
  tube(disc(20, 36, 10.5), ink.cyan, width, strength) +
  tube(disc(44, 36, 10.5), ink.pink, width, strength) +
  tube(disc(32, 18, 10.5), ink.gold, width, strength)

/** The same mark for small sizes: no halo, heavier lines, a solid stem. */
export const plainClub = (width = 6) =>
  stroke('M32 40C32 49 29 54 24 57H40C35 54 32 49 32 40z', ink.gold, width * 0.8) +
  fill('M32 40C32 49 29 54 24 57H40C35 54 32 49 32 40z', ink.gold) +
  stroke(disc(19, 36, 10), ink.cyan, width) +
  stroke(disc(45, 36, 10), ink.pink, width) +
  stroke(disc(32, 17, 10), ink.gold, width)

// Letters are 40 high; each has its width and its bends.
const letters = {
  A: [28, 'M0 40V14Q0 0 14 0Q28 0 28 14V40M0 25H28'],
  B: [26, 'M0 0V40H16Q26 40 26 30Q26 20 16 20H0M16 20Q24 20 24 10Q24 0 15 0H0'],
  C: [26, 'M26 5Q23 0 14 0Q0 0 0 14V26Q0 40 14 40Q23 40 26 35'],
  E: [23, 'M23 0H10Q0 0 0 10V30Q0 40 10 40H23M0 20H20'],
  I: [0, 'M0 0V40'],
  K: [25, 'M0 0V40M25 0L0 22M8 15L25 40'],
  L: [22, 'M0 0V30Q0 40 10 40H22'],
  M: [32, 'M0 40V0L16 24L32 0V40'],
  N: [27, 'M0 40V0L27 40V0'],
  O: [28, 'M14 0Q28 0 28 14V26Q28 40 14 40Q0 40 0 26V14Q0 0 14 0z'],
  R: [26, 'M0 40V0H15Q25 0 25 11Q25 22 15 22H0M14 22L26 40'],
  S: [26, 'M25 6Q22 0 13 0Q0 0 0 10Q0 20 13 20Q26 20 26 30Q26 40 13 40Q4 40 0 34'],
  T: [28, 'M0 0H28M14 0V40'],
  U: [28, 'M0 0V26Q0 40 14 40Q28 40 28 26V0'],
}
const gap = 13

/** A word in light. Returns its drawing and its width. */
export function lettering(word, colour, width = 4, strength = 1) {
  let x = 0
  let inner = ''
  for (const letter of word) {
    const [wide, bends] = letters[letter]
    inner += at(x, 0, tube(bends, colour, width, strength))
    x += wide + gap
  }
  return { inner, width: x - gap }
}

/** The sign: mark and two words on one line, 56 high. */
export function sign(strength = 1) {
  const casino = lettering('CASINO', ink.cyan, 4, strength)
  const second = lettering('CLUB', ink.pink, 4, strength)
  const left = 76
  const between = 30
  const inner =
    at(2, -3, club(strength)) + at(left, 8, casino.inner) + at(left + casino.width + between, 8, second.inner)
  return { inner, width: Math.ceil(left + casino.width + between + second.width + 14), height: 60 }
}

/** The sign over one machine, 72 high: a word in cyan, a word in pink, a line of gold under both. */
export function machineSign(first, second) {
  const [left, right] = [lettering(first, ink.cyan, 4), lettering(second, ink.pink, 4)]
  const between = 30
  const margin = 16
  const width = margin * 2 + left.width + between + right.width
  const inner = at(margin, 12, left.inner) + at(margin + left.width + between, 12, right.inner)
  return { inner, width: Math.ceil(width), height: 66 }
}

/** The face of an app icon, 512 × 512. `safe` keeps the mark inside the circle a launcher may cut out. */
export const iconFace = (safe) => {
  const scale = safe ? 5 : 6.6
  const shift = (512 - 64 * scale) / 2
  const corner = safe ? 0 : 112
  return `<rect width="512" height="512" rx="${corner}" fill="url(#icon-night)"/><rect width="512" height="512" rx="${corner}" fill="url(#icon-pool)"/><g transform="translate(${n(shift)} ${n(shift - 8)}) scale(${scale})">${club(0.9, 4.4)}</g>`
}

export const iconPaints =
  '<linearGradient id="icon-night" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#24113f"/><stop offset="1" stop-color="#0b0814"/></linearGradient><radialGradient id="icon-pool" cx=".5" cy=".52" r=".5"><stop offset="0" stop-color="#7a3cff" stop-opacity=".42"/><stop offset="1" stop-color="#7a3cff" stop-opacity="0"/></radialGradient>'

export const smallIcon = `<rect width="64" height="64" rx="14" fill="#160c2a"/><g transform="translate(-1.600 -1.400) scale(1.05)">${plainClub()}</g>`
