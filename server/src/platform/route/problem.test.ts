import { expect, test } from 'vitest'
import * as frame from '#platform/route/frame-refusals.ts'
import { asProblem, sentence } from '#platform/route/problem.ts'
import { Bug, Outage, refusal } from '#vocabulary/failure.ts'

const short = refusal({
  code: 'test.short',
  status: 409,
  ko: '{needed}이(가) 필요한데 {balance}이(가) 있습니다.',
  en: 'This needs {needed}; you have {balance}.',
})

test('a refusal: its status, its code, a sentence in the reader’s language, and its details as numbers', () => {
  const { status, body, isOurs } = asProblem(short.with({ needed: 50n, balance: 7n }), 'ko', 'r1')
  expect([status, isOurs]).toEqual([409, false])
  expect(body).toEqual({
    type: 'urn:casino-club:problem:test.short',
    title: 'Conflict',
    status: 409,
    detail: '50이(가) 필요한데 7이(가) 있습니다.',
    code: 'test.short',
    request_id: 'r1',
    needed: 50,
    balance: 7,
  })
  expect(sentence(short, { needed: 50n, balance: 7n }, 'en')).toBe('This needs 50; you have 7.')
})

test('details cannot pass for the problem’s own members', () => {
  const { body } = asProblem(short.with({ code: 'another', status: 200, request_id: 'forged' }), 'en', 'r1')
  expect(body).toMatchObject({ code: 'test.short', status: 409, request_id: 'r1' })
})

test.each([
  ['an outage', new Outage('the database is away at 10.0.0.7'), 503, 'outage', false],
  ['a bug', new Bug('wallet 7 holds -1'), 500, 'bug', true],
  ['anything else', new TypeError('secret of undefined'), 500, 'bug', true],
  ['no error at all', 'a string was thrown', 500, 'bug', true],
])('%s: nobody outside sees the message', (_, error, status, code, isOurs) => {
  for (const language of ['ko', 'en'] as const) {
    const failed = asProblem(error, language, 'r1')
    expect(failed).toMatchObject({ status, isOurs, body: { status, code, request_id: 'r1' } })
    expect(JSON.stringify(failed.body)).not.toMatch(/10\.0\.0\.7|wallet|secret|thrown/)
  }
})

test('every status that a refusal may have has a title, and every refusal of the frame both sentences', () => {
  for (const kind of Object.values(frame)) {
    expect(asProblem(kind.with(), 'en', 'r1').body.title, kind.code).not.toBe('Error')
    expect(kind.ko, kind.code).toMatch(/[가-힣]/)
    expect(kind.en, kind.code).toMatch(/[.?]$|\{problem\}$/)
  }
})
