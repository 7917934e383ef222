import { expect, test } from 'vitest'
import { parseConfig } from '#server/config.ts'
import { later, MINUTE, SECOND } from '#vocabulary/clock.ts'
import { afterWrong, type Count, limitOf, secondsToWait } from './guesses.rules.ts'

const config = parseConfig({ NODE_ENV: 'test' })
const limit = limitOf('account_client', config)
const now = new Date('2026-11-23T03:00:00Z')
const none: Count = { failures: 0, last_failed_at: null, locked_until: null }

function wrong(times: number, from: Count = none, at = now): Count {
  return times === 0 ? from : wrong(times - 1, afterWrong(from, limit, at), at)
}

test('the fifth wrong one locks, for ten minutes to the second', () => {
  expect(secondsToWait([wrong(4)], now)).toBe(0)
  expect(secondsToWait([wrong(5)], now)).toBe(600)
  expect(secondsToWait([none, wrong(5)], later(now, 599 * SECOND))).toBe(1)
  expect(secondsToWait([wrong(5)], later(now, 600 * SECOND))).toBe(0)
})

test('after the wait all five are there again', () => {
  const released = later(now, 10 * MINUTE)
  expect(afterWrong(wrong(5), limit, released)).toEqual({ failures: 1, last_failed_at: released, locked_until: null })
})

test('failures long ago are not of the same attack', () => {
  expect(afterWrong(wrong(4), limit, later(now, 10 * MINUTE - 1)).failures).toBe(5)
  expect(afterWrong(wrong(4), limit, later(now, 10 * MINUTE)).failures).toBe(1)
})
