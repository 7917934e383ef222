import { keyedHash } from '#platform/keyed.ts'
import { networkOf } from '#platform/network-of.ts'
import type { Tx } from '#platform/postgres/database.ts'
import type { App } from '#server/app.ts'
import {
  deleteCounts,
  deleteDevicesOf,
  isDeviceOf,
  lockCount,
  selectCounts,
  upsertDevice,
  writeCount,
} from './credentials.sql.ts'
import { afterWrong, type Kind, limitOf, secondsToWait } from './guesses.rules.ts'
import type { Device } from './known-device.ts'

/** Somebody tries a password on an account. Whether there is such an account plays no part. */
export type Attempt = {
  /** `player:neon_fox`; each realm has accounts of its own. */
  readonly account: string
  readonly address: string
  readonly device: Device | null
}

/** An attempt that may be made. */
export type Admitted = {
  readonly attempt: Attempt
  /** Counted by this attempt, in the order of their locks: the narrowest first, the widest last. */
  readonly own: readonly Key[]
  readonly wide: readonly Key[]
}
type Key = { readonly kind: Kind; readonly hash: Buffer }

/**
 * Looks whether an attempt may be made at all, before anything is spent on it.
 *
 * @returns the attempt to go on with, or the seconds that this client must wait.
 */
export async function admitAttempt(app: App, attempt: Attempt): Promise<Admitted | { readonly waitSeconds: number }> {
  const { account, device } = attempt
  const network = networkOf(attempt.address)
  const isKnown = device !== null && (await isDeviceOf(app.db, device.hash, accountHash(app, account)))
  const own: Key[] = isKnown
    ? [keyOf(app, 'account_device', `${account} ${device.id}`)]
    : [keyOf(app, 'account_client', `${account} ${network}`)]
  // A known device resets the count of the account and is not stopped by it.
  const wide: Key[] = isKnown
    ? []
    : [keyOf(app, 'account', account), keyOf(app, 'address', network), keyOf(app, 'everyone', '')]
  const counts = await selectCounts(
    app.db,
    [...own, ...wide].map(({ hash }) => hash),
  )
  const waitSeconds = secondsToWait(counts, app.clock.now())
  return waitSeconds > 0 ? { waitSeconds } : { attempt, own, wide }
}

/**
 * Judges an attempt whose password turned out right or wrong, under the lock of its counts: of many at
 * once, those after the last one allowed learn nothing, not even that they were right.
 *
 * @returns the seconds to wait when the attempt came too late; 0 when its outcome stands.
 */
export async function settleAttempt(app: App, tx: Tx, admitted: Admitted, isRight: boolean): Promise<number> {
  const now = app.clock.now()
  const { own, wide } = admitted
  const counts = []
  for (const key of own) counts.push({ key, count: await lockCount(tx, key.hash, key.kind) })
  const late = secondsToWait(
    counts.map(({ count }) => count),
    now,
  )
  if (late > 0) return late

  if (isRight) {
    // Whatever strangers have tried on it, its owner has come: "in a row" starts anew.
    await deleteCounts(tx, [...own.map(({ hash }) => hash), keyOf(app, 'account', admitted.attempt.account).hash])
    return 0
  }
  // The wide counts come last and in one order, so that the row everyone shares is held for a moment only.
  for (const key of wide) counts.push({ key, count: await lockCount(tx, key.hash, key.kind) })
  for (const { key, count } of counts) {
    const next = afterWrong(count, limitOf(key.kind, app.config), now)
    await writeCount(tx, key.hash, next)
    // Who it was is not in the log: the hash is enough to see that it is the same one again.
    if (next.locked_until !== null)
      app.log.warn({ kind: key.kind, who: key.hash.toString('hex').slice(0, 12) }, 'too many wrong guesses')
  }
  return 0
}

/** Remembers that this device has entered this account. */
export async function rememberDevice(app: App, tx: Tx, account: string, device: Device): Promise<void> {
  await upsertDevice(tx, device.hash, accountHash(app, account), app.clock.now())
}

/** After a change of password no device but this one is known any more. */
export async function forgetDevices(app: App, tx: Tx, account: string, except: Device | null): Promise<void> {
  await deleteDevicesOf(tx, accountHash(app, account), except?.hash ?? null)
}

/** How long this address must wait until it may try another invitation; 0 when it need not. */
export async function secondsUntilInviteGuess(app: App, address: string): Promise<number> {
  return secondsToWait(
    await selectCounts(app.db, [keyOf(app, 'invite_address', networkOf(address)).hash]),
    app.clock.now(),
  )
}

/** Counts an invitation that does not exist. Commits by itself: the refusal that follows must not undo it. */
export async function countInviteGuess(app: App, address: string): Promise<void> {
  const { kind, hash } = keyOf(app, 'invite_address', networkOf(address))
  await app.inTransaction(async (tx) => {
    const count = await lockCount(tx, hash, kind)
    if (secondsToWait([count], app.clock.now()) > 0) return
    await writeCount(tx, hash, afterWrong(count, limitOf(kind, app.config), app.clock.now()))
  })
}

function keyOf(app: App, kind: Kind, what: string): Key {
  return { kind, hash: keyedHash(app.config.PII_KEY, `guess ${kind}`, what) }
}

function accountHash(app: App, account: string): Buffer {
  return keyedHash(app.config.PII_KEY, 'device account', account)
}
