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
export function deviceOf(http: Http): Device | null {
  const id = http.cookie(DEVICE_COOKIE)
  return id !== undefined && /^[\w-]{22}$/.test(id) ? { id, hash: hashOf(id) } : null
}

/** Keeps the device's name, or gives it one, in a browser that has just entered an account. */
export function nameDevice({ client, http }: { client: Client; http: Http }): Device | null {
  if (!client.isBrowser) return null
  const known = deviceOf(http)
  const id = known?.id ?? randomBytes(16).toString('base64url')
  http.setCookie(DEVICE_COOKIE, id, DEVICE_KEPT_MS / 1000)
  return known ?? { id, hash: hashOf(id) }
}
