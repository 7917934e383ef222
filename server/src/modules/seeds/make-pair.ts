import { hash, randomBytes } from 'node:crypto'
import { seal, unseal } from '#platform/keyed.ts'
import type { App } from '#server/app.ts'
import { Bug } from '#vocabulary/failure.ts'
import type { NewPair, Promised } from './seeds.sql.ts'

const PURPOSE = 'server seed'

/** A fresh server seed from the operating system's generator. */
export function promiseSeed(app: App): Promised {
  const serverSeed = randomBytes(32)
  return {
    commitment: hash('sha256', serverSeed, 'buffer'),
    sealedSeed: seal(app.config.PII_KEY, PURPOSE, serverSeed.toString('hex')),
  }
}

/** For a player who chooses none. */
export function randomClientSeed(): string {
  return randomBytes(12).toString('base64url')
}

/** A player's first pair, with the seed that follows it. The player's own word comes with the first rotation. */
export function makePair(app: App, playerId: bigint, at: Date): NewPair {
  return { playerId, seed: promiseSeed(app), nextSeed: promiseSeed(app), clientSeed: randomClientSeed(), at }
}

/** @throws Bug when what was sealed cannot be opened with our key, or is not what was committed to. */
export function openSeed(app: App, pair: { id: bigint; sealed_seed: Buffer; commitment: Buffer }): Buffer {
  const serverSeed = Buffer.from(unsealed(app, pair), 'hex')
  if (!hash('sha256', serverSeed, 'buffer').equals(pair.commitment))
    throw new Bug(`the seed of pair ${pair.id} is not the one committed to`)
  return serverSeed
}

function unsealed(app: App, pair: { id: bigint; sealed_seed: Buffer }): string {
  try {
    return unseal(app.config.PII_KEY, PURPOSE, pair.sealed_seed)
  } catch (cause) {
    throw new Bug(`the seed of pair ${pair.id} cannot be opened`, { cause })
  }
}
