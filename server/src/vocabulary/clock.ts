/** The clock the whole house reads. Tests turn it by hand; nothing else calls `Date.now()`. */
export type Clock = { readonly now: () => Date }

export const systemClock: Clock = { now: () => new Date() }

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export function later(from: Date, milliseconds: number): Date {
  return new Date(from.getTime() + milliseconds)
}

// Korea has had no daylight saving time since 1988: the offset is a constant, and a player's day is
// arithmetic rather than a look into the time zone database.
const SEOUL_OFFSET = 9 * HOUR

/** The player's day, `YYYY-MM-DD` in Asia/Seoul. */
export function seoulDay(instant: Date): string {
  const days = Math.floor((instant.getTime() + SEOUL_OFFSET) / DAY)
  if (days !== lastDay.days) lastDay = { days, text: new Date(days * DAY).toISOString().slice(0, 10) }
  return lastDay.text
}
// Asked for several times with every round, and nearly always for today.
let lastDay = { days: Number.NaN, text: '' }

/** The instant at which a player's day (`YYYY-MM-DD` in Asia/Seoul) begins. */
export function startOfSeoulDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - SEOUL_OFFSET)
}

/** The instant at which the player's next day begins. */
export function nextSeoulMidnight(instant: Date): Date {
  return new Date(Math.floor((instant.getTime() + SEOUL_OFFSET) / DAY + 1) * DAY - SEOUL_OFFSET)
}

/** The year it is for the player. */
export function seoulYear(instant: Date): number {
  return Number(seoulDay(instant).slice(0, 4))
}
