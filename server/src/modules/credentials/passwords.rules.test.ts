import { expect, test } from 'vitest'
import { isCommonPassword } from './common-passwords.ts'
import { judgePassword, normalisePassword } from './passwords.rules.ts'

const judge = (password: string) => judgePassword(password, ['neon_fox', '네온 여우'], isCommonPassword)

test.each([
  ['q8#kd0x', 'too_short'],
  ['q8#kd0xz', null],
  ['한강의밤비가', 'too_short'],
  ['한강의밤비가온다', null],
  ['🦊🐺🦝🐻🐼🐨🐯', 'too_short'],
  ['🦊🐺🦝🐻🐼🐨🐯🦁', null],
  [`x9${'neon rain '.repeat(12)}.end`, null],
  [`x${'9w'.repeat(63)}z`, null],
  [`x${'9w'.repeat(64)}`, 'too_long'],
  ['password1', 'common'],
  ['PassWord1', 'common'],
  ['qwertyuiop', 'common'],
  ['iloveyou', 'common'],
  ['dkssudgktpdy', 'common'],
  ['zzzzzzzz', 'common'],
  ['abcabcabc', 'common'],
  ['23456789', 'common'],
  ['hgfedcba', 'common'],
  ['my_neon_fox_1', 'contains_name'],
  ['NEON_FOX!!', 'contains_name'],
  ['나는 네온 여우다', 'contains_name'],
  ['all of one class', null],
] as const)('%j: %j', (password, weakness) => {
  expect(judge(password)).toBe(weakness)
})

test('a short name forbids nothing', () => {
  expect(judgePassword('abel tasman sea', ['ab'], isCommonPassword)).toBeNull()
})

test('composed and decomposed Hangul are one password', () => {
  expect(normalisePassword('한강'.normalize('NFD'))).toBe('한강')
})
