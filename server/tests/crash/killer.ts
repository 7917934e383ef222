import { setTimeout as wait } from 'node:timers/promises'
import type { CrashHouse } from '#tests/crash/crash-house.ts'
import type { Blows, CrashSettings } from '#tests/crash/crash-settings.ts'
import type { Dice } from '#tests/crash/dice.ts'

const MOST_MISSES = 500

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
  let misses = 0
  const dealt = { server: 0, connection: 0, backend: 0, database: 0 }
  for (const blow of left) {
    await pause(dice.between(gapMs.from, gapMs.to), isOver)
    // Most blows meet a house at work, some a house that is just coming back.
    if (!dice.chance(15)) await untilOpen(house, isOver)
    if (isOver()) break
    if (await strike(house, blow, dice)) dealt[blow]++
    // Another time, then: a blow into the air is none.
    else if (misses++ < MOST_MISSES) left.push(blow)
  }
  return dealt
}

/** Whether there was anything to hit. */
async function strike(house: CrashHouse, blow: keyof Blows, dice: Dice): Promise<boolean> {
  try {
    if (blow === 'server') return await dice.pick(house.servers).kill()
    if (blow === 'connection') return await house.killConnection()
    if (blow === 'backend') return await house.killBackend()
    return (await house.killDatabase?.()) ?? false
  } catch {
    // The database was away already.
    return false
  }
}

async function untilOpen(house: CrashHouse, isOver: () => boolean): Promise<void> {
  while (!isOver() && house.servers.some((each) => !each.isOpen)) await wait(20)
}

async function pause(milliseconds: number, isOver: () => boolean): Promise<void> {
  for (const end = Date.now() + milliseconds; Date.now() < end && !isOver(); ) await wait(Math.min(50, milliseconds))
}
