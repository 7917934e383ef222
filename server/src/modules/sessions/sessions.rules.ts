import type { Config } from '#server/config.ts'
import { DAY, HOUR, later, MINUTE, SECOND } from '#vocabulary/clock.ts'

export type Rank = 'STANDARD' | 'PREMIUM' | 'VIP'

/** Whose login it is, and what it may do. */
export type Subject =
  | { readonly kind: 'player'; readonly playerId: bigint; readonly rank: Rank }
  | { readonly kind: 'operator'; readonly operatorId: bigint; readonly secondFactor: boolean }

export type EndReason =
  | 'logged_out'
  | 'logged_out_everywhere'
  | 'ended_by_owner'
  | 'signed_in_elsewhere'
  | 'password_changed'
  | 'token_reused'
  | 'expired'
  | 'banned'

/** How long a login lasts, and how many a subject may have at once. */
export type Lifetimes = {
  readonly accessMs: number
  readonly absoluteMs: number
  readonly idleMs: number
  readonly atOnce: number
}

export function lifetimesOf(config: Config, kind: Subject['kind']): Lifetimes {
  const accessMs = config.JWT_EXPIRE_MINUTES * MINUTE
  // An operator's console is left open on desks: half a day at most, half an hour unattended, one place only.
  if (kind === 'operator') return { accessMs, absoluteMs: 12 * HOUR, idleMs: 30 * MINUTE, atOnce: 1 }
  return {
    accessMs,
    absoluteMs: config.REFRESH_EXPIRE_DAYS * DAY,
    idleMs: config.REFRESH_IDLE_DAYS * DAY,
    atOnce: config.MAX_CONCURRENT_SESSIONS,
  }
}

type Lived = { readonly ends_at: Date; readonly last_used_at: Date }

/** Whether a session that nobody has ended has come to its end by itself. */
export function hasRunOut(session: Lived, idleMs: number, now: Date): boolean {
  return session.ends_at <= now || later(session.last_used_at, idleMs) <= now
}

/** Which of a subject's open sessions end when one more begins: those that have run out, then the oldest. */
export function whichEnd(
  open: readonly (Lived & { readonly id: bigint })[],
  { idleMs, atOnce }: Lifetimes,
  now: Date,
): { readonly id: bigint; readonly reason: EndReason }[] {
  const dead = open.filter((session) => hasRunOut(session, idleMs, now))
  const living = open.filter((session) => !dead.includes(session)).sort((one, other) => (one.id < other.id ? -1 : 1))
  const tooMany = living.slice(0, Math.max(0, living.length - (atOnce - 1)))
  return [
    ...dead.map(({ id }) => ({ id, reason: 'expired' as const })),
    ...tooMany.map(({ id }) => ({ id, reason: 'signed_in_elsewhere' as const })),
  ]
}

/** Two tabs that ask with one token within this time get one answer. */
export const REPEAT_MS = 10 * SECOND

/**
 * What a refresh token is good for. `repeat`: the same answer again. `theft`: it was spent before, and
 * whoever shows it now is not the one who spent it, or the other way round; nobody can tell.
 */
export function judgeToken(
  token: { readonly used_at: Date | null; readonly rotation: number },
  newestRotation: number,
  now: Date,
): 'rotate' | 'repeat' | 'theft' {
  if (token.used_at === null) return 'rotate'
  const isLastSpent = token.rotation === newestRotation - 1
  return isLastSpent && now.getTime() - token.used_at.getTime() < REPEAT_MS ? 'repeat' : 'theft'
}

/** Enough of an address to recognise one's own, too little to find somebody by. */
export function addressHint(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+)\.(\d+)\.\d+\.\d+$/.exec(address)
  if (v4) return `${v4[1]}.${v4[2]}.*.*`
  const [first = '', second = ''] = address.split(':')
  return `${first}:${second}:*`
}

const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg/, 'Edge'],
  [/\bSamsungBrowser/, 'Samsung Internet'],
  [/\bWhale/, 'Whale'],
  [/\bOPR/, 'Opera'],
  [/\b(?:Firefox|FxiOS)/, 'Firefox'],
  [/\b(?:Chrome|CriOS)/, 'Chrome'],
  [/\bSafari/, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/** `Chrome · Android`, or the first word of what a program calls itself. */
export function clientName(userAgent: string): string {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1]
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1]
  if (browser !== undefined) return system === undefined ? browser : `${browser} · ${system}`
  return userAgent.split(/[\s/]/, 1)[0]?.slice(0, 40) || '?'
}
