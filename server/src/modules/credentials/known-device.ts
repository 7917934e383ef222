import { randomBytes } from 'node:crypto'
import { hashOf } from '#platform/keyed.ts'
import type { Client, Http } from '#platform/route/endpoint.ts'
import { DAY } from '#vocabulary/clock.ts'

/*
 * A device says what it is by 128 random bits in a cookie of its own. It proves nothing about who is
 * there: it only tells the owner's browser from a stranger's when somebody has guessed too often.
 */

export const DEVICE_COOKIE = '__Host-device'
export const DEVICE_KEPT_MS = 400 * DAY

export type Device = { readonly id: string; readonly hash: Buffer }

/** The device a request comes from, if it says so in a shape of ours. */
function deviceOf(http: Http): Device | null {
  const id = http.cookie(DEVICE_COOKIE)
  return id !== undefined && /^[\w-]{22}$/.test(id) ? { id, hash: hashOf(id) } : null
}

/** The same, or a new name for a browser that has none yet: it counts once an account has been entered. */
export function deviceToName({ client, http }: { client: Client; http: Http }): Device | null {
  if (!client.isBrowser) return null
  const known = deviceOf(http)
  if (known) return known
  const id = randomBytes(16).toString('base64url')
  return { id, hash: hashOf(id) }
}

/** Lets the browser keep its name, for another while. */
export function keepDevice({ http }: { http: Http }, device: Device | null): void {
  if (device) http.setCookie(DEVICE_COOKIE, device.id, DEVICE_KEPT_MS / 1000)
}
