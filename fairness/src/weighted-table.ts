import type { Draws } from './draws.ts'

/**
 * Rows with whole-number weights that add up to a total that is written down. A table that does not add up is
 * refused rather than scaled: scaling is how a boosted row silently thins out its neighbours.
 */
export type WeightedTable<Row extends { readonly weight: number }> = {
  readonly totalWeight: number
  readonly rows: readonly Row[]
}

/** Why a table cannot be drawn from; empty when it can. Expects whole weights from 1, as the shapes ask for. */
export function checkWeights(table: WeightedTable<{ readonly weight: number }>, name: string): string[] {
  const sum = table.rows.reduce((total, row) => total + row.weight, 0)
  return sum === table.totalWeight ? [] : [`${name}: weights add up to ${sum}, not to ${table.totalWeight}`]
}

/** Draws a row with chance `weight / totalWeight`. Takes one draw. */
export function pickRow<Row extends { readonly weight: number }>(table: WeightedTable<Row>, draws: Draws): Row {
  return rowAt(table, draws.below(table.totalWeight))
}

/**
 * The row that owns a ticket. Tickets 0 … totalWeight − 1 are handed out in the order of the rows.
 *
 * @throws RangeError when nobody owns the ticket, which cannot happen to a table that passed `checkWeights`.
 */
export function rowAt<Row extends { readonly weight: number }>(table: WeightedTable<Row>, ticket: number): Row {
  let firstTicketAfter = 0
  for (const row of table.rows) {
    firstTicketAfter += row.weight
    if (ticket < firstTicketAfter) return row
  }
  throw new RangeError(`Ticket ${ticket} belongs to no row: the weights add up to ${firstTicketAfter}`)
}
