import { expect, test } from 'vitest'
import { dictionaryOf } from './dictionaries.ts'
import { fill, translator } from './translate.ts'

test.each([
  ['plain', {}, 'ko', 'plain'],
  ['{nickname}님', { nickname: '네온' }, 'ko', '네온님'],
  ['{n, number} 토큰', { n: 12_480 }, 'ko', '12,480 토큰'],
  ['{n, plural, one {# token} other {# tokens}}', { n: 1 }, 'en', '1 token'],
  ['{n, plural, one {# token} other {# tokens}}', { n: 1200 }, 'en', '1,200 tokens'],
  ['{n, plural, other {# of {all}}} left', { n: 2, all: 9 }, 'en', '2 of 9 left'],
] as const)('%s', (message, values, language, expected) => {
  expect(fill(message, values, language)).toBe(expected)
})

test('a value that a text needs and nobody gave is a mistake of ours, said aloud', () => {
  expect(() => fill('{n} tokens', {}, 'en')).toThrow('text value missing: n')
})

test('keys lead to texts, a wrong one says which', () => {
  const t = translator(dictionaryOf('en'), 'en')
  expect(t('common.nav.home')).toBe('Home')
  // @ts-expect-error: the compiler knows the keys too
  expect(() => t('common.nav.nowhere')).toThrow('common.nav.nowhere')
})
