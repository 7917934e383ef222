import { randomUUID } from 'node:crypto'
import { drawnChances } from '@casino-club/fairness/gacha.chain.ts'
import { DRAWN_KINDS, type GachaConfig, type Rarity } from '@casino-club/fairness/gacha.config.ts'
import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { type GachaState, gachaStateAfter, grantFor } from '@casino-club/fairness/gacha.rules.ts'
import { gachaStateFrom } from '@casino-club/fairness/receipt.ts'
import { defaultSlot } from '@casino-club/fairness/slot.default.ts'
import type { GachaShown } from '#modules/gacha/gacha.rules.ts'
import { gacha } from '#modules/gacha/play-gacha.ts'
import { asAnyGame } from '#modules/rounds/game.ts'
import type { Engine } from '#modules/rounds/play-rounds.ts'
import { type SlotShown, slot } from '#modules/slot/slot.rules.ts'
import { type Cell, countTest, gTest, type Verdict } from './g-test.ts'

const [anySlot, anyGacha] = [asAnyGame(slot), asAnyGame(gacha)]
const BET = 10n

/** Counts of what the engine played, beside what the shipped configurations say. */
export type Chance = {
  readonly spin: (engine: Engine, playerId: bigint) => Promise<void>
  readonly pullTen: (engine: Engine, playerId: bigint) => Promise<void>
  readonly verdicts: () => Verdict[]
  readonly played: { spins: number; pulls: number; legendary: number }
}

/** Starts counting. Plays go through the engine, into the database, from the players' own seeds. */
export function countChance(): Chance {
  const played = { spins: 0, pulls: 0, legendary: 0 }
  const reels = new Map<string, number>()
  const variations = new Map<number, number>()
  const situations = new Map<string, { made: number; chances: readonly number[]; seen: number[] }>()
  const items = new Map<string, number>()
  const kinds = DRAWN_KINDS.map(() => ({ seen: 0, expected: 0, variance: 0 }))

  const countPull = (state: GachaState, { drawn, granted, item }: GachaShown['pulls'][number]) => {
    const name = situationOf(state)
    const known = situations.get(name)
    const here = known ?? { made: 0, chances: chancesAt(defaultGacha, state), seen: DRAWN_KINDS.map(() => 0) }
    if (!known) situations.set(name, here)
    here.made += 1
    DRAWN_KINDS.forEach((kind, at) => {
      const chance = here.chances[at] ?? 0
      const sum = kinds[at]
      if (drawn === kind) here.seen[at] = (here.seen[at] ?? 0) + 1
      if (!sum) return
      if (drawn === kind) sum.seen += 1
      sum.expected += chance
      sum.variance += chance * (1 - chance)
    })
    // What is granted and what is remembered follow from what was drawn; a rule that did otherwise is no chance.
    if (grantFor(defaultGacha, state, drawn).granted !== granted) throw new Error(`${drawn} was granted as ${granted}`)
    items.set(`${granted} ${item}`, (items.get(`${granted} ${item}`) ?? 0) + 1)
    played.pulls += 1
    if (drawn === 'legendary') played.legendary += 1
  }

  return {
    played,
    spin: async (engine, playerId) => {
      const input = { betTokens: BET }
      const round = await engine.play({ playerId, rank: 'VIP', requestId: randomUUID(), game: anySlot, input })
      const shown = round.outcome as SlotShown
      reels.set(shown.reels.join(' '), (reels.get(shown.reels.join(' ')) ?? 0) + 1)
      variations.set(shown.variation_permille, (variations.get(shown.variation_permille) ?? 0) + 1)
      played.spins += 1
    },
    pullTen: async (engine, playerId) => {
      const input = { pulls: 10 }
      const round = await engine.play({ playerId, rank: 'VIP', requestId: randomUUID(), game: anyGacha, input })
      const shown = round.outcome as GachaShown
      let state = gachaStateFrom(shown.state_before)
      for (const pull of shown.pulls) {
        countPull(state, pull)
        state = gachaStateAfter(defaultGacha, state, pull.granted)
      }
    },
    verdicts: () => [
      gTest('slot: three reels', [reelCells(reels, played.spins)]),
      gTest('slot: variation', [variationCells(variations, played.spins)]),
      gTest(
        'gacha: what is drawn, by saved state',
        [...situations.values()].map(({ made, chances, seen }) =>
          chances.map((chance, at) => ({ seen: seen[at] ?? 0, expected: chance * made })).filter(isPossible),
        ),
      ),
      ...(['rare', 'common'] as const).map((rarity) => gTest(`gacha: ${rarity} items`, [itemCells(items, rarity)])),
      ...kinds.flatMap(({ seen, expected, variance }, at) =>
        expected < 10 ? [] : [countTest(`gacha: ${DRAWN_KINDS[at]}`, seen, expected, variance)],
      ),
    ],
  }
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

function reelCells(reels: ReadonlyMap<string, number>, spins: number): Cell[] {
  const { rows, totalWeight } = defaultSlot.reel
  return rows.flatMap((first) =>
    rows.flatMap((second) =>
      rows.map((third) => ({
        seen: reels.get(`${first.id} ${second.id} ${third.id}`) ?? 0,
        expected: (spins * first.weight * second.weight * third.weight) / totalWeight ** 3,
      })),
    ),
  )
}

function variationCells(variations: ReadonlyMap<number, number>, spins: number): Cell[] {
  const { fromPermille, toPermille } = defaultSlot.variation
  const count = toPermille - fromPermille + 1
  return Array.from({ length: count }, (_, at) => ({
    seen: variations.get(fromPermille + at) ?? 0,
    expected: spins / count,
  }))
}

/** Only where nothing is limited: where something is, what takes its place depends on the stock. */
function itemCells(items: ReadonlyMap<string, number>, rarity: Rarity): Cell[] {
  const { rows, totalWeight } = defaultGacha.prizes[rarity]
  const seen = rows.map(({ id }) => items.get(`${rarity} ${id}`) ?? 0)
  const all = seen.reduce((sum, each) => sum + each, 0)
  return rows.map(({ weight }, at) => ({ seen: seen[at] ?? 0, expected: (all * weight) / totalWeight }))
}

function isPossible({ seen, expected }: Cell): boolean {
  return seen > 0 || expected > 0
}
