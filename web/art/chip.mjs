// The house's chip, standing behind the balance at home: a rim with eight marks, a ring, the club in its middle.
// Dim, because numbers are read in front of it.

import { club } from './emblem.mjs'
import { at, disc, ink, n, stroke, tube } from './neon.mjs'

const middle = 120
const marks = 8

/** A mark on the rim: an arc of a sixteenth of the circle, thick as the rim is wide. */
function mark(place) {
  const from = ((place - 0.25) / marks) * 2 * Math.PI
  const to = ((place + 0.25) / marks) * 2 * Math.PI
  const point = (angle) => `${n(middle + 97 * Math.cos(angle))} ${n(middle + 97 * Math.sin(angle))}`
  return stroke(`M${point(from)}A97 97 0 0 1 ${point(to)}`, place % 2 ? ink.pink : ink.cyan, 13, 0.5)
}

export const chip = `<g opacity="0.36">${[
  tube(disc(middle, middle, 109), ink.violet, 3, 0.9),
  ...Array.from({ length: marks }, (_, place) => mark(place)),
  tube(disc(middle, middle, 84), ink.violet, 2, 0.7),
  stroke(disc(middle, middle, 72), ink.violet, 1.5, 0.5),
  at(middle - 54, middle - 60, `<g transform="scale(1.7)">${club(0.7, 3.4)}</g>`),
].join('')}</g>`
