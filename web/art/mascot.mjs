// Haechi, our mascot. The haechi of Korean legend tells right from wrong and guards fairness, which is why it stands in
// front of old courts, and why it may stand in front of our odds. Four moods; all share one body, so that a change of
// mood on a page looks like a change of mood and not like another animal. 160 × 160.

import { body, disc, fadePaint, fill, glassPaint, glint, halo, ink, n, poolPaint, star, stroke, tube } from './neon.mjs'

export const mascotPaints =
  glassPaint('fur', '#e6fdff', '#46c9e0', '#0f4f7a') +
  glassPaint('mane', '#e9d8ff', '#8f5bf0', '#3a1690') +
  glassPaint('bell', '#fff6cf', '#ffc93c', '#9a5b00') +
  fadePaint('horn', '#fff3c4', '#ffb020') +
  poolPaint('pool', ink.cyan, 0.35)

const curl = (x, y, r, turn) =>
  body(disc(x, y, r), 'url(#mane)', '#c7a6ff', 2) +
  `<path d="M${n(x - r * 0.42)} ${n(y + r * 0.1)}a${n(r * 0.42)} ${n(r * 0.42)} 0 1 1 ${n(r * 0.5)} ${n(r * 0.36)}" transform="rotate(${turn} ${n(x)} ${n(y)})" fill="none" stroke="#f0e4ff" stroke-width="1.6" stroke-linecap="round" opacity=".8"/>`

const mane = Array.from({ length: 9 }, (_, place) => {
  const angle = ((150 + place * 30) * Math.PI) / 180
  return curl(80 + 40 * Math.cos(angle), 68 + 36 * Math.sin(angle), place % 2 === 0 ? 11.5 : 13, place * 30 + 60)
}).join('')

const ear = (side, droop) =>
  `<g transform="translate(${80 + side * 34} ${44 + droop * 8}) rotate(${side * (26 + droop * 52)})">${body('M-9 8C-10-6-5-16 0-20C5-16 10-6 9 8z', 'url(#fur)', ink.cyan, 2.4)}${fill('M-4 4C-5-5-2-10 0-13C2-10 5-5 4 4z', '#ff9cc8', 0.85)}</g>`

const horn =
  body('M73 36C73 24 76 15 80 8C84 15 87 24 87 36z', 'url(#horn)', ink.gold, 2.4) +
  stroke('M75 28C78 30 82 30 85 28M76 21C79 22.500 81 22.500 84 21', '#fff7d6', 1.4, 0.8)

const tail = tube('M112 134C136 134 144 116 134 104C127 96 116 102 120 110C122 114 127 114 128 110', '#c7a6ff', 5, 0.8)

const torso =
  body(
    'M80 98C104 98 114 116 114 132C114 144 104 150 80 150C56 150 46 144 46 132C46 116 56 98 80 98z',
    'url(#fur)',
    ink.cyan,
    2.8,
  ) +
  fill(
    'M80 110C94 110 100 122 100 132C100 141 92 145 80 145C68 145 60 141 60 132C60 122 66 110 80 110z',
    '#f4feff',
    0.42,
  )

const feet = [62, 98]
  .map(
    (x) =>
      body(
        `M${x - 14} 148C${x - 15} 138 ${x - 7} 134 ${x} 134C${x + 7} 134 ${x + 15} 138 ${x + 14} 148C${x + 13} 153 ${x - 13} 153 ${x - 14} 148z`,
        'url(#fur)',
        ink.cyan,
        2.4,
      ) + stroke(`M${x - 4} 144V149M${x + 4} 144V149`, '#0f4f7a', 1.6, 0.8),
  )
  .join('')

const bell =
  stroke('M56 101C66 109 94 109 104 101', ink.pink, 5) +
  stroke('M56 100C66 107 94 107 104 100', '#ffd0e4', 1.4, 0.8) +
  body(disc(80, 112, 8.5), 'url(#bell)', ink.gold, 2) +
  stroke('M73 112H87', '#8a5200', 1.6, 0.8) +
  `<circle cx="80" cy="116" r="1.8" fill="#8a5200"/>`

const head =
  body(
    'M80 36C104 36 114 52 114 70C114 90 100 102 80 102C60 102 46 90 46 70C46 52 56 36 80 36z',
    'url(#fur)',
    ink.cyan,
    2.8,
  ) +
  fill('M80 76C92 76 99 82 99 88C99 95 91 99 80 99C69 99 61 95 61 88C61 82 69 76 80 76z', '#f4feff', 0.72) +
  `<ellipse cx="62" cy="46" rx="8" ry="4" transform="rotate(-34 62 46)" fill="#fff" opacity=".7"/>`

const nose =
  fill('M74 79C76 77.500 84 77.500 86 79C86 82 83 84.500 80 84.500C77 84.500 74 82 74 79z', '#241046') +
  stroke('M77 80H79.500', '#fff', 1.4, 0.7)

const blush = [56, 104]
  .map((x) => `<ellipse cx="${x}" cy="81" rx="6.5" ry="3.8" fill="#ff7fb4" opacity=".55"/>`)
  .join('')

const openEye = (x, lookX = 0, lookY = 0, size = 1) =>
  `<ellipse cx="${x}" cy="68" rx="${n(7.4 * size)}" ry="${n(9 * size)}" fill="#1b0d38"/><ellipse cx="${n(x + lookX)}" cy="${n(68 + lookY)}" rx="${n(4.6 * size)}" ry="${n(5.6 * size)}" fill="#6d3df0"/><circle cx="${n(x + 2.4 + lookX)}" cy="${n(64.4 + lookY)}" r="2.7" fill="#fff"/><circle cx="${n(x - 2.4 + lookX)}" cy="${n(71.4 + lookY)}" r="1.4" fill="#fff" opacity=".85"/>`

const brow = (d) => stroke(d, '#12507c', 2.6)
const arm = (d) => halo(d, ink.cyan, 9, 0.5) + stroke(d, ink.cyan, 16) + stroke(d, '#3fb9d4', 11.5)
const smile = stroke('M80 84.500V88C77 93 70 92.500 68.500 88.500M80 88C83 93 90 92.500 91.500 88.500', '#241046', 2.2)

const parts = {
  idle: {
    droop: 0,
    face: openEye(64) + openEye(96) + brow('M58 54C61 52 66 52 69 53.500M91 53.500C94 52 99 52 102 54') + nose + smile,
    arms: arm('M54 118C50 124 52 130 58 132') + arm('M106 118C110 124 108 130 102 132'),
    around: '',
  },
  happy: {
    droop: -0.25,
    face:
      stroke('M56 70C58 62 68 62 71 70M89 70C92 62 102 62 104 70', '#1b0d38', 3.6) +
      brow('M57 54C61 50 66 50 70 52M90 52C94 50 99 50 103 54') +
      nose +
      `<path d="M69 87.500C73 89.500 87 89.500 91 87.500C91 95 86 98.500 80 98.500C74 98.500 69 95 69 87.500z" fill="#5a0f3c" stroke="#241046" stroke-width="2" stroke-linejoin="round"/><path d="M74 96C77 93 83 93 86 96C84 98 76 98 74 96z" fill="#ff86b8"/>`,
    arms: arm('M54 118C42 114 36 104 36 94') + arm('M106 118C118 114 124 104 124 94'),
    around:
      fill(star(22, 62, 8, 3.6), ink.gold) +
      fill(star(140, 56, 7, 3.1), ink.pink) +
      glint(30, 28, 8, '#fff3c4') +
      glint(132, 26, 7, '#d9fdff') +
      glint(146, 84, 5, '#fff3c4'),
  },
  thinking: {
    droop: 0.1,
    face:
      openEye(64, 1.6, -2.6) +
      openEye(96, 1.6, -2.6) +
      brow('M57 55C61 53 66 53.500 69 55.500M90 50C94 47.500 100 48 103 51') +
      nose +
      stroke('M74 90.500C78 88.500 83 88.500 87 90', '#241046', 2.2),
    arms: arm('M54 118C50 124 52 130 58 132') + arm('M106 120C112 114 106 104 97 100'),
    around: [
      [124, 36, 3.4],
      [135, 27, 4.6],
      [148, 15, 6.2],
    ]
      .map(([x, y, r]) => tube(disc(x, y, r), ink.cyan, 1.8, 0.7))
      .join(''),
  },
  sorry: {
    droop: 1,
    face:
      openEye(64, 0, 2, 0.94) +
      openEye(96, 0, 2, 0.94) +
      brow('M56 56C60 55 65 52 69 49.500M91 49.500C95 52 100 55 104 56') +
      nose +
      stroke('M72 93C76 89 84 89 88 93', '#241046', 2.2),
    arms: arm('M54 118C54 126 62 130 71 130') + arm('M106 118C106 126 98 130 89 130'),
    around: '',
  },
}

export const moods = Object.keys(parts)

export function drawMascot(mood) {
  const { droop, face, arms, around } = parts[mood]
  return `<ellipse cx="80" cy="150" rx="62" ry="9" fill="url(#pool)"/>${tail}${torso}${feet}${mane}${ear(-1, droop)}${ear(1, droop)}${head}${horn}${blush}${face}${bell}${arms}${around}`
}
