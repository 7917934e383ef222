import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, configHash, hashOf } from './canonical.ts'
import { defaultSlot } from './slot.default.ts'

test('keys are sorted at every depth, lists keep their order, no white space', () => {
  expect(canonicalJson({ b: [3, 1, { z: null, a: true }], a: 'é"\n7️⃣' })).toBe(
    '{"a":"é\\"\\n7️⃣","b":[3,1,{"a":true,"z":null}]}',
  )
})

test('order of keys does not change the hash; any value does', () => {
  const reversed = Object.fromEntries(Object.entries(defaultSlot).reverse())
  expect(configHash(reversed)).toBe(configHash(defaultSlot))
  expect(configHash({ ...defaultSlot, version: 'neon-reels-2' })).not.toBe(configHash(defaultSlot))
})

test('the hash is SHA-256 of the UTF-8 bytes', () => {
  expect(hashOf({ name: '네온 🍒' })).toBe(createHash('sha256').update('{"name":"네온 🍒"}').digest('hex'))
})

test('whatever JSON without fractions there is: it can be read back, and writing it again changes nothing', () => {
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.maxSafeInteger().map((number) => number + 0), // −0 is written as 0 and comes back as 0
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('tree')),
      fc.dictionary(fc.string({ unit: 'grapheme-ascii' }), tie('tree')),
    ),
  }))
  fc.assert(
    fc.property(tree, (document) => {
      const written = canonicalJson(document)
      expect(canonicalJson(JSON.parse(written))).toBe(written)
    }),
  )
})

describe('refused, naming the place', () => {
  test.each<[unknown, string]>([
    [{ a: [0.5] }, '$.a.0: 0.5 is not a whole number'],
    [{ a: 2 ** 53 }, '$.a: 9007199254740992 is not a whole number'],
    [{ a: Number.NaN }, '$.a: NaN is not a whole number'],
    [{ a: undefined }, '$.a: undefined cannot be written as JSON'],
    [[1n], '$.0: bigint cannot be written as JSON'],
    [{ 키: 1 }, '$: the key "키" is not plain ASCII'],
    ['\ud800', '$: half a surrogate pair has no UTF-8 form'],
  ])('%#', (document, message) => {
    expect(() => canonicalJson(document)).toThrow(message)
  })
})
