import { createHash, createHmac, hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type HmacSha256, hmacSha256From, portableHmacSha256 } from './hmac-sha256.ts'
import { commitmentOf, drawsForRound, isClientSeed, messageOfBlock } from './stream.ts'

const serverSeed = Uint8Array.from({ length: 32 }, (_, index) => index)
const clientSeed = 'neon-night'

const nodesHmac: HmacSha256 = (key, message) => createHmac('sha256', key).update(message).digest()
const oneShotHmac = hmacSha256From((bytes) => hash('sha256', bytes, 'buffer'))

const anySeed = fc.uint8Array({ minLength: 32, maxLength: 32 })
const anyClientSeed = fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/)
const anyNonce = fc.maxSafeNat()

describe('test vectors, computed by Python and printed in the README', () => {
  test('the commitment', () => {
    expect(commitmentOf(serverSeed)).toBe('630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd')
  })

  test.each([
    [0, 'd0bd6f5f5ec68328ceeeda344eb8ad0052d4969553885118dfe2fba862f5b5ef'],
    [1, 'cd1c4e19f218f0963f4be87202f3ebcc0fc499b4393cee638c47c1a959d4a4d3'],
  ])('block %i of round 7', (block, hex) => {
    const message = messageOfBlock({ clientSeed, nonce: 7 }, block)
    expect(message).toBe(`neon-night:7:${block}`)
    expect(Buffer.from(portableHmacSha256(serverSeed, message)).toString('hex')).toBe(hex)
  })

  test('eleven draws over two blocks, one of them rejecting two words', () => {
    const draws = drawsForRound({ serverSeed, clientSeed, nonce: 7 })
    const bounds = [100, 100, 100, 101, 1_000_000, 173_000, 2 ** 32, 3 * 2 ** 30, 2 ** 31 + 1, 1, 2]
    expect(bounds.map((bound) => draws.below(bound))).toEqual([
      43, 8, 24, 68, 663_893, 142_584, 3_756_194_728, 1_660_270_063, 1_061_939_314, 0, 0,
    ])
  })
})

describe('one result, whoever hashes', () => {
  test('HMAC: plain JavaScript, Node’s one-shot hash and Node’s own HMAC agree', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        fc.string({ unit: 'binary-ascii', maxLength: 600 }),
        (key, text) => {
          const expected = Buffer.from(nodesHmac(key, text)).toString('hex')
          expect(Buffer.from(portableHmacSha256(key, text)).toString('hex')).toBe(expected)
          expect(Buffer.from(oneShotHmac(key, text)).toString('hex')).toBe(expected)
        },
      ),
    )
  })

  test('HMAC: a later call does not overwrite what an earlier one returned', () => {
    const first = oneShotHmac(serverSeed, 'first')
    const kept = Buffer.from(first).toString('hex')
    oneShotHmac(serverSeed, 'second')
    expect(Buffer.from(first).toString('hex')).toBe(kept)
  })

  test('HMAC: longer keys and other alphabets are refused, not hashed into something else', () => {
    expect(() => portableHmacSha256(new Uint8Array(65), 'a')).toThrow(RangeError)
    expect(() => portableHmacSha256(serverSeed, '네온')).toThrow(RangeError)
  })

  test('draws: the same seeds give the same numbers', () => {
    fc.assert(
      fc.property(anySeed, anyClientSeed, anyNonce, (seed, word, nonce) => {
        const seeds = { serverSeed: seed, clientSeed: word, nonce }
        const drawTwenty = (hmac?: HmacSha256) => {
          const draws = drawsForRound(seeds, hmac)
          return Array.from({ length: 20 }, () => draws.below(1_000_003))
        }
        expect(drawTwenty(oneShotHmac)).toEqual(drawTwenty())
        expect(drawTwenty(nodesHmac)).toEqual(drawTwenty())
      }),
    )
  })

  test('the commitment is what every SHA-256 says', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        expect(commitmentOf(seed)).toBe(createHash('sha256').update(seed).digest('hex'))
      }),
    )
  })
})

test('a spin costs one HMAC, and nothing is hashed before the first draw', () => {
  let hashed = 0
  const counting: HmacSha256 = (key, message) => {
    hashed += 1
    return portableHmacSha256(key, message)
  }
  const draws = drawsForRound({ serverSeed, clientSeed, nonce: 0 }, counting)
  expect(hashed).toBe(0)
  for (let word = 0; word < 8; word++) draws.below(256)
  expect(hashed).toBe(1)
  draws.below(256)
  expect(hashed).toBe(2)
})

test('different rounds, client seeds and server seeds draw differently', () => {
  const firstWords = new Set<number>()
  for (let nonce = 0; nonce < 1_000; nonce++) {
    firstWords.add(drawsForRound({ serverSeed, clientSeed, nonce }).below(2 ** 32))
    firstWords.add(drawsForRound({ serverSeed, clientSeed: `${nonce}`, nonce: 1 }).below(2 ** 32))
    firstWords.add(
      drawsForRound({
        serverSeed: serverSeed.with(0, 1 + (nonce % 255)).with(1, nonce >> 8),
        clientSeed,
        nonce: 0,
      }).below(2 ** 32),
    )
  }
  expect(firstWords.size).toBeGreaterThan(2_995) // 3 000 words of 32 bits: a shared one is a one-in-a-thousand event
})

describe('seeds of another form are refused', () => {
  test.each([31, 33, 0])('a server seed of %i bytes', (length) => {
    expect(() => commitmentOf(new Uint8Array(length))).toThrow(RangeError)
    expect(() => drawsForRound({ serverSeed: new Uint8Array(length), clientSeed, nonce: 0 })).toThrow(RangeError)
  })

  test.each(['', 'a:b', 'with space', '네온', 'a'.repeat(65), 'line\n'])('client seed %j', (word) => {
    expect(isClientSeed(word)).toBe(false)
    expect(() => drawsForRound({ serverSeed, clientSeed: word, nonce: 0 })).toThrow(RangeError)
  })

  test.each([-1, 0.5, Number.NaN, 2 ** 53])('nonce %d', (nonce) => {
    expect(() => drawsForRound({ serverSeed, clientSeed, nonce })).toThrow(RangeError)
  })
})
