import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { type Draws, drawsFromWords, wordAt } from './draws.ts'
import { type HmacSha256, portableHmacSha256 } from './hmac-sha256.ts'

/**
 * Commit and reveal. The operator publishes the hash of a server seed, the player then chooses a client seed,
 * and from there every round is settled: neither side can steer it, and once the server seed is revealed
 * anybody can draw every round again. The README specifies this byte for byte.
 */
export type RoundSeeds = {
  /** 32 secret bytes, published as their hash before the client seed was chosen. */
  readonly serverSeed: Uint8Array
  /** The player's word: 1–64 of `A–Z a–z 0–9 . _ -`, so that no two keyboards can encode it differently. */
  readonly clientSeed: string
  /** Number of the round under these two seeds, without gaps. */
  readonly nonce: number
}

const WORDS_PER_BLOCK = 8

/**
 * The draws of one round. The same seeds give the same draws, everywhere and for ever.
 *
 * Nothing is hashed before the first draw. One block serves eight words, so a spin costs one HMAC; words left
 * over at the end of a round are never used. `hmac-sha256.ts` says which hash is fastest where.
 *
 * @throws RangeError when a seed or the nonce is not of the form `RoundSeeds` describes.
 */
export function drawsForRound(seeds: RoundSeeds, hmacSha256: HmacSha256 = portableHmacSha256): Draws {
  requireSeeds(seeds)
  let block: Uint8Array = new Uint8Array(0)
  let blocksTaken = 0
  let wordsTaken = WORDS_PER_BLOCK
  return drawsFromWords(() => {
    if (wordsTaken === WORDS_PER_BLOCK) {
      block = hmacSha256(seeds.serverSeed, messageOfBlock(seeds, blocksTaken))
      blocksTaken += 1
      wordsTaken = 0
    }
    const word = wordAt(block, wordsTaken * 4)
    wordsTaken += 1
    return word
  })
}

/** What is hashed for one block of a round: `clientSeed:nonce:block`, both numbers in plain decimal. */
export function messageOfBlock({ clientSeed, nonce }: Omit<RoundSeeds, 'serverSeed'>, block: number): string {
  return `${clientSeed}:${nonce}:${block}`
}

/** SHA-256 of the 32 seed bytes as 64 lower-case hex digits: what is published before anybody plays. */
export function commitmentOf(serverSeed: Uint8Array): string {
  requireServerSeed(serverSeed)
  return bytesToHex(sha256(serverSeed))
}

/** Whether a player may choose this client seed. */
export function isClientSeed(text: string): boolean {
  return /^[A-Za-z0-9._-]{1,64}$/.test(text)
}

function requireSeeds({ serverSeed, clientSeed, nonce }: RoundSeeds): void {
  requireServerSeed(serverSeed)
  if (!isClientSeed(clientSeed)) throw new RangeError('A client seed is 1 to 64 of A–Z a–z 0–9 . _ -')
  if (!Number.isSafeInteger(nonce) || nonce < 0) throw new RangeError(`A nonce is a whole number from 0, not ${nonce}`)
}

function requireServerSeed(serverSeed: Uint8Array): void {
  if (serverSeed.length !== 32) throw new RangeError(`A server seed is 32 bytes, not ${serverSeed.length}`)
}
