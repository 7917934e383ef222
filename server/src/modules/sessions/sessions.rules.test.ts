import { expect, test } from 'vitest'
import { parseConfig } from '#server/config.ts'
import { DAY, HOUR, later, MINUTE, SECOND } from '#vocabulary/clock.ts'
import { addressHint, clientName, hasRunOut, judgeToken, lifetimesOf, whichEnd } from './sessions.rules.ts'

const now = new Date('2026-11-23T03:00:00Z')
const config = parseConfig({ NODE_ENV: 'test', MAX_CONCURRENT_SESSIONS: '2' })

test('how long sessions last', () => {
  expect(lifetimesOf(config, 'player')).toEqual({
    accessMs: 30 * MINUTE,
    absoluteMs: 30 * DAY,
    idleMs: 7 * DAY,
    atOnce: 2,
  })
  expect(lifetimesOf(config, 'operator')).toEqual({
    accessMs: 30 * MINUTE,
    absoluteMs: 12 * HOUR,
    idleMs: 30 * MINUTE,
    atOnce: 1,
  })
})

const session = (id: bigint, { usedAgo = 0, endsIn = DAY } = {}) => ({
  id,
  last_used_at: later(now, -usedAgo),
  ends_at: later(now, endsIn),
})

test.each([
  [{ usedAgo: 7 * DAY - 1, endsIn: 1 }, false],
  [{ usedAgo: 7 * DAY, endsIn: 1 }, true],
  [{ usedAgo: 0, endsIn: 0 }, true],
])('%j has run out: %s', (lived, expected) => {
  expect(hasRunOut(session(1n, lived), 7 * DAY, now)).toBe(expected)
})

test.each([
  [[], []],
  [[session(1n)], []],
  [[session(2n), session(1n)], [{ id: 1n, reason: 'signed_in_elsewhere' }]],
  // What has run out makes room before anything living has to.
  [[session(1n), session(2n, { usedAgo: 8 * DAY })], [{ id: 2n, reason: 'expired' }]],
  [
    [session(1n), session(2n), session(3n)],
    [
      { id: 1n, reason: 'signed_in_elsewhere' },
      { id: 2n, reason: 'signed_in_elsewhere' },
    ],
  ],
])('%#: who ends when one more begins and two may stay', (open, ending) => {
  expect(whichEnd(open, lifetimesOf(config, 'player'), now)).toEqual(ending)
})

test.each([
  // used ago, rotation, newest
  [null, 4, 4, 'rotate'],
  [0, 3, 4, 'repeat'],
  [10 * SECOND - 1, 3, 4, 'repeat'],
  [10 * SECOND, 3, 4, 'theft'],
  [0, 2, 4, 'theft'],
] as const)('spent %j ms ago, rotation %i of %i: %s', (usedAgo, rotation, newest, expected) => {
  expect(judgeToken({ used_at: usedAgo === null ? null : later(now, -usedAgo), rotation }, newest, now)).toBe(expected)
})

test.each([
  ['203.0.113.7', '203.0.*.*'],
  ['::ffff:203.0.113.7', '203.0.*.*'],
  ['2001:db8:85a3::8a2e', '2001:db8:*'],
  ['::1', '::*'],
])('%s is shown as %s', (address, hint) => {
  expect(addressHint(address)).toBe(hint)
})

test.each([
  ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/143.0.0.0 Mobile Safari/537.36', 'Chrome · Android'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1', 'Safari · iOS'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/143.0.0.0 Safari/537.36 Edg/143.0', 'Edge · Windows'],
  ['curl/8.14.1', 'curl'],
  ['', '?'],
])('%s is called %s', (userAgent, name) => {
  expect(clientName(userAgent)).toBe(name)
})
