import { expect, test } from 'vitest'
import { Refused, Unreachable } from '#server-link/failure.ts'
import { prefersCalm, readPrefs } from '#stores/prefs.ts'
import { dictionaryOf } from '#text/dictionaries.ts'
import { translator } from '#text/translate.ts'
import { failureWords } from './failure-words.ts'
import { inLanguage, safeNext } from './site-path.ts'

test.each([
  ['/ko/games/slot', '/ko/games/slot'],
  ['/en/history?round=12&view=visits', '/en/history?round=12&view=visits'],
  ['https://evil.test/', '/ko/home'],
  ['//evil.test', '/ko/home'],
  ['/ko//evil.test', '/ko/home'],
  ['/api/auth/logout', '/ko/home'],
  ['javascript:alert(1)', '/ko/home'],
  [null, '/ko/home'],
])('after signing in, %s leads to %s', (next, expected) => {
  expect(safeNext(next, '/ko/home')).toBe(expected)
})

test('the same page in another language', () => {
  expect(inLanguage('/ko/games/slot', 'en')).toBe('/en/games/slot')
  expect(inLanguage('/ko', 'en')).toBe('/en')
  expect(inLanguage('/korea', 'en')).toBe('/korea')
})

test('a failure gets the best words there are', () => {
  const t = translator(dictionaryOf('en'), 'en')
  const detail = 'Bets are 10 to 1,000 tokens.'
  expect(failureWords(new Refused(422, { detail, code: 'slot.bet_out_of_range' }, null), t)).toBe(detail)
  expect(failureWords(new Refused(429, {}, 12), t)).toContain('12 seconds')
  expect(failureWords(new Unreachable('offline'), t)).toContain('connection')
  expect(failureWords(new Unreachable('503', 'req_1'), t)).toContain('briefly')
  expect(failureWords(new Error('bug'), t)).toBe(t('common.failure.unknown'))
})

test('stored settings that make no sense fall back one by one', () => {
  expect(readPrefs('{"theme":"light","motion":"wild","sound":true,"volume":9}')).toEqual({
    theme: 'light',
    motion: 'system',
    sound: true,
    volume: 1,
  })
  expect(readPrefs('not json').theme).toBe('neon')
  expect(readPrefs('null').sound).toBe(false)
})

test("the player's own choice of motion outranks the device", () => {
  expect(prefersCalm('reduced')).toBe(true)
  expect(prefersCalm('full')).toBe(false)
})
