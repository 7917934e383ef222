import { DAY, later, seoulYear } from '#vocabulary/clock.ts'

/** Who turns nineteen some time this year, by the Korean calendar, is of age from its first day. */
const OF_AGE = 19
/** The law asks for another look once a year. */
const VALID_MS = 365 * DAY

export function isOfAge(birthYear: number, now: Date): boolean {
  return seoulYear(now) - birthYear >= OF_AGE
}

export function isStillVerified(verifiedAt: Date | null, now: Date): boolean {
  return verifiedAt !== null && now < later(verifiedAt, VALID_MS)
}

/** The year of a day that exists and is not to come, `YYYY-MM-DD`; null for any other text. */
export function birthYearOf(birthDate: string, now: Date): number | null {
  const day = new Date(`${birthDate}T00:00:00Z`)
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(birthDate)
  const year = Number(birthDate.slice(0, 4))
  return exists && year >= 1900 && day <= now ? year : null
}
