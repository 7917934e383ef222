import { scriptedDraws } from '@casino-club/fairness/draws.ts'
import type { GachaConfig } from '@casino-club/fairness/gacha.config.ts'
import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { newGachaState } from '@casino-club/fairness/gacha.rules.ts'
import { expect, test } from 'vitest'
import { contestedPrizes } from './gacha.rules.ts'

const named = (id: string, stock: number | null) => ({ id, name: { ko: id, en: id }, weight: 1, stock })
const config: GachaConfig = {
  ...defaultGacha,
  prizes: {
    ...defaultGacha.prizes,
    legendary: { totalWeight: 2, rows: [named('crown', 5), named('seal', null)] },
    common: { totalWeight: 3, rows: [named('marble', 9), named('ticket', 9), named('sticker', null)] },
  },
}
const LEGENDARY = 0
const COMMON = 999_999
const [MARBLE, TICKET, STICKER] = [0, 1, 2]

test.each([
  // tickets                                    marbles, tickets left  may be taken
  [[COMMON, STICKER], 9, 9, []],
  [[COMMON, MARBLE], 9, 9, ['marble', 'ticket']],
  [[COMMON, TICKET], 9, 9, ['marble', 'ticket']],
  [[COMMON, MARBLE], 0, 9, ['ticket']],
  [[COMMON, TICKET], 9, 0, []],
  [[COMMON, MARBLE], 0, 0, []],
  [[COMMON, STICKER, COMMON, MARBLE], 1, 1, ['marble', 'ticket']],
  [[LEGENDARY, 1, COMMON, STICKER], 9, 9, []],
  [[LEGENDARY, 0, COMMON, STICKER], 9, 9, ['crown']],
  [[COMMON, MARBLE, LEGENDARY, 0], 9, 9, ['marble', 'ticket', 'crown']],
])('drawn %j with %i marbles and %i tickets left: %j may be taken', (tickets, marble, ticket, contested) => {
  const stock = new Map(Object.entries({ marble, ticket, crown: 5, 'crystal-moon': 1 }))
  const pulls = tickets.length / 2

  const found = contestedPrizes(config, newGachaState(config), stock, pulls, scriptedDraws(tickets))

  expect(found.toSorted()).toEqual(contested.toSorted())
})
