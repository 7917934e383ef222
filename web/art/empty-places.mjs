// Pictures for places where nothing is yet: history without rounds, an inbox without letters, a line without signal.
// 240 × 160, quiet: mostly tubes that are switched off, one or two lit.

import { at, body, disc, fill, glassPaint, glint, ink, poolPaint, stroke, tube, unlit } from './neon.mjs'

export const emptyPaints =
  poolPaint('floor', ink.violet, 0.4) +
  glassPaint('pane', '#3a2a66', '#1d1438', '#120b24') +
  glassPaint('coin', '#fff6cf', '#ffc93c', '#9a5b00')

const floor = '<ellipse cx="120" cy="142" rx="104" ry="13" fill="url(#floor)"/>'

/** No rounds yet: a machine waiting, its three reels blank. */
const rounds =
  floor +
  body('M58 34Q58 24 68 24H172Q182 24 182 34V132Q182 140 174 140H66Q58 140 58 132z', 'url(#pane)', ink.cyan, 2.8) +
  stroke('M70 50H170', '#7d6ab0', 1.6, 0.5) +
  tube('M100 37H140', ink.pink, 3, 0.8) +
  [72, 106, 140]
    .map(
      (x) =>
        fill(
          `M${x} 66Q${x} 60 ${x + 6} 60H${x + 22}Q${x + 28} 60 ${x + 28} 66V98Q${x + 28} 104 ${x + 22} 104H${x + 6}Q${x} 104 ${x} 98z`,
          '#0b0814',
        ) +
        unlit(
          `M${x} 66Q${x} 60 ${x + 6} 60H${x + 22}Q${x + 28} 60 ${x + 28} 66V98Q${x + 28} 104 ${x + 22} 104H${x + 6}Q${x} 104 ${x} 98z`,
          ink.violet,
          2.4,
        ) +
        unlit(`M${x + 9} 82H${x + 19}`, '#d8ccff', 3),
    )
    .join('') +
  tube('M104 122H136', ink.gold, 4, 0.7) +
  unlit('M196 62V104', '#d8ccff', 4) +
  body(disc(196, 56, 8), 'url(#coin)', ink.gold, 2) +
  glint(46, 44, 7, '#d9fdff') +
  glint(206, 122, 5, '#ffd0e4')

/** Nothing to read: a bell at rest on a cushion of light. */
const inbox =
  floor +
  body(
    'M120 30C144 30 154 48 154 72V92C154 100 160 106 166 112H74C80 106 86 100 86 92V72C86 48 96 30 120 30z',
    'url(#pane)',
    ink.cyan,
    3,
  ) +
  stroke('M98 58C101 47 107 42 115 40', '#c9fbff', 2.4, 0.6) +
  tube('M108 118C109 127 131 127 132 118', ink.gold, 3.4, 0.8) +
  tube('M120 30V22', ink.cyan, 3.4, 0.8) +
  unlit('M66 58C58 66 58 82 66 90M174 58C182 66 182 82 174 90', ink.pink, 3) +
  at(176, 26, tube('M0 0H12L0 14H12', ink.pink, 2.6, 0.7)) +
  at(196, 12, tube('M0 0H8L0 9H8', '#c7a6ff', 2.2, 0.6)) +
  glint(52, 42, 6, '#d9fdff')

/** The line is gone: two ends of a tube that do not meet. */
const offline =
  floor +
  tube('M24 96C48 96 52 62 78 62C92 62 96 74 102 82', ink.cyan, 4) +
  unlit('M138 92C144 100 150 112 164 112C188 112 192 78 216 78', ink.pink, 4) +
  body('M96 78L112 74L116 92L100 96z', 'url(#pane)', ink.cyan, 2.4) +
  body('M128 82L144 78L148 96L132 100z', 'url(#pane)', '#b06a92', 2.4) +
  stroke('M114 80L121 78M116 88L123 86', ink.cyan, 3) +
  glint(121, 62, 9, '#fff3c4') +
  stroke('M112 54L108 46M122 48V38M132 54L138 47', ink.gold, 2.6, 0.9) +
  at(102, 122, unlit('M0 0H36', '#d8ccff', 3))

export const emptyPlaces = { rounds, inbox, offline }
