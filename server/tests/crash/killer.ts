import { setTimeout as wait } from 'node:timers/promises'
import type { CrashHouse } from '#tests/crash/crash-house.ts'
import type { Blows, CrashSettings } from '#tests/crash/crash-settings.ts'
import type { Dice } from '#tests/crash/dice.ts'

/** Deals every blow, in an order and with pauses that the dice choose. Gives what was really dealt. */
export async function dealBlows(
  house: CrashHouse,
  { blows, gapMs }: Pick<CrashSettings, 'blows' | 'gapMs'>,
  dice: Dice,
  isOver: () => boolean,
): Promise<Blows> {
  const left = dice.shuffled([
    ...Array<keyof Blows>(blows.server).fill('server'),
    ...Array<keyof Blows>(blows.connection).fill('connection'),
    ...Array<keyof Blows>(blows.backend).fill('backend'),
    ...Array<keyof Blows>(house.killDatabase ? blows.database : 0).fill('database'),
  ])
  const dealt = { server: 0, connection: 0, backend: 0, database: 0 }
  for (const blow of left) {
    await pause(dice.between(gapMs.from, gapMs.to), isOver)
    // Most blows meet a house at work, some a house that is just coming back.
    if (!dice.chance(15)) await untilOpen(house, isOver)
    if (isOver()) break
    try {
      if (blow === 'server') await dice.pick(house.servers).kill()
      else if (blow === 'connection') await house.killConnection()
      else if (blow === 'backend') await house.killBackend()
      else await house.killDatabase?.()
      dealt[blow]++
    } catch {
      // The database was away already; there was nothing to hit.
    }
  }
  return dealt
}

async function untilOpen(house: CrashHouse, isOver: () => boolean): Promise<void> {
  while (!isOver() && house.servers.some((each) => !each.isOpen)) await wait(20)
}

async function pause(milliseconds: number, isOver: () => boolean): Promise<void> {
  for (const end = Date.now() + milliseconds; Date.now() < end && !isOver(); ) await wait(Math.min(50, milliseconds))
}
