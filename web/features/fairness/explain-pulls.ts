import { recordingDraws, scriptedDraws } from '@casino-club/fairness/draws.ts'
import type { DrawnKind, GachaConfig, Rarity } from '@casino-club/fairness/gacha.config.ts'
import { type GachaState, kindTableAt, nearMissTable, pullOnce, type Stock } from '@casino-club/fairness/gacha.rules.ts'
import type { PullRecord } from '@casino-club/fairness/receipt.ts'

/** The tickets, first to last, that decide the same as the one drawn. */
export type Tickets = { readonly from: number; readonly to: number }

/** What one drawn number of a pull decided, and out of which tickets. */
export type PullDraw = { readonly bound: number; readonly value: number; readonly tickets: Tickets } & (
  | { readonly decided: 'kind'; readonly kind: Exclude<DrawnKind, `near_miss_${string}`> | 'near_miss' }
  | { readonly decided: 'near_miss'; readonly kind: DrawnKind }
  /** `drawn` is the item of the ticket; `given` another one when that had run out. */
  | { readonly decided: 'item'; readonly drawn: string; readonly given: string }
)

export type ExplainedPull = {
  /** The state whose table was drawn from: misses in a row, and whose chance was damped. */
  readonly misses: number
  readonly damped: readonly ('legendary' | 'epic')[]
  readonly draws: readonly PullDraw[]
  readonly granted: Rarity
  readonly byPity: boolean
  /** Whether the receipt says the same of this pull. */
  readonly ok: boolean
}

/**
 * Each pull of a round from its drawn numbers: which table at which state, which row, which item. The rules are the
 * engine's own; this only looks over their shoulder.
 *
 * @throws RangeError when the numbers are not those of so many pulls from this table.
 */
export function explainPulls(
  config: GachaConfig,
  before: { readonly state: GachaState; readonly stock: Stock },
  values: readonly number[],
  listed: readonly PullRecord[],
): ExplainedPull[] {
  const draws = recordingDraws(scriptedDraws(values))
  const stock = new Map(before.stock)
  let state = before.state
  return listed.map((record) => {
    const first = draws.drawn.length
    const { pull, stateAfter } = pullOnce(config, state, stock, draws)
    const explained = {
      misses: state.misses,
      damped: dampedAt(config, state),
      draws: meaningsOf(config, state, draws.drawn.slice(first), pull),
      granted: pull.granted,
      byPity: pull.byPity,
      ok:
        record.drawn === pull.drawn &&
        record.granted === pull.granted &&
        record.item === pull.item &&
        record.by_pity === pull.byPity,
    }
    const left = stock.get(pull.item)
    if (left !== undefined) stock.set(pull.item, left - 1)
    state = stateAfter
    return explained
  })
}

function dampedAt({ damping }: GachaConfig, state: GachaState): readonly ('legendary' | 'epic')[] {
  return [
    ...(state.sinceLegendary < damping.withinPulls ? (['legendary'] as const) : []),
    ...(state.sinceEpic < damping.withinPulls ? (['epic'] as const) : []),
  ]
}

function meaningsOf(
  config: GachaConfig,
  state: GachaState,
  drawn: readonly { readonly bound: number; readonly value: number }[],
  pull: { readonly drawn: DrawnKind; readonly granted: Rarity; readonly item: string },
): PullDraw[] {
  const [first, ...rest] = drawn
  const last = rest.pop()
  if (!first || !last) return []
  const kindRow = rowOf(kindTableAt(config, state).rows, first.value)
  const itemRow = rowOf(config.prizes[pull.granted].rows, last.value)
  return [
    { ...first, decided: 'kind', kind: kindRow.row.kind, tickets: kindRow.tickets },
    ...rest.map((draw): PullDraw => {
      const { row, tickets } = rowOf(nearMissTable(config).rows, draw.value)
      return { ...draw, decided: 'near_miss', kind: row.kind, tickets }
    }),
    { ...last, decided: 'item', drawn: itemRow.row.id, given: pull.item, tickets: itemRow.tickets },
  ]
}

function rowOf<Row extends { readonly weight: number }>(
  rows: readonly Row[],
  ticket: number,
): { readonly row: Row; readonly tickets: Tickets } {
  let from = 0
  for (const row of rows) {
    if (ticket < from + row.weight) return { row, tickets: { from, to: from + row.weight - 1 } }
    from += row.weight
  }
  throw new RangeError(`Ticket ${ticket} belongs to no row`)
}
