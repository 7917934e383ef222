import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { defaultSlot } from '@casino-club/fairness/slot.default.ts'
import { publishConfig } from '#modules/odds/publish-config.ts'
import type { App } from '#server/app.ts'

/*
 * What is played in the crash test: the default games, but nobody of the highest rank is sent to bed, and some of the
 * prizes that come often are limited, so that players on several servers reach for the last piece.
 */

const ALL_DAY = 1_000_000
const PIECES: Readonly<Record<string, number>> = {
  // Soon gone, and gone in the course of a long run.
  'soda-cap': 30,
  'city-lantern': 600,
  'blue-ribbon': 3_000,
  // Never gone, and taken all the time: two pulls that do not see each other count one piece for two.
  'glass-marble': ALL_DAY,
  'arcade-ticket': ALL_DAY,
}

const { common, rare } = defaultGacha.prizes
const limited = <T extends { readonly rows: readonly { readonly id: string; readonly stock: number | null }[] }>(
  table: T,
) => ({ ...table, rows: table.rows.map((row) => ({ ...row, stock: PIECES[row.id] ?? row.stock })) })

export async function publishCrashOdds(app: App): Promise<void> {
  const gacha = {
    ...defaultGacha,
    dailyPulls: { ...defaultGacha.dailyPulls, VIP: ALL_DAY },
    prizes: { ...defaultGacha.prizes, common: limited(common), rare: limited(rare) },
  }
  const slot = { ...defaultSlot, dailySpins: { ...defaultSlot.dailySpins, VIP: ALL_DAY } }
  await app.inTransaction(async (tx) => {
    await publishConfig(tx, 'gacha', gacha, app.clock.now())
    await publishConfig(tx, 'slot', slot, app.clock.now())
  })
}
