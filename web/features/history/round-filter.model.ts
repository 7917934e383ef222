export type RoundResult = 'won' | 'returned' | 'lost'
export type Period = 'today' | 'week' | 'month'

/** Which rounds to show; null is all of them. A day (`2026-11-26`, in Korea) takes the place of a period. */
export type RoundFilter = {
  readonly game: string | null
  readonly result: RoundResult | null
  readonly period: Period | null
  readonly day: string | null
}

export const results: readonly RoundResult[] = ['won', 'returned', 'lost']
export const periods: readonly Period[] = ['today', 'week', 'month']
const daysOf: Readonly<Record<Period, number>> = { today: 1, week: 7, month: 30 }

/** The filter that an address asks for. What makes no sense in it is left out. */
export function filterIn(query: Pick<URLSearchParams, 'get'>, games: readonly string[]): RoundFilter {
  const day = query.get('day')
  const isDay = day !== null && /^20\d{2}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day))
  return {
    game: games.find((each) => each === query.get('game')) ?? null,
    result: results.find((each) => each === query.get('result')) ?? null,
    period: isDay ? null : (periods.find((each) => each === query.get('period')) ?? null),
    day: isDay ? day : null,
  }
}

/** The filter as an address says it; empty for all rounds. */
export function queryOf({ game, result, period, day }: RoundFilter): string {
  const said = Object.entries({ game, result, period, day }).filter(
    (pair): pair is [string, string] => pair[1] !== null,
  )
  return new URLSearchParams(said).toString()
}

export function isFiltering(filter: RoundFilter): boolean {
  return queryOf(filter) !== ''
}

/** The filter as the server takes it. `today` is the day in Korea, `2026-11-26`; a week is today and the six days before. */
export function askedOf({ game, result, period, day }: RoundFilter, today: string) {
  const from = day ?? (period === null ? null : dayBefore(today, daysOf[period] - 1))
  return {
    ...(game === null ? {} : { game }),
    ...(result === null ? {} : { result }),
    ...(from === null ? {} : { from_day: from }),
    ...(day === null ? {} : { to_day: day }),
  }
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10)
}
