import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const css = fs.readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8')

type Colour = readonly [red: number, green: number, blue: number]

/** OKLCH to linear sRGB (Ottosson), cut to what a screen can show. */
function linear(lightness: number, chroma: number, hue: number): Colour {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const cut = (value: number) => Math.min(1, Math.max(0, value))
  return [
    cut(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    cut(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    cut(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

function coloursOf(theme: string): ReadonlyMap<string, Colour> {
  const block = css.match(new RegExp(`\\[data-theme="${theme}"\\] \\{([^}]*)\\}`))?.[1] ?? ''
  const colours = new Map<string, Colour>()
  for (const [, name, l, c, h] of block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g)) {
    colours.set(name ?? '', linear(Number(l), Number(c), Number(h)))
  }
  // `oklch(0 0 0)` has three numbers like the others; a colour written in another form would be missed here.
  return colours
}

function contrast(one: Colour, other: Colour): number {
  const luminance = ([red, green, blue]: Colour) => 0.2126 * red + 0.7152 * green + 0.0722 * blue
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['bg', 'surface', 'surface-raised']
const inks = ['fg', 'fg-muted', 'accent', 'accent-2', 'gold', 'good', 'bad']

describe.each([
  // theme, least contrast of text, least contrast of edges that mean something
  ['neon', 4.5, 3],
  ['light', 4.5, 3],
  ['contrast', 7, 4.5],
] as const)('%s', (theme, text, edge) => {
  const colours = coloursOf(theme)
  const between = (one: string, other: string) => {
    const [a, b] = [colours.get(one), colours.get(other)]
    if (!a || !b) throw new Error(`${theme} has no ${one} or no ${other}`)
    return Math.round(contrast(a, b) * 100) / 100
  }
  const pairs = (least: number, given: readonly (readonly [string, string])[]) =>
    given.map(([one, other]) => ({ one, other, ratio: between(one, other) })).filter(({ ratio }) => ratio < least)

  test(`every ink on every ground reaches ${text}:1`, () => {
    expect(
      pairs(
        text,
        grounds.flatMap((ground) => inks.map((ink) => [ink, ground] as const)),
      ),
    ).toEqual([])
  })

  test('text on a filled button can be read', () => {
    expect(
      pairs(text, [
        ['on-accent', 'accent'],
        ['on-accent', 'accent-2'],
        ['on-accent', 'gold'],
      ]),
    ).toEqual([])
  })

  test(`focus, field edges and glowing lines reach ${edge}:1`, () => {
    const edges = grounds.flatMap(
      (ground) =>
        [
          ['focus', ground],
          ['line-strong', ground],
        ] as const,
    )
    expect(pairs(edge, [...edges, ['violet', 'bg']])).toEqual([])
  })
})
