import type { Draws } from './draws.ts'
import { type DrawnKind, type GachaConfig, type GachaItem, PPM, type Rarity } from './gacha.config.ts'
import { pickRow, type WeightedTable } from './weighted-table.ts'

/**
 * What a gacha remembers of a player. `misses` are the pulls in a row below epic, at most `pity.afterMisses`;
 * the other two count the pulls since the last one of that rarity and stop at `damping.withinPulls`, which also
 * stands for "never".
 */
export type GachaState = { readonly misses: number; readonly sinceEpic: number; readonly sinceLegendary: number }

/** Pieces left of every limited prize, by item id. Prizes without a limit are not listed. */
export type Stock = ReadonlyMap<string, number>

export type Animation = 'legendary' | 'epic' | 'pity' | 'near_miss' | 'normal'

export type Pull = {
  readonly drawn: DrawnKind
  readonly granted: Rarity
  /** True when the draw itself was below epic and the guarantee lifted it. */
  readonly byPity: boolean
  readonly item: string
  readonly animation: Animation
}

const GRANTED_AS: Readonly<Record<DrawnKind, Rarity>> = {
  legendary: 'legendary',
  epic: 'epic',
  rare: 'rare',
  near_miss_epic: 'rare',
  near_miss_legendary: 'epic',
  common: 'common',
}

/** A player who has never pulled: no misses yet, and nothing recent that would damp a chance. */
export function newGachaState({ damping }: GachaConfig): GachaState {
  return { misses: 0, sinceEpic: damping.withinPulls, sinceLegendary: damping.withinPulls }
}

/**
 * Whether a player can be in this state at all. The two counters run side by side from their last prize, so they
 * are equal only once both have stopped, and until then the smaller one is the number of misses.
 */
export function isGachaState(
  { damping, pity }: GachaConfig,
  { misses, sinceEpic, sinceLegendary }: GachaState,
): boolean {
  const stop = damping.withinPulls
  if (misses > pity.afterMisses || sinceEpic > stop || sinceLegendary > stop) return false
  return sinceEpic === sinceLegendary ? sinceEpic === stop : Math.min(sinceEpic, sinceLegendary) === misses
}

/**
 * The saved counters under a configuration that may not be the one they were counted under. Those that cannot be
 * are cut down to what can; of two that had both stopped nothing recent is remembered.
 */
export function stateUnder(config: GachaConfig, { misses, sinceEpic, sinceLegendary }: GachaState): GachaState {
  const saved = { misses, sinceEpic, sinceLegendary }
  if (isGachaState(config, saved)) return saved
  const stop = config.damping.withinPulls
  const cut = {
    misses: Math.min(misses, config.pity.afterMisses),
    sinceEpic: Math.min(sinceEpic, stop),
    sinceLegendary: Math.min(sinceLegendary, stop),
  }
  return isGachaState(config, cut) ? cut : { ...cut, sinceEpic: stop, sinceLegendary: stop }
}

/**
 * One pull. Takes two draws, or three: the kind (below 1 000 000); for a near miss, which one; then the item
 * (below the total weight of the granted rarity).
 *
 * `stock` is only read: the caller takes the piece. Which rarity comes never depends on it.
 *
 * @throws RangeError when `stock` does not list a limited prize that was drawn.
 */
export function pullOnce(
  config: GachaConfig,
  state: GachaState,
  stock: Stock,
  draws: Draws,
): { readonly pull: Pull; readonly stateAfter: GachaState } {
  const drawn = drawKind(config, state, draws)
  const { granted, byPity } = grantFor(config, state, drawn)
  const item = pickItem(config.prizes[granted], stock, draws)
  const pull = { drawn, granted, byPity, item: item.id, animation: animationOf(drawn, granted, byPity) }
  return { pull, stateAfter: gachaStateAfter(config, state, granted) }
}

/**
 * Several pulls in a row from one stream of draws, each starting from the state and stock the one before left.
 * Ten at once are ten single pulls; only the price is another.
 */
export function pullMany(
  config: GachaConfig,
  state: GachaState,
  stock: Stock,
  count: number,
  draws: Draws,
): { readonly pulls: readonly Pull[]; readonly stateAfter: GachaState; readonly stockAfter: Stock } {
  const pulls: Pull[] = []
  const stockAfter = new Map(stock)
  let stateAfter = state
  for (let index = 0; index < count; index++) {
    const one = pullOnce(config, stateAfter, stockAfter, draws)
    const left = stockAfter.get(one.pull.item)
    if (left !== undefined) stockAfter.set(one.pull.item, left - 1)
    pulls.push(one.pull)
    stateAfter = one.stateAfter
  }
  return { pulls, stateAfter, stockAfter }
}

/** The kinds and their chances at a saved state, both near misses still together. Adds up to 1 000 000. */
export function kindTableAt(config: GachaConfig, state: GachaState): WeightedTable<KindRow> {
  const { chancePpm, damping } = config
  const kept = (chance: number, since: number) =>
    since < damping.withinPulls ? (chance * damping.keepPermille) / 1_000 : chance
  const legendary = kept(chancePpm.legendary, state.sinceLegendary)
  const epic = kept(chancePpm.epic, state.sinceEpic)
  const nearMiss = nearMissPpmAt(config, state.misses)
  // Whatever damping frees and near misses take goes to and comes from common, and from nobody else.
  const common = PPM - legendary - epic - chancePpm.rare - nearMiss
  return {
    totalWeight: PPM,
    rows: [
      { kind: 'legendary', weight: legendary },
      { kind: 'epic', weight: epic },
      { kind: 'rare', weight: chancePpm.rare },
      { kind: 'near_miss', weight: nearMiss },
      { kind: 'common', weight: common },
    ],
  }
}

type KindRow = {
  readonly kind: Exclude<DrawnKind, 'near_miss_epic' | 'near_miss_legendary'> | 'near_miss'
  readonly weight: number
}

/** Which near miss it is, in the proportion of the two published chances, whatever their sum has risen to. */
export function nearMissTable({ chancePpm }: GachaConfig): WeightedTable<NearMissRow> {
  return {
    totalWeight: chancePpm.near_miss_epic + chancePpm.near_miss_legendary,
    rows: [
      { kind: 'near_miss_epic', weight: chancePpm.near_miss_epic },
      { kind: 'near_miss_legendary', weight: chancePpm.near_miss_legendary },
    ],
  }
}

type NearMissRow = { readonly kind: 'near_miss_epic' | 'near_miss_legendary'; readonly weight: number }

/** What a drawn kind is granted as. Pity lifts a bad draw and leaves a good one alone: a legendary stays one. */
export function grantFor(
  config: GachaConfig,
  state: GachaState,
  drawn: DrawnKind,
): { readonly granted: Rarity; readonly byPity: boolean } {
  const granted = GRANTED_AS[drawn]
  const due = state.misses >= config.pity.afterMisses
  return due && !isEpicOrBetter(granted) ? { granted: 'epic', byPity: true } : { granted, byPity: false }
}

/** The state a pull leaves behind. Any epic or better ends the misses, however it came about. */
export function gachaStateAfter({ damping }: GachaConfig, state: GachaState, granted: Rarity): GachaState {
  return {
    misses: isEpicOrBetter(granted) ? 0 : state.misses + 1,
    sinceEpic: granted === 'epic' ? 0 : Math.min(state.sinceEpic + 1, damping.withinPulls),
    sinceLegendary: granted === 'legendary' ? 0 : Math.min(state.sinceLegendary + 1, damping.withinPulls),
  }
}

/** What a batch is announced as: the best of its pulls. */
export function animationOfBatch(pulls: readonly Pull[]): Animation {
  const bestFirst: readonly Animation[] = ['legendary', 'epic', 'pity', 'near_miss', 'normal']
  return bestFirst.find((animation) => pulls.some((pull) => pull.animation === animation)) ?? 'normal'
}

export function isEpicOrBetter(rarity: Rarity): boolean {
  return rarity === 'epic' || rarity === 'legendary'
}

function drawKind(config: GachaConfig, state: GachaState, draws: Draws): DrawnKind {
  const { kind } = pickRow(kindTableAt(config, state), draws)
  return kind === 'near_miss' ? pickRow(nearMissTable(config), draws).kind : kind
}

/** The item the ticket names or, when it is gone, the next one down the list that is not, going round once. */
function pickItem(table: WeightedTable<GachaItem>, stock: Stock, draws: Draws): GachaItem {
  const named = table.rows.indexOf(pickRow(table, draws))
  const inTurn = [...table.rows.slice(named), ...table.rows.slice(0, named)]
  const item = inTurn.find((each) => isInStock(each, stock))
  if (!item) throw new RangeError('Every item is gone, which a checked configuration makes impossible')
  return item
}

function isInStock(item: GachaItem, stock: Stock): boolean {
  if (item.stock === null) return true
  const left = stock.get(item.id)
  if (left === undefined) throw new RangeError(`How many pieces of "${item.id}" are left?`)
  return left > 0
}

function nearMissPpmAt({ chancePpm, nearMiss }: GachaConfig, misses: number): number {
  const raise = nearMiss.raises.findLast(({ aboveMisses }) => misses > aboveMisses)
  return chancePpm.near_miss_epic + chancePpm.near_miss_legendary + (raise?.addPpm ?? 0)
}

function animationOf(drawn: DrawnKind, granted: Rarity, byPity: boolean): Animation {
  if (byPity) return 'pity'
  if (drawn === 'near_miss_epic' || drawn === 'near_miss_legendary') return 'near_miss'
  return isEpicOrBetter(granted) ? (granted as 'epic' | 'legendary') : 'normal'
}
