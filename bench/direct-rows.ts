import type { GachaShown, KeptPull } from '../server/src/modules/gacha/gacha.rules.ts'
import { GACHA_CONFIG_ID, SLOT_CONFIG_ID } from './players.ts'
import type { Act } from './plays.ts'

/* What the direct batches write into the rows of each act: invented, of the size and kind that real ones have. */

/** Of a hundred spins so many pay, as the slot does. */
const PAYING = 39n
const WIN = 12n

/** Of nine pulls one is an epic, near misses included; of the epics, by their weights, about one in seven is limited. */
const PULLS_AN_EPIC = 9
const LIMITED = 'crystal-moon'
const EPICS = ['holo-wings', 'prism-visor', 'night-train', 'holo-wings', 'prism-visor', 'night-train', LIMITED] as const
/** The other eight, all of them owned already: rares and commons as they are likely to come. */
const OTHERS = [5, 15, 5, 5, 15, 5, 5, 5] as const
const EPIC_DUPLICATE = 60

const kept = (item: string, granted: KeptPull['granted'], duplicate: number | null): KeptPull => {
  return { drawn: granted, granted, by_pity: false, item, animation: 'normal', duplicate_tokens: duplicate }
}
const pullsShown = OTHERS.map((tokens) =>
  tokens === 5 ? kept('arcade-ticket', 'common', tokens) : kept('neon-umbrella', 'rare', tokens),
)
const shown = (pulls: readonly KeptPull[]): GachaShown => ({
  pulls,
  state_before: { misses: 3, since_epic: 3, since_legendary: 10 },
  state_after: { misses: 4, since_epic: 4, since_legendary: 10 },
  stock_before: [
    { item: 'first-dawn', left: 999_999_000 },
    { item: LIMITED, left: 999_990_000 },
  ],
})
const memory = {
  misses: 4,
  sinceEpic: 4,
  sinceLegendary: 10,
  granted: { legendary: 1, epic: 20, rare: 41, common: 118 },
}
const pullRow = { game: 'gacha', till: 6n, configId: GACHA_CONFIG_ID, state: memory } as const

/** Amounts in tokens. `payout` of a pull depends on what its player owns: see `pullRows`. */
export const ACT_ROWS = {
  spin: {
    game: 'slot',
    till: 3n,
    configId: SLOT_CONFIG_ID,
    state: { streak: 1 },
    count: 1,
    stake: 10n,
    payout: (id: bigint) => (id % 100n < PAYING ? WIN : 0n),
    outcome: {
      reels: ['cherry', 'cherry', 'lemon'],
      combination: 'adjacent_pair:cherry',
      pay_hundredths: 120,
      streak: 1,
      streak_bonus_percent: 2,
      variation_permille: 1000,
      is_jackpot: false,
    },
  },
  pull: { ...pullRow, count: 1, stake: 50n, outcome: shown(pullsShown.slice(0, 1)) },
  ten: {
    ...pullRow,
    count: 10,
    stake: 450n,
    outcome: shown([kept('holo-wings', 'epic', EPIC_DUPLICATE), ...pullsShown, kept('soda-cap', 'common', 5)]),
  },
} as const

/** Tokens for duplicates, items that are new, and limited prizes of which a piece is gone. */
export type Pulled = { readonly payout: bigint; readonly fresh: readonly string[]; readonly limited: readonly string[] }

/** The next pulls of somebody, who remembers how many there have been and what there is in the album. */
export function pullRows(act: Exclude<Act, 'spin'>, puller: { pulls: number; readonly owned: Set<string> }): Pulled {
  let tokens = 0
  const fresh: string[] = []
  const limited: string[] = []
  for (let left = ACT_ROWS[act].count; left > 0; left--) {
    const number = puller.pulls++
    if (number % PULLS_AN_EPIC !== 0) {
      tokens += OTHERS[(number % PULLS_AN_EPIC) - 1] ?? 0
      continue
    }
    const epic = EPICS[(number / PULLS_AN_EPIC) % EPICS.length] ?? LIMITED
    if (epic === LIMITED) limited.push(epic)
    if (puller.owned.has(epic)) tokens += EPIC_DUPLICATE
    else fresh.push(epic)
    puller.owned.add(epic)
  }
  return { payout: BigInt(tokens), fresh, limited }
}
