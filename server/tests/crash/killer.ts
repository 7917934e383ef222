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
    // Half of the blows meet the whole house at work, most others a part of it, some one that is just coming back.
    const wanted = dice.pick([house.servers.length, house.servers.length, 1, 1, 1, 0])
    while (!isOver() && house.servers.filter((each) => each.isOpen).length < wanted) await wait(20)
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

async function pause(milliseconds: number, isOver: () => boolean): Promise<void> {
  for (const end = Date.now() + milliseconds; Date.now() < end && !isOver(); ) await wait(Math.min(50, milliseconds))
}
