import type { GachaConfig } from '@casino-club/fairness/gacha.config.ts'
import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { gacha } from '../server/src/modules/gacha/play-gacha.ts'
import { asAnyGame } from '../server/src/modules/rounds/game.ts'
import { slot } from '../server/src/modules/slot/slot.rules.ts'

/* What is played: one kind of round again and again, or all of them mixed. */

export type Act = 'spin' | 'pull' | 'ten'
export type Play = Act | 'mixed'

/** Of a hundred rounds of mixed play. */
const MIX = { spin: 70, pull: 20, ten: 10 } as const satisfies Record<Act, number>

export const PLAYS: Readonly<Record<Play, { readonly title: string; readonly nextAct: () => Act }>> = {
  spin: { title: 'spins', nextAct: () => 'spin' },
  pull: { title: 'single pulls', nextAct: () => 'pull' },
  ten: { title: 'ten-pulls', nextAct: () => 'ten' },
  mixed: {
    title: `${MIX.spin} % spins, ${MIX.pull} % single pulls, ${MIX.ten} % ten-pulls`,
    // By lot: in turn, players who take turns as well would each do the same for ever.
    nextAct: () => {
      const lot = Math.random() * 100
      if (lot < MIX.spin) return 'spin'
      return lot < MIX.spin + MIX.pull ? 'pull' : 'ten'
    },
  },
}

export function isPlay(text: string): text is Play {
  return text in PLAYS
}

const [slotGame, gachaGame] = [asAnyGame(slot), asAnyGame(gacha)]

/** Each act for the engine, and as a request. */
export const ACTS = {
  spin: {
    asked: { game: slotGame, input: { betTokens: 10n } },
    path: '/api/games/slot/spin',
    body: '{"bet_amount":10}',
  },
  pull: { asked: { game: gachaGame, input: { pulls: 1 } }, path: '/api/games/gacha/pull', body: '{"pull_count":1}' },
  ten: { asked: { game: gachaGame, input: { pulls: 10 } }, path: '/api/games/gacha/pull', body: '{"pull_count":10}' },
} as const

/**
 * The gacha as shipped, in amounts that last: its limited prizes would be gone after a few seconds, and with them what
 * they cost; and nobody is through with the day.
 */
export const lastingGacha: GachaConfig = {
  ...defaultGacha,
  version: 'bench-1',
  dailyPulls: { STANDARD: 1_000_000, PREMIUM: 1_000_000, VIP: 1_000_000 },
  prizes: {
    ...defaultGacha.prizes,
    legendary: withPieces(defaultGacha.prizes.legendary),
    epic: withPieces(defaultGacha.prizes.epic),
  },
}

function withPieces(table: GachaConfig['prizes']['epic']): GachaConfig['prizes']['epic'] {
  return { ...table, rows: table.rows.map((item) => (item.stock === null ? item : { ...item, stock: 1_000_000_000 })) }
}
