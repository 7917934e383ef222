import type { Language } from './languages.ts'

/** Days of the club are Korean days, wherever the player is. */
const timeZone = 'Asia/Seoul'

export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language).format(value)
}

/** With a sign, and a true minus that is as wide as the plus. */
export function formatSigned(value: number, language: Language): string {
  const digits = formatNumber(Math.abs(value), language)
  return value > 0 ? `+${digits}` : value < 0 ? `−${digits}` : digits
}

/** Parts per million as per cent with one decimal. */
export function formatPpm(ppm: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(ppm / 1_000_000)
}

export function formatDay(iso: string, language: Language): string {
  // "2026년 11월 1일" goes on well in a sentence, "2026. 11. 1." does not; in English the short month does.
  const month = language === 'ko' ? 'long' : 'short'
  return new Intl.DateTimeFormat(language, { timeZone, year: 'numeric', month, day: 'numeric' }).format(new Date(iso))
}

export function formatWeekday(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { timeZone, month: 'long', day: 'numeric', weekday: 'short' }).format(
    new Date(iso),
  )
}

export function formatTime(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { timeZone, hour: 'numeric', minute: '2-digit' }).format(new Date(iso))
}

export function formatMoment(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language, {
    timeZone,
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(new Date(iso))
}

/** "3 minutes ago"; from a week on the date itself, which says more than "23 days ago". */
export function formatAgo(iso: string, language: Language, now: number): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000)
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const size = Math.abs(seconds)
  if (size < 60) return relative.format(0, 'second')
  if (size < 3600) return relative.format(Math.trunc(seconds / 60), 'minute')
  if (size < 86_400) return relative.format(Math.trunc(seconds / 3600), 'hour')
  if (size < 7 * 86_400) return relative.format(Math.trunc(seconds / 86_400), 'day')
  return formatDay(iso, language)
}

/** The two largest units, short: `1시간 5분`, `1 hr 5 min`. Seconds only below a minute. */
export function formatDuration(seconds: number, language: Language): string {
  const count = (value: number, unit: 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return count(whole, 'second')
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return count(minutes, 'minute')
  const hours = count(Math.floor(minutes / 60), 'hour')
  return minutes % 60 === 0 ? hours : `${hours} ${count(minutes % 60, 'minute')}`
}

/** `4:05`, for something that is counting down. */
export function formatCountdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** The Seoul day of an instant as `2026-11-23`, to group by. */
export function seoulDay(iso: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(iso),
  )
}
