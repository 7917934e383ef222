import { expect, test } from 'vitest'
import { maskedNickname, maskedPhone, nicknameKey, nicknameOf, phoneOf, siteIdOf } from './names.rules.ts'

test.each([
  ['neon_fox', 'neon_fox'],
  ['Neon_FOX', 'neon_fox'],
  ['abcd', 'abcd'],
  ['abc', null],
  ['a'.repeat(20), 'a'.repeat(20)],
  ['a'.repeat(21), null],
  ['neon fox', null],
  ['네온여우', null],
  ['neon\u0000fox', null],
  ['neon_fox\n', null],
] as const)('site id %j: %j', (text, siteId) => {
  expect(siteIdOf(text)).toBe(siteId)
})

test.each([
  ['네온 여우', '네온 여우'],
  ['네온  여우', '네온 여우'],
  ['네온 여우'.normalize('NFD'), '네온 여우'],
  ['Renée 7', 'Renée 7'],
  ['ab', 'ab'],
  ['a', null],
  ['가'.repeat(16), '가'.repeat(16)],
  ['가'.repeat(17), null],
  [' fox', null],
  ['fox ', null],
  ['fox\tfox', null],
  ['fox\u3164fox', null], // a Hangul letter that cannot be seen
  ['fох', null], // the last two are Cyrillic
  ['🦊🦊', null],
  ['<b>fox', null],
] as const)('nickname %j: %j', (text, nickname) => {
  expect(nicknameOf(text)).toBe(nickname)
})

test('nicknames that people take for one another are one', () => {
  expect(nicknameKey('Neon Fox')).toBe(nicknameKey('neonFOX'))
  expect(nicknameKey('네온 여우')).not.toBe(nicknameKey('네온 여유'))
})

test.each([
  ['010-1234-5678', '01012345678'],
  ['010 1234 5678', '01012345678'],
  ['+82 10-1234-5678', '01012345678'],
  ['+82 (0)10-1234-5678', '01012345678'],
  ['02-123-4567', '021234567'],
  ['+1 202 555 0143', '+12025550143'],
  ['12345', null],
  ['', null],
  ['not a number', null],
] as const)('telephone number %j: %j', (text, phone) => {
  expect(phoneOf(text)).toBe(phone)
})

test('of a telephone number four digits can be shown', () => {
  expect(maskedPhone('5678')).toBe('***-****-5678')
  expect(maskedPhone(null)).toBeNull()
})

test.each([
  ['luna', 'l***a'],
  ['Neon Fox', 'N***x'],
  ['달빛여우', '달***우'],
  ['달빛', '달***'],
  ['ann', 'a***'],
] as const)('strangers see %j as %j', (nickname, masked) => {
  expect(maskedNickname(nickname)).toBe(masked)
})
