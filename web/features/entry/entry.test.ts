import { expect, test } from 'vitest'
import { hyphenated, isBirthDate } from './birth-date.ts'
import { reasonOf, tidyCode } from './invite.model.ts'
import {
  mistakeInPassword,
  mistakesFromRefusal,
  mistakesIn,
  passwordStrength,
  type SignupForm,
} from './signup.model.ts'

const good: SignupForm = {
  siteId: 'neon_moon',
  nickname: '네온 달빛',
  password: 'tteokbokki-7',
  phone: '',
  isAdult: true,
}

test.each<[Partial<SignupForm>, object]>([
  [{}, {}],
  [{ siteId: 'abc' }, { siteId: 'siteIdInvalid' }],
  [{ siteId: 'neon-moon' }, { siteId: 'siteIdInvalid' }],
  [{ nickname: '달' }, { nickname: 'nicknameInvalid' }],
  [{ nickname: '달 ' }, { nickname: 'nicknameInvalid' }],
  [{ nickname: 'ㅤㅤㅤ' }, { nickname: 'nicknameInvalid' }],
  [{ password: 'seven77' }, { password: 'too_short' }],
  [{ password: 'my-neon_moon-key' }, { password: 'contains_name' }],
  [{ password: '가'.repeat(129) }, { password: 'too_long' }],
  [{ phone: '010-1234-5678' }, {}],
  [{ phone: '12345' }, { phone: 'phoneInvalid' }],
  [{ isAdult: false }, { isAdult: 'adultMissing' }],
])('sign-up with %o: %o', (change, mistakes) => {
  expect(mistakesIn({ ...good, ...change })).toEqual(mistakes)
})

test('a name that is not filled in yet is not found in every password', () => {
  expect(mistakeInPassword('tteokbokki-7', ['', ''])).toBeNull()
})

test('refusals find their field', () => {
  expect(mistakesFromRefusal('accounts.site_id_taken', null)).toEqual({ siteId: 'siteIdTaken' })
  expect(mistakesFromRefusal('accounts.password_too_weak', 'common')).toEqual({ password: 'common' })
  expect(mistakesFromRefusal('accounts.invite_invalid', 'expired')).toBeNull()
})

test('strength grows with length and variety', () => {
  expect(['', 'short', 'aaaaaaaaaaaa', 'moonlight', 'moonlight over hangang'].map(passwordStrength)).toEqual([
    0, 1, 1, 2, 3,
  ])
})

test('codes survive being pasted from a chat', () => {
  expect(tidyCode(' 58\u200b58\n')).toBe('5858')
  expect(tidyCode('7K2M-Q9TX-0B4F-WZ6N')).toBe('7K2M-Q9TX-0B4F-WZ6N')
})

test('a valid code has no reason; a missing one reads as unknown', () => {
  expect(reasonOf({ reason: 'used_up' })).toBe('used_up')
  expect(reasonOf({ reason: null })).toBe('unknown')
})

test('birth dates are typed as digits and must be days that have been', () => {
  const today = new Date('2026-11-23T00:00:00Z')
  expect(hyphenated('19950421')).toBe('1995-04-21')
  expect(hyphenated('1995-4')).toBe('1995-4')
  expect(
    ['1995-04-21', '1995-02-30', '2027-01-01', '1995-4-2', '20000229'].map((date) => isBirthDate(date, today)),
  ).toEqual([true, false, false, false, false])
})
