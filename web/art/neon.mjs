// The words our drawings are made of. One light, three layers: a halo (wide, faint strokes), a body (dark, tinted
// glass) and a tube (bright rim with a white-hot core). Halos are stacked strokes and never filters: a filter would
// be computed again whenever the browser paints, and the reels must not paint while they turn.

export const ink = {
  night: '#0b0814',
  glass: '#171028',
  cyan: '#5cf2ff',
  pink: '#ff4d9d',
  gold: '#ffcf4a',
  green: '#69f0ae',
  violet: '#9b6cff',
  red: '#ff5468',
  lemon: '#fff27a',
  orange: '#ff9a3d',
  grape: '#b98cff',
  leaf: '#4be39a',
  white: '#ffffff',
}

/** Round numbers keep the files small and the diffs readable. */
export const n = (value) => String(Math.round(value * 100) / 100)

const line = (d, colour, width, opacity = 1) =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${n(width)}" stroke-linecap="round" stroke-linejoin="round"${
    opacity === 1 ? '' : ` opacity="${n(opacity)}"`
  }/>`

/** Light that leaves the tube: five strokes, each wider and fainter, which the eye reads as blur. */
export const halo = (d, colour, width = 3, strength = 1) =>
  [
    [6, 0.02],
    [5, 0.027],
    [4.1, 0.036],
    [3.3, 0.05],
    [2.6, 0.07],
    [2, 0.095],
    [1.5, 0.13],
  ]
    .map(([times, opacity]) => line(d, colour, width * times, opacity * strength))
    .join('')

/** A lit neon tube along `d`. */
export const tube = (d, colour, width = 3, strength = 1) =>
  halo(d, colour, width, strength) + line(d, colour, width) + line(d, ink.white, width * 0.34, 0.75)

/** A tube that is switched off, for moods and empty places. */
export const unlit = (d, colour, width = 3) => line(d, colour, width, 0.38)

/** A body of tinted glass with a lit rim. `fill` is any paint, usually a gradient made by `glassPaint`. */
export const body = (d, fill, rim, width = 3) =>
  `${halo(d, rim, width, 0.8)}<path d="${d}" fill="${fill}"/>${line(d, rim, width)}`

export const stroke = line

export const fill = (d, paint, opacity = 1) =>
  `<path d="${d}" fill="${paint}"${opacity === 1 ? '' : ` opacity="${n(opacity)}"`}/>`

/** Glass lit from the upper left: bright near the lamp, deep on the far side. */
export const glassPaint = (id, bright, middle, deep) =>
  `<radialGradient id="${id}" cx=".34" cy=".26" r=".95"><stop offset="0" stop-color="${bright}"/><stop offset=".42" stop-color="${middle}"/><stop offset="1" stop-color="${deep}"/></radialGradient>`

export const fadePaint = (id, from, to) =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`

/** A pool of light with no edge. */
export const poolPaint = (id, colour, strength = 0.5) =>
  `<radialGradient id="${id}"><stop offset="0" stop-color="${colour}" stop-opacity="${strength}"/><stop offset=".55" stop-color="${colour}" stop-opacity="${n(strength * 0.3)}"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>`

export const disc = (cx, cy, r) =>
  `M${n(cx - r)} ${n(cy)}a${n(r)} ${n(r)} 0 1 0 ${n(r * 2)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-r * 2)} 0z`

export const at = (x, y, inner, more = '') => `<g transform="translate(${n(x)} ${n(y)})${more}">${inner}</g>`

export const star = (cx, cy, outer, inner, points = 5, turn = -90) =>
  `${Array.from({ length: points * 2 }, (_, corner) => {
    const angle = ((turn + (corner * 180) / points) * Math.PI) / 180
    const radius = corner % 2 === 0 ? outer : inner
    return `${corner === 0 ? 'M' : 'L'}${n(cx + radius * Math.cos(angle))} ${n(cy + radius * Math.sin(angle))}`
  }).join('')}z`

/** A four-pointed glint. */
export const glint = (cx, cy, size, colour = ink.white) =>
  fill(
    `M${n(cx)} ${n(cy - size)}Q${n(cx + size * 0.12)} ${n(cy - size * 0.12)} ${n(cx + size)} ${n(cy)}Q${n(cx + size * 0.12)} ${n(cy + size * 0.12)} ${n(cx)} ${n(cy + size)}Q${n(cx - size * 0.12)} ${n(cy + size * 0.12)} ${n(cx - size)} ${n(cy)}Q${n(cx - size * 0.12)} ${n(cy - size * 0.12)} ${n(cx)} ${n(cy - size)}z`,
    colour,
  )

export const svg = (width, height, inner, defs = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${
    defs === '' ? '' : `<defs>${defs}</defs>`
  }${inner}</svg>\n`
