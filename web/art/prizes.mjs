// The prizes of the gacha, each in a 96 × 96 cell, and the capsule they come in. A rarity is told by its mark (star,
// diamond, triangle, disc) and its word, so a prize only has to be itself: sixteen outlines that nobody confuses.

import { body, disc, fadePaint, fill, glassPaint, glint, halo, ink, n, poolPaint, star, stroke, tube } from './neon.mjs'

const shine = (cx, cy, rx, ry, turn, opacity = 0.7) =>
  `<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(rx)}" ry="${n(ry)}" transform="rotate(${turn} ${n(cx)} ${n(cy)})" fill="#fff" opacity="${opacity}"/>`

const mirrored = (inner) => `<g transform="translate(96 0) scale(-1 1)">${inner}</g>`

const pool = (paint) => `<circle cx="48" cy="48" r="46" fill="url(#${paint})"/>`

/* Legendary. */

const auroraCrown = () =>
  pool('pool-gold') +
  tube('M22 40C30 22 40 14 48 10', '#7dffd0', 2.4, 0.7) +
  tube('M74 40C66 22 56 14 48 10', '#b98cff', 2.4, 0.7) +
  body('M14 34L30 52L48 24L66 52L82 34L76 76H20z', 'url(#gold)', ink.gold, 3) +
  fill('M20 66H76V76H20z', '#8a4b00', 0.55) +
  stroke('M20 66H76', '#fff3c4', 1.8, 0.9) +
  [14, 48, 82].map((x, place) => body(disc(x, place === 1 ? 22 : 32, 5), 'url(#aurora)', '#7dffd0', 2)).join('') +
  body('M48 50L55 58L48 66L41 58z', 'url(#aurora)', '#7dffd0', 2) +
  glint(30, 40, 6, '#fff3c4') +
  glint(72, 58, 5)

const koiOfLight = () =>
  pool('pool-gold') +
  tube('M12 74C26 84 40 84 54 78', ink.cyan, 2, 0.5) +
  body('M70 66C84 66 90 76 86 88C76 86 68 82 62 74z', 'url(#koi)', ink.orange, 2.2) +
  body(
    'M20 40C20 22 40 12 56 20C74 28 80 48 70 66C66 74 60 77 54 74C64 64 60 52 48 54C32 58 20 54 20 40z',
    'url(#koi)',
    ink.gold,
    3,
  ) +
  body('M50 20C56 10 68 8 76 12C72 20 66 25 58 24z', 'url(#koi)', ink.orange, 2) +
  fill('M40 24C48 20 56 24 60 32C52 36 44 34 40 24z', '#fff', 0.85) +
  fill('M62 44C70 46 72 54 68 60C62 58 60 52 62 44z', '#fff', 0.8) +
  `<circle cx="30" cy="38" r="3.4" fill="#2a0317"/><circle cx="29" cy="37" r="1.2" fill="#fff"/>` +
  stroke('M18 46C12 46 9 49 8 53M20 50C15 52 13 56 14 60', '#ffe2a8', 2, 0.9) +
  glint(80, 34, 7, '#fff3c4') +
  glint(24, 70, 5, '#fff3c4')

const firstDawn = () =>
  pool('pool-gold') +
  Array.from({ length: 12 }, (_, ray) => {
    const angle = (ray * Math.PI) / 6
    const far = ray % 2 === 0 ? 43 : 38
    return tube(
      `M${n(48 + 31 * Math.cos(angle))} ${n(48 + 31 * Math.sin(angle))}L${n(48 + far * Math.cos(angle))} ${n(48 + far * Math.sin(angle))}`,
      ray % 2 === 0 ? ink.gold : ink.orange,
      2.6,
      0.6,
    )
  }).join('') +
  body(disc(48, 48, 26), 'url(#gold)', ink.gold, 3) +
  stroke(disc(48, 48, 21), '#fff3c4', 1.6, 0.9) +
  body('M30 56A18 18 0 0 1 66 56z', 'url(#dawn)', '#ff8a5c', 2.2) +
  stroke('M27 56H69M34 62H62', '#5a2500', 2.4, 0.8) +
  fill(star(48, 40, 5, 2.2), '#fff8dd') +
  glint(66, 30, 7)

/* Epic. */

const wing =
  body(
    'M46 60C40 34 28 20 10 16C10 26 12 32 17 37C12 37 10 38 8 40C12 48 18 52 25 53C21 55 20 57 19 60C27 66 38 67 46 64z',
    'url(#holo)',
    ink.pink,
    2.6,
  ) + stroke('M42 58C34 44 26 34 17 27M43 61C34 54 26 48 18 45', '#e9feff', 1.8, 0.8)

const holoWings = () =>
  pool('pool-pink') +
  wing +
  mirrored(wing) +
  body('M48 44L55 62L48 82L41 62z', 'url(#aurora)', ink.cyan, 2.4) +
  glint(20, 22, 6, '#ffd0e4') +
  glint(78, 74, 6)

const prismVisor = () =>
  pool('pool-pink') +
  body(
    'M10 38C22 30 74 30 86 38C88 52 84 62 74 64C62 66 56 62 48 56C40 62 34 66 22 64C12 62 8 52 10 38z',
    'url(#holo)',
    ink.pink,
    3,
  ) +
  fill('M18 40C30 36 40 36 46 40L30 58C20 58 17 50 18 40z', '#e9feff', 0.5) +
  fill('M58 37L78 40C79 50 76 57 68 58z', '#fff', 0.3) +
  tube('M12 66C20 76 34 80 48 80C62 80 76 76 84 66', ink.cyan, 2.4, 0.6) +
  tube('M20 26L12 12M76 26L84 12', '#b98cff', 2.4, 0.6) +
  glint(70, 44, 7)

const nightTrain = () =>
  pool('pool-pink') +
  body('M22 74V34C22 18 32 12 48 12C64 12 74 18 74 34V74Q74 78 70 78H26Q22 78 22 74z', 'url(#night)', '#b98cff', 3) +
  fill('M30 32Q30 24 38 24H58Q66 24 66 32V46H30z', '#0b0814') +
  fill('M34 32Q34 28 38 28H58Q62 28 62 32V42H34z', '#ffe9a8', 0.9) +
  fill('M34 42L46 28H52L40 42z', '#fff', 0.7) +
  body(disc(34, 62, 5.4), 'url(#gold)', ink.gold, 2) +
  body(disc(62, 62, 5.4), 'url(#gold)', ink.gold, 2) +
  tube('M40 54H56', ink.pink, 2.6, 0.6) +
  tube('M30 80L18 92M66 80L78 92M26 86H70', ink.cyan, 2.4, 0.6) +
  glint(80, 22, 5)

const crystalMoon = () =>
  pool('pool-pink') +
  body(
    'M60 10C38 12 22 28 22 50C22 72 38 86 58 86C66 86 73 83 78 79C60 78 48 66 48 48C48 32 54 20 60 10z',
    'url(#moon)',
    '#d9c7ff',
    3,
  ) +
  stroke('M58 14L40 34L24 46M40 34L32 66L56 84M32 66L24 46M40 34L48 52L32 66M48 52L56 84', '#fff', 1.6, 0.7) +
  fill('M40 34L24 46L32 66z', '#fff', 0.35) +
  fill('M40 34L48 52L32 66z', '#8df3ff', 0.3) +
  fill(star(72, 34, 8, 3.4), ink.gold) +
  halo(star(72, 34, 8, 3.4), ink.gold, 2, 0.7) +
  glint(66, 60, 5)

/* Rare. */

const neonUmbrella = () =>
  pool('pool-cyan') +
  body(
    'M8 48C10 26 26 12 48 12C70 12 86 26 88 48C82 42 72 42 68 48C62 42 54 42 48 48C42 42 34 42 28 48C24 42 14 42 8 48z',
    'url(#sea)',
    ink.cyan,
    3,
  ) +
  stroke('M48 12C36 22 30 34 28 48M48 12C60 22 66 34 68 48M48 12V48', '#c9fbff', 1.8, 0.75) +
  tube('M48 48V76C48 86 62 86 62 76', ink.pink, 3, 0.8) +
  tube('M48 6V12', ink.cyan, 3, 0.6) +
  stroke('M22 64V72M32 72V80M76 62V70M82 74V82', '#8df3ff', 2.4, 0.8)

const paperCrane = () =>
  pool('pool-cyan') +
  body('M44 56L24 14L62 46z', 'url(#paper)', ink.cyan, 2.4) +
  body('M44 56L62 46L88 18L70 62z', 'url(#paper)', ink.cyan, 2.4) +
  body('M44 56L70 62L50 80z', 'url(#sea)', ink.cyan, 2.4) +
  body('M44 56L50 80L10 70L6 44L20 66z', 'url(#paper)', ink.cyan, 2.4) +
  stroke('M44 56L70 62M24 14L50 52M20 66L44 56', '#fff', 1.5, 0.7) +
  glint(78, 74, 6) +
  glint(18, 30, 5, '#d9fdff')

const rainJacket = () =>
  pool('pool-cyan') +
  body('M36 16L20 24L8 56L20 62L26 48V84H70V48L76 62L88 56L76 24L60 16C58 24 38 24 36 16z', 'url(#sea)', ink.cyan, 3) +
  body('M34 18C34 6 62 6 62 18C60 28 36 28 34 18z', 'url(#night)', ink.cyan, 2.4) +
  stroke('M48 28V82', '#fff', 2, 0.75) +
  [40, 52, 64, 74].map((y) => `<circle cx="53" cy="${y}" r="1.9" fill="#fff3c4"/>`).join('') +
  stroke('M32 60H42M56 60H64', '#c9fbff', 2.4, 0.8) +
  [
    [16, 34],
    [82, 36],
    [34, 74],
  ]
    .map(([x, y]) =>
      fill(
        `M${x} ${y - 5}C${x + 4} ${y} ${x + 3} ${y + 4} ${x} ${y + 4}C${x - 3} ${y + 4} ${x - 4} ${y} ${x} ${y - 5}z`,
        '#e9feff',
        0.9,
      ),
    )
    .join('')

const cityLantern = () =>
  pool('pool-cyan') +
  tube('M48 6V16M34 16H62', ink.cyan, 3, 0.7) +
  body(
    'M34 18H62C74 26 78 36 78 46C78 58 72 68 62 74H34C24 68 18 58 18 46C18 36 22 26 34 18z',
    'url(#lamp)',
    ink.gold,
    3,
  ) +
  stroke('M38 18C30 34 30 58 38 74M58 18C66 34 66 58 58 74M48 18V74M20 38H76M20 54H76', '#fff3c4', 1.5, 0.55) +
  fill('M30 66V50H38V42H46V54H52V46H60V58H66V66C58 70 38 70 30 66z', '#3a1602', 0.75) +
  tube('M34 76H62', ink.cyan, 3, 0.7) +
  tube('M42 80V90M48 80V94M54 80V90', ink.pink, 2, 0.6)

/* Common. */

const glassMarble = () =>
  body(disc(48, 48, 32), 'url(#sea)', '#9adfff', 2.8) +
  fill('M28 34C44 30 60 42 66 62C52 66 34 54 28 34z', '#ffcf4a', 0.75) +
  fill('M38 28C56 34 66 46 66 60C58 52 44 42 38 28z', '#ff4d9d', 0.6) +
  stroke('M24 58C30 70 40 75 50 75', '#e9feff', 2, 0.6) +
  shine(36, 30, 9, 5, -32)

const arcadeTicket = () =>
  `<g transform="rotate(-14 48 48)">${body('M8 30H88V42C82 42 82 54 88 54V66H8V54C14 54 14 42 8 42z', 'url(#ticket)', ink.orange, 2.8)}${stroke('M30 32V64', '#5a2500', 2.4, 0.7).replace('/>', ' stroke-dasharray="1 6"/>')}${fill(star(58, 48, 12, 5), '#fff3c4')}${stroke('M16 42H22M16 54H22', '#5a2500', 2.4, 0.6)}</g>`

const starSticker = () =>
  fill(star(48, 51, 44, 22), '#fff', 0.92) +
  fill(star(48, 51, 36, 17.5), 'url(#gold)') +
  stroke(star(48, 51, 36, 17.5), '#b07a00', 1.6, 0.8) +
  `<circle cx="39" cy="50" r="2.8" fill="#5a2500"/><circle cx="57" cy="50" r="2.8" fill="#5a2500"/>` +
  stroke('M42 58C45 62 51 62 54 58', '#5a2500', 2.4) +
  shine(38, 36, 4, 2.4, -40)

const sodaCap = () => {
  const teeth = Array.from({ length: 36 }, (_, corner) => {
    const angle = (corner * Math.PI) / 18
    const radius = corner % 2 === 0 ? 39 : 34
    return `${corner === 0 ? 'M' : 'L'}${n(48 + radius * Math.cos(angle))} ${n(48 + radius * Math.sin(angle))}`
  }).join('')
  return (
    body(`${teeth}z`, 'url(#cap)', ink.red, 2.6) +
    stroke(disc(48, 48, 26), '#ffd0d6', 2, 0.8) +
    fill('M34 48C38 36 46 60 52 46C56 38 60 42 62 48C58 60 50 40 44 54C40 60 36 56 34 48z', '#fff', 0.95) +
    shine(36, 30, 7, 3.4, -36)
  )
}

const blueRibbon = () =>
  body('M40 56L22 88L34 84L40 94L52 62z', 'url(#night)', '#7fb0ff', 2.2) +
  body('M56 56L74 88L62 84L56 94L44 62z', 'url(#night)', '#7fb0ff', 2.2) +
  body(star(48, 36, 33, 27, 14), 'url(#blue)', '#7fb0ff', 2.6) +
  body(disc(48, 36, 17), '#12235c', '#cfe0ff', 2) +
  fill(star(48, 36.5, 10, 4.3), '#e6efff') +
  shine(30, 22, 5, 2.4, -40)

/** One drawing for each shipped prize, by its id in the published configuration. */
export const drawPrize = {
  'aurora-crown': auroraCrown,
  'koi-of-light': koiOfLight,
  'first-dawn': firstDawn,
  'holo-wings': holoWings,
  'prism-visor': prismVisor,
  'night-train': nightTrain,
  'crystal-moon': crystalMoon,
  'neon-umbrella': neonUmbrella,
  'paper-crane': paperCrane,
  'rain-jacket': rainJacket,
  'city-lantern': cityLantern,
  'glass-marble': glassMarble,
  'arcade-ticket': arcadeTicket,
  'star-sticker': starSticker,
  'soda-cap': sodaCap,
  'blue-ribbon': blueRibbon,
}

export const prizePaints =
  glassPaint('gold', '#fff6cf', '#ffc93c', '#9a5b00') +
  glassPaint('aurora', '#e4fff4', '#4fe0b4', '#0f6a5c') +
  glassPaint('koi', '#fff1d6', '#ff9a3d', '#c2300a') +
  glassPaint('holo', '#ffe3f2', '#d05cff', '#4a1292') +
  glassPaint('night', '#8f7bff', '#3a2390', '#140a36') +
  glassPaint('sea', '#d3fbff', '#25a9dc', '#0a3a78') +
  glassPaint('cap', '#ff9aa6', '#e0182f', '#5c0413') +
  glassPaint('blue', '#cfe0ff', '#3a6bff', '#12235c') +
  glassPaint('lamp', '#fff8d6', '#ffb53d', '#a04a00') +
  fadePaint('paper', '#ffffff', '#8fdcf2') +
  fadePaint('moon', '#ffffff', '#7b5be0') +
  fadePaint('dawn', '#fff3c4', '#ff6a4d') +
  fadePaint('ticket', '#ffd08a', '#e86a1a') +
  poolPaint('pool-gold', ink.gold, 0.45) +
  poolPaint('pool-pink', ink.pink, 0.36) +
  poolPaint('pool-cyan', ink.cyan, 0.3)

/* The capsule: two halves that part. Shut, its light shows through; the colour of that light is the scene's. */

const top = 'M12 46A36 36 0 0 1 84 46z'
const bottom = 'M12 50H84A36 36 0 0 1 12 50z'

export const capsuleTop = () =>
  body(top, 'url(#shell)', '#d8ccff', 2.6) + shine(34, 26, 11, 5, -30, 0.55) + stroke('M12 46H84', '#fff', 2.4, 0.8)

export const capsuleBottom = () =>
  body(bottom, 'url(#base)', '#b98cff', 2.6) +
  stroke('M12 50H84', '#fff', 2.4, 0.6) +
  fill('M40 50H56V58H40z', '#fff', 0.7)

export const capsulePaints =
  glassPaint('shell', '#ffffff', '#b9aedb', '#4b3a86') + glassPaint('base', '#8f7bff', '#4a2cb0', '#1a0d48')

/** The machine's globe with capsules in it, for the banner while nothing is pulled. 320 × 260. */
export const machine = () => {
  const balls = [
    [104, 150, '#ff4d9d'],
    [146, 158, '#5cf2ff'],
    [190, 154, '#ffcf4a'],
    [222, 140, '#b98cff'],
    [124, 118, '#ffcf4a'],
    [168, 122, '#b98cff'],
    [206, 108, '#5cf2ff'],
    [92, 114, '#b98cff'],
    [146, 84, '#ff4d9d'],
  ]
  const ball = ([x, y, colour]) =>
    fill(`M${x - 21} ${y - 1}A21 21 0 0 1 ${x + 21} ${y - 1}z`, '#efe9ff', 0.9) +
    fill(`M${x - 21} ${y + 1}H${x + 21}A21 21 0 0 1 ${x - 21} ${y + 1}z`, colour, 0.95) +
    stroke(disc(x, y, 21), colour, 2, 0.9) +
    shine(x - 7, y - 11, 6, 3, -30, 0.8)
  return (
    '<ellipse cx="160" cy="246" rx="120" ry="13" fill="url(#floor)"/>' +
    fill(disc(160, 108, 92), 'url(#globe)') +
    balls.map(ball).join('') +
    halo(disc(160, 108, 92), ink.cyan, 3.4, 0.8) +
    stroke(disc(160, 108, 92), ink.cyan, 3.4) +
    stroke('M96 64C108 44 126 33 146 29', '#e9feff', 4, 0.6) +
    body('M92 176H228L244 236Q245 242 239 242H81Q75 242 76 236z', 'url(#pane)', ink.pink, 3) +
    tube('M112 192H208', ink.gold, 3, 0.7) +
    body(disc(128, 216, 13), 'url(#gold)', ink.gold, 2.2) +
    stroke('M128 208V224M120 216H136', '#5a2500', 3, 0.8) +
    fill('M168 204H210V232H168z', '#0b0814') +
    stroke('M168 204H210V232H168z', ink.cyan, 2.4, 0.9) +
    tube('M128 18H192', ink.pink, 4, 0.7) +
    glint(238, 48, 9) +
    glint(70, 66, 6, '#ffd0e4')
  )
}

export const machinePaints =
  poolPaint('floor', ink.violet, 0.5) +
  glassPaint('globe', '#2d2358', '#150d2e', '#0b0814') +
  glassPaint('pane', '#4a2a6e', '#1d1438', '#120b24') +
  glassPaint('gold', '#fff6cf', '#ffc93c', '#9a5b00')

/** An album with empty places. 240 × 160, for those who own nothing yet. */
export const emptyAlbum = () =>
  '<ellipse cx="120" cy="142" rx="104" ry="13" fill="url(#floor)"/>' +
  body('M44 30H116V132H44Q38 132 38 126V36Q38 30 44 30z', 'url(#pane)', ink.cyan, 2.8) +
  body('M124 30H196Q202 30 202 36V126Q202 132 196 132H124z', 'url(#pane)', ink.cyan, 2.8) +
  [50, 84, 132, 166]
    .flatMap((x) => [46, 88].map((y) => stroke(`M${x} ${y}H${x + 24}V${y + 30}H${x}z`, '#7d6ab0', 1.8, 0.7)))
    .join('') +
  tube(star(62, 61, 8, 3.6), ink.gold, 1.8, 0.7) +
  tube('M120 26V138', ink.pink, 2.6, 0.6) +
  glint(214, 40, 7, '#ffd0e4')
