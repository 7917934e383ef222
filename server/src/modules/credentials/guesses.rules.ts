import type { Config } from '#server/config.ts'
import { DAY, later, MINUTE } from '#vocabulary/clock.ts'

/*
 * Who has guessed wrong how often, and who must wait for it.
 *
 * The one to be stopped is the guesser, not the owner of the account guessed at. So failures are counted
 * per account and client, and the wider counts (of the account, the address, everyone) stop strangers only:
 * a device that has entered this account before has a count of its own and is subject to no other.
 */

export type Kind = 'account_client' | 'account_device' | 'account' | 'address' | 'everyone' | 'invite_address'

export type Count = {
  readonly failures: number
  readonly last_failed_at: Date | null
  readonly locked_until: Date | null
}

type Limit = {
  readonly failures: number
  /** Failures this far apart are not of one attack. */
  readonly forgottenAfterMs: number
  readonly lockMs: number
}

export function limitOf(kind: Kind, config: Config): Limit {
  const lockMs = config.LOGIN_LOCKOUT_MINUTES * MINUTE
  switch (kind) {
    case 'account_client':
    case 'account_device':
      return { failures: config.LOGIN_MAX_FAILED_ATTEMPTS, forgottenAfterMs: lockMs, lockMs }
    // NIST SP 800-63B: at most 100 wrong ones in a row against one account, whoever tries them. A known
    // device gets in all the same and sets the count back; without one the owner waits a day.
    case 'account':
      return { failures: 100, forgottenAfterMs: 30 * DAY, lockMs: DAY }
    // One password tried on many accounts. Above what a school or an office behind one address needs.
    case 'address':
      return { failures: 50, forgottenAfterMs: lockMs, lockMs }
    // Many addresses at once. Known devices do not notice.
    case 'everyone':
      return { failures: 3_000, forgottenAfterMs: MINUTE, lockMs: MINUTE }
    case 'invite_address':
      return { failures: 20, forgottenAfterMs: lockMs, lockMs }
  }
}

/** Seconds until a guess is welcome again; 0 when it is now. */
export function secondsToWait(counts: readonly Count[], now: Date): number {
  const until = Math.max(0, ...counts.map((count) => count.locked_until?.getTime() ?? 0))
  return Math.max(0, Math.ceil((until - now.getTime()) / 1000))
}

/** The count after one more wrong guess. */
export function afterWrong(count: Count, limit: Limit, now: Date): Count {
  const isOver = count.locked_until !== null && count.locked_until <= now
  const isForgotten = count.last_failed_at !== null && later(count.last_failed_at, limit.forgottenAfterMs) <= now
  const failures = (isOver || isForgotten ? 0 : count.failures) + 1
  return {
    failures,
    last_failed_at: now,
    locked_until: failures >= limit.failures ? later(now, limit.lockMs) : null,
  }
}
