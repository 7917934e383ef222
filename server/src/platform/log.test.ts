import { expect, test } from 'vitest'
import { mask } from '#platform/log.ts'

// biome-ignore format: a table
test.each([
  ['call 010-1234-5678 now', 'call [phone] now'],
  ['call 01012345678', 'call [phone]'],
  ['call 010 1234 5678 or 011.123.4567', 'call [phone] or [phone]'],
  ['+82 10-1234-5678, +821012345678', '[phone], [phone]'],
  ['to fox.neon+club@example.co.kr.', 'to [email]'],
  ['Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'Bearer [token]'],
  ['900101-1234567', '[resident number]'],
  ['4111 1111 1111 1111 and 4111-1111-1111-1111', '[card] and [card]'],
  ['postgres://casino:hunter2@db:5432/casino', 'postgres://casino:[secret]@db:5432/casino'],
  // What operators search for stays.
  ['request 3f0c8f2e-6a0e-4c39-9f0e-1f7b0e7c2a11 at 2026-11-23T09:00:00.000Z', 'request 3f0c8f2e-6a0e-4c39-9f0e-1f7b0e7c2a11 at 2026-11-23T09:00:00.000Z'],
  ['player 1001 won 1048576 in round 20261123', 'player 1001 won 1048576 in round 20261123'],
  ['at node_modules/@fastify/swagger/index.js:12:34', 'at node_modules/@fastify/swagger/index.js:12:34'],
])('%s: %s', (text, masked) => {
  expect(mask(text)).toBe(masked)
})
