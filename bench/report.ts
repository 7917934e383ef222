import { median } from './load.ts'
import { PLAYS } from './plays.ts'
import { INTERACTIVE, LIMIT, type Way } from './ways.ts'

/** What one stretch of one way came to. */
export type Measured = {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly nodeMicros: number
  readonly postgresMicros: number
  /** What the load generator takes, where it is not what is measured. */
  readonly callersMicros: number | undefined
}

/** Under which a way's figures are filed. */
export function keyOf(callers: number, { play, name }: Pick<Way, 'play' | 'name'>): string {
  return `${callers} ${play} ${name}`
}

/** A table of medians; ratios are medians of neighbouring moments, within what was played. */
export function reportOn(
  callers: number,
  ways: readonly Way[],
  results: ReadonlyMap<string, readonly Measured[]>,
): string[] {
  const of = (way: Pick<Way, 'play' | 'name'>): readonly Measured[] => results.get(keyOf(callers, way)) ?? []
  const middle = (list: readonly Measured[], key: keyof Measured): number =>
    median(list.map((each) => each[key] ?? Number.NaN))
  const ratio = (way: Way, name: string): string => {
    const others = of({ play: way.play, name })
    if (others.length === 0) return ''
    return median(of(way).map((each, at) => each.perSecond / (others[at]?.perSecond ?? Number.NaN))).toFixed(2)
  }
  const lines = [
    `\n### ${callers} ${callers === 1 ? 'caller' : 'callers'}\n`,
    '| played | way | rounds/s | p50 ms | p99 ms | Node µs | PostgreSQL µs | callers µs | of the limit | × a transaction each |',
    '|---|---|--:|--:|--:|--:|--:|--:|--:|--:|',
  ]
  for (const way of ways) {
    const list = of(way)
    if (list.length === 0) continue
    const cells = [
      PLAYS[way.play].title,
      way.name,
      Math.round(middle(list, 'perSecond')).toLocaleString('en'),
      middle(list, 'p50').toFixed(2),
      middle(list, 'p99').toFixed(1),
      Math.round(middle(list, 'nodeMicros')),
      Math.round(middle(list, 'postgresMicros')),
      list[0]?.callersMicros === undefined ? '' : Math.round(middle(list, 'callersMicros')),
      ratio(way, LIMIT),
      ratio(way, INTERACTIVE),
    ]
    lines.push(`| ${cells.join(' | ')} |`)
  }
  return lines
}
