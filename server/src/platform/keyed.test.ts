import { expect, test } from 'vitest'
import { keyedHash, seal, unseal } from '#platform/keyed.ts'

test('a keyed hash is of one key, one purpose and one value', () => {
  const hashes = [
    keyedHash('key', 'phone', '01012345678'),
    keyedHash('other key', 'phone', '01012345678'),
    keyedHash('key', 'ci', '01012345678'),
    keyedHash('key', 'phone', '01012345679'),
  ].map((hash) => hash.toString('hex'))
  expect(new Set(hashes).size).toBe(4)
  expect(keyedHash('key', 'phone', '01012345678').toString('hex')).toBe(hashes[0])
})

test('what is sealed can be opened, with the same key, for the same purpose, unchanged', () => {
  const sealed = seal('key', 'totp', '비밀')
  expect(unseal('key', 'totp', sealed)).toBe('비밀')
  expect(sealed.toString('utf8')).not.toContain('비밀')
  expect(seal('key', 'totp', '비밀').equals(sealed)).toBe(false)
  expect(() => unseal('other key', 'totp', sealed)).toThrow()
  expect(() => unseal('key', 'other', sealed)).toThrow()
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => unseal('key', 'totp', changed)).toThrow()
  }
})
