import { afterEach, describe, expect, test, vi } from 'vitest'
import { askAgain, askOnce, isAboutPlay, newRequestId, type Outcome } from './ask-once.ts'
import { Refused } from './failure.ts'

describe('placing a play', () => {
  const ask = { key: '3f0c8f2e-6a0e-4c39-9f0e-1f7b0e7c2a11', bet: 20 }
  const lost: Outcome<number> = { kind: 'lost' }
  const played: Outcome<number> = { kind: 'answered', answer: 204 }
  const refused = (status: number, code: string): Outcome<number> => ({
    kind: 'refused',
    refusal: new Refused(status, { code, detail: 'no' }, null),
  })
  const poor = refused(409, 'ledger.insufficient_balance')
  const tooMany = refused(429, 'http.too_many')

  test.each<[name: string, script: readonly Outcome<number>[], kind: Outcome<number>['kind']]>([
    ['at once', [played], 'answered'],
    ['after the line was lost', [lost, played], 'answered'],
    ['never', [lost, lost], 'lost'],
    ['with a refusal', [poor], 'refused'],
    ['with a refusal after the line was lost', [lost, poor], 'refused'],
    ['"too many" at once: nothing was placed', [tooMany], 'refused'],
    ['"too many" after a lost line: still unknown', [lost, tooMany], 'lost'],
  ])('answered %s', async (_, script, kind) => {
    const sent: string[] = []
    const outcome = await askOnce(ask, async ({ key }) => {
      sent.push(key)
      return script[sent.length - 1] ?? lost
    })
    expect(outcome.kind).toBe(kind)
    expect(sent).toEqual(script.map(() => ask.key))
  })

  test('asking for an outcome again never takes "log in first" for an answer', async () => {
    expect((await askAgain(ask, async () => refused(401, 'session.ended'))).kind).toBe('lost')
    expect(isAboutPlay('rounds.daily_limit_reached')).toBe(true)
    expect(isAboutPlay('session.ended')).toBe(false)
  })

  afterEach(() => vi.unstubAllGlobals())

  test('a new request id is a version 4 UUID, also where the browser makes none', () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    expect(newRequestId()).toMatch(uuid)
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(255) })
    expect(newRequestId()).toMatch(uuid)
  })
})
