import { expect, test } from 'vitest'
import { evidenceOf, type MonitorState, standingAfter } from './monitor.rules.ts'

const [earlier, now] = [new Date('2026-11-23T03:00:00Z'), new Date('2026-11-24T03:00:00Z')]

test.each<[MonitorState, number, number, bigint, MonitorState, Date]>([
  // before, highest before, evidence, impossible rounds, after, since
  ['ok', 1, 19.9, 0n, 'ok', earlier],
  ['ok', 1, 20.1, 0n, 'watch', now],
  ['watch', 30, 19.9, 0n, 'ok', now],
  ['watch', 30, 25, 0n, 'watch', earlier],
  ['watch', 30, 1_000.1, 0n, 'alarm', now],
  ['alarm', 1_001, 0.1, 0n, 'alarm', earlier],
  ['ok', 1, 1, 1n, 'alarm', now],
])('%s, evidence once %d and now %d, %d impossible: %s', (state, highest, evidence, impossible, after, since) => {
  const before = { logEvidence: 0, highestLogEvidence: Math.log(highest), state, stateSince: earlier }
  const standing = standingAfter(before, Math.log(evidence), impossible, now)
  expect(standing).toMatchObject({ state: after, stateSince: since })
  expect(standing.highestLogEvidence).toBeCloseTo(Math.log(Math.max(highest, evidence)), 12)
})

test.each([
  [0, 1],
  [Math.log(1_234.5), 1_230],
  [Math.log(0.001_234), 0.00123],
])('evidence is told in three digits', (log, evidence) => {
  expect(evidenceOf(log)).toBe(evidence)
})

test('evidence beyond all numbers is still a number', () => {
  expect(Number.isFinite(evidenceOf(1e9))).toBe(true)
})
