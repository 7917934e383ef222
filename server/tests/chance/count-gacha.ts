import { drawnChances } from '@casino-club/fairness/gacha.chain.ts'
import { DRAWN_KINDS, type GachaConfig, type Rarity } from '@casino-club/fairness/gacha.config.ts'
import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { type GachaState, gachaStateAfter, grantFor } from '@casino-club/fairness/gacha.rules.ts'
import { gachaStateFrom } from '@casino-club/fairness/receipt.ts'
import type { GachaShown } from '#modules/gacha/gacha.rules.ts'
import { exactCountTest, legendariesOf, together } from './count-legendaries.ts'
import { type Cell, countTest, gTest, type Verdict } from './g-test.ts'
import type { KeptRound } from './read-rounds.ts'

type Situation = { made: number; readonly chances: readonly number[]; readonly seen: number[] }

export const LEGENDARY_TEST = 'gacha: legendary, exactly'

/** Pulls as they were kept, beside what the published gacha says of the state each was made at. */
export class GachaCount {
  pulls = 0
  readonly #situations = new Map<string, Situation>()
  readonly #items = new Map<string, number>()
  readonly #kinds = DRAWN_KINDS.map(() => ({ seen: 0, expected: 0, variance: 0 }))
  /** Of players who began from nothing. */
  readonly #pullsOf = new Map<bigint, number>()
  #legendaries = 0
  readonly #leftAt = new Map<bigint, { readonly state: GachaState; readonly rounds: number }>()
  readonly #fault: (what: string) => void

  /** @param fault is told what no chance can explain. */
  constructor(fault: (what: string) => void) {
    this.#fault = fault
  }

  add({ playerId, isPlaced, outcome }: KeptRound): void {
    const shown = outcome as GachaShown
    let state = gachaStateFrom(shown.state_before)
    const left = this.#leftAt.get(playerId)
    const isJustPlaced = isPlaced && left?.rounds === 1
    if (left && !isJustPlaced && nameOf(left.state) !== nameOf(state))
      this.#fault(`player ${playerId} was left at ${nameOf(left.state)} and pulls from ${nameOf(state)}`)
    for (const pull of shown.pulls) {
      this.#addPull(state, pull)
      if (!isPlaced && pull.drawn === 'legendary') this.#legendaries += 1
      state = gachaStateAfter(defaultGacha, state, pull.granted)
    }
    if (nameOf(state) !== nameOf(gachaStateFrom(shown.state_after)))
      this.#fault(`player ${playerId}: pulls lead to ${nameOf(state)}, another state is kept`)
    this.#leftAt.set(playerId, { state, rounds: (left?.rounds ?? 0) + 1 })
    if (!isPlaced) this.#pullsOf.set(playerId, (this.#pullsOf.get(playerId) ?? 0) + shown.pulls.length)
  }

  #addPull(state: GachaState, { drawn, granted, by_pity: byPity, item }: GachaShown['pulls'][number]): void {
    this.pulls += 1
    const name = situationOf(state)
    const known = this.#situations.get(name)
    const here = known ?? { made: 0, chances: chancesAt(defaultGacha, state), seen: DRAWN_KINDS.map(() => 0) }
    if (!known) this.#situations.set(name, here)
    here.made += 1
    DRAWN_KINDS.forEach((kind, at) => {
      const chance = here.chances[at] ?? 0
      const sum = this.#kinds[at]
      if (drawn === kind) here.seen[at] = (here.seen[at] ?? 0) + 1
      if (!sum) return
      if (drawn === kind) sum.seen += 1
      sum.expected += chance
      sum.variance += chance * (1 - chance)
    })
    this.#items.set(`${granted} ${item}`, (this.#items.get(`${granted} ${item}`) ?? 0) + 1)
    // What a drawn kind is granted as follows from the state; a rule that did otherwise is no chance.
    const due = grantFor(defaultGacha, state, drawn)
    if (due.granted !== granted || due.byPity !== byPity)
      this.#fault(`${drawn} after ${state.misses} misses was granted as ${granted}, not as ${due.granted}`)
  }

  verdicts(): Verdict[] {
    if (this.pulls === 0) return []
    return [
      gTest(
        'gacha: what is drawn, by saved state',
        [...this.#situations.values()].map(({ made, chances, seen }) =>
          chances.map((chance, at) => ({ seen: seen[at] ?? 0, expected: chance * made })).filter(isPossible),
        ),
      ),
      ...(['rare', 'common'] as const).map((rarity) => gTest(`gacha: ${rarity} items`, [this.#itemCells(rarity)])),
      ...this.#kinds.flatMap(({ seen, expected, variance }, at) =>
        expected < 10 || DRAWN_KINDS[at] === 'legendary'
          ? []
          : [countTest(`gacha: ${DRAWN_KINDS[at]}`, seen, expected, variance)],
      ),
    ]
  }

  /** The number of legendaries against its exact distribution: the test that a tenth more or less has to be found by. */
  legendaryVerdict(): Verdict[] {
    if (this.#pullsOf.size === 0) return []
    const players = new Map<number, number>()
    for (const pulls of this.#pullsOf.values()) players.set(pulls, (players.get(pulls) ?? 0) + 1)
    // Everybody pulls as often as the others.
    const [[pulls, count] = [0, 0], ...others] = [...players]
    if (others.length > 0) throw new Error('some players pulled more often than others')
    return [exactCountTest(LEGENDARY_TEST, this.#legendaries, together(legendariesOf(defaultGacha, pulls), count))]
  }

  /** Only where nothing is limited: where something is, what takes its place depends on the stock. */
  #itemCells(rarity: Rarity): Cell[] {
    const { rows, totalWeight } = defaultGacha.prizes[rarity]
    const seen = rows.map(({ id }) => this.#items.get(`${rarity} ${id}`) ?? 0)
    const all = seen.reduce((sum, each) => sum + each, 0)
    return rows.map(({ weight }, at) => ({ seen: seen[at] ?? 0, expected: (all * weight) / totalWeight }))
  }
}

function nameOf({ misses, sinceEpic, sinceLegendary }: GachaState): string {
  return `${misses}/${sinceEpic}/${sinceLegendary}`
}

/** Pulls differ in their table by what damps them and by how many misses came before. */
function situationOf({ misses, sinceEpic, sinceLegendary }: GachaState): string {
  const window = defaultGacha.damping.withinPulls
  return [sinceEpic < window, sinceLegendary < window, misses > 30, misses > 50].map(Number).join('')
}

function chancesAt(config: GachaConfig, state: GachaState): number[] {
  const chances = drawnChances(config, state)
  return DRAWN_KINDS.map((kind) => {
    const found = chances.find(({ drawn }) => drawn === kind)
    return found ? Number(found.chance.numerator) / Number(found.chance.denominator) : 0
  })
}

function isPossible({ seen, expected }: Cell): boolean {
  return seen > 0 || expected > 0
}
