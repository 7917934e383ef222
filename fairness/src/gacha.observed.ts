import { bandOf, betsOn, type Cell, countBets, logEvidence } from './evidence.ts'
import { DRAWN_KINDS, type DrawnKind, type GachaConfig, RARITIES, type Rarity } from './gacha.config.ts'
import { type GachaState, gachaStateAfter, grantFor, kindTableAt, type Stock } from './gacha.rules.ts'
import type { PullRecord } from './receipt.ts'
import type { Observed } from './slot.observed.ts'

/** What was seen of a gacha under one configuration. Counts, as JSON. */
export type GachaCounts = {
  pulls: number
  /** Pulls by the table their state led to, and what was drawn from it. */
  readonly tables: Record<string, TableCounts>
  /** Items by rarity, of pulls at which no limited prize of that rarity was gone. */
  readonly items: Record<string, Record<string, number>>
  /** Pulls that cannot have come from this configuration, whatever the luck. */
  impossible: number
}
type TableCounts = { made: number; readonly seen: Record<string, number> }

export function noPulls(): GachaCounts {
  return { pulls: 0, tables: {}, items: {}, impossible: 0 }
}

/**
 * Counts the pulls of a round in, each at the state it was made at. Whatever state that was, its chances were known
 * before the draw, which is all that the evidence needs. Where the state came from is the receipts' business.
 */
export function addPulls(
  config: GachaConfig,
  counts: GachaCounts,
  round: { readonly before: GachaState; readonly stock: Stock; readonly pulls: readonly PullRecord[] },
): void {
  let state = round.before
  const stock = new Map(round.stock)
  for (const pull of round.pulls) {
    addPull(config, counts, state, stock, pull)
    const left = stock.get(pull.item)
    if (left !== undefined) stock.set(pull.item, left - 1)
    state = gachaStateAfter(config, state, pull.granted)
  }
}

function addPull(config: GachaConfig, counts: GachaCounts, state: GachaState, stock: Stock, pull: PullRecord): void {
  counts.pulls += 1
  const { drawn, granted, by_pity: byPity, item } = pull
  const due = grantFor(config, state, drawn)
  const { rows } = config.prizes[granted]
  const name = tableName(config, state)
  const isPossible =
    due.granted === granted &&
    due.byPity === byPity &&
    rows.some(({ id }) => id === item) &&
    (stock.get(item) ?? 1) > 0 &&
    chancesIn(config, name)[drawn] > 0
  if (!isPossible) {
    counts.impossible += 1
    return
  }
  const table = counts.tables[name] ?? { made: 0, seen: {} }
  counts.tables[name] = table
  table.made += 1
  table.seen[drawn] = (table.seen[drawn] ?? 0) + 1
  if (rows.some(({ id, stock: pieces }) => pieces !== null && (stock.get(id) ?? 0) <= 0)) return
  const items = counts.items[granted] ?? {}
  counts.items[granted] = items
  items[item] = (items[item] ?? 0) + 1
}

/** What the counts say, with bands that hold for ever with a chance of 1 − `alpha`, all together. */
export function observeGacha(config: GachaConfig, counts: GachaCounts, alpha: number): Observed {
  const tables = tablesOf(config).map((name) => ({
    table: counts.tables[name] ?? { made: 0, seen: {} },
    chances: chancesIn(config, name),
  }))
  const made = (kind: DrawnKind, { table, chances }: (typeof tables)[number]) => ({
    made: table.made,
    seen: table.seen[kind] ?? 0,
    chance: chances[kind],
  })
  const kinds = DRAWN_KINDS.map((kind): Cell => ({ name: kind, drawn: tables.map((each) => made(kind, each)) }))
  // Also each table by itself: damping that is off, say, shows there first.
  const byTable = tables.flatMap((each) => DRAWN_KINDS.map((kind): Cell => ({ name: kind, drawn: [made(kind, each)] })))
  const items = RARITIES.flatMap((rarity) => itemCells(config, rarity, counts.items[rarity] ?? {}))
  const groups = [betsOn(kinds), betsOn(byTable), betsOn(items)]
  return {
    logEvidence: logEvidence(groups),
    kinds: kinds.map((cell) => ({ name: cell.name, ...bandOf(cell, alpha, countBets(kinds), groups.length) })),
    returned: null,
  }
}

function itemCells(config: GachaConfig, rarity: Rarity, seen: Readonly<Record<string, number>>): Cell[] {
  const { rows, totalWeight } = config.prizes[rarity]
  const made = Object.values(seen).reduce((sum, each) => sum + each, 0)
  return rows.map(({ id, weight }) => ({
    name: id,
    drawn: [{ made, seen: seen[id] ?? 0, chance: weight / totalWeight }],
  }))
}

/**
 * Every table that a state can lead to, seen or not: an average of capitals is fair only when what is averaged was
 * settled before the first draw.
 */
function tablesOf(config: GachaConfig): string[] {
  const { nearMiss, damping } = config
  const since = damping.withinPulls === 0 ? [0] : [0, damping.withinPulls]
  const misses = [0, ...nearMiss.raises.map(({ aboveMisses }) => aboveMisses + 1)]
  const states = misses.flatMap((each) =>
    since.flatMap((sinceEpic) => since.map((sinceLegendary) => ({ misses: each, sinceEpic, sinceLegendary }))),
  )
  return [...new Set(states.map((state) => tableName(config, state)))]
}

/** A table by its weights, which is all that the chances depend on. */
function tableName(config: GachaConfig, state: GachaState): string {
  return kindTableAt(config, state)
    .rows.map(({ weight }) => weight)
    .join('/')
}

const remembered = new WeakMap<GachaConfig, Map<string, Readonly<Record<DrawnKind, number>>>>()

function chancesIn(config: GachaConfig, name: string): Readonly<Record<DrawnKind, number>> {
  const known = remembered.get(config) ?? new Map<string, Readonly<Record<DrawnKind, number>>>()
  remembered.set(config, known)
  const chances = known.get(name) ?? readChances(config, name)
  known.set(name, chances)
  return chances
}

function readChances({ chancePpm }: GachaConfig, name: string): Record<DrawnKind, number> {
  const [legendary = 0, epic = 0, rare = 0, nearMiss = 0, common = 0] = name
    .split('/')
    .map((each) => Number(each) / 1e6)
  const nearMisses = chancePpm.near_miss_epic + chancePpm.near_miss_legendary
  const share = (kind: 'near_miss_epic' | 'near_miss_legendary') =>
    nearMisses === 0 ? 0 : (nearMiss * chancePpm[kind]) / nearMisses
  return {
    legendary,
    epic,
    rare,
    near_miss_epic: share('near_miss_epic'),
    near_miss_legendary: share('near_miss_legendary'),
    common,
  }
}
