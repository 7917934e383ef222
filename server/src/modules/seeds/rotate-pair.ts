import { isClientSeed } from '@casino-club/fairness/stream.ts'
import type { App } from '#server/app.ts'
import { Bug } from '#vocabulary/failure.ts'
import { clientSeedNotPlain } from './contract.ts'
import { makePair, openSeed, promiseSeed, randomClientSeed } from './make-pair.ts'
import { type CurrentPair, currentPair, type RevealedPair, revealedPair } from './read-pair.ts'
import { insertPairs, insertRevealed, lockPairs, replacePair, selectLastRevealed } from './seeds.sql.ts'

/**
 * Reveals the server seed a player has played from and goes on with the one promised before, in one transaction: a
 * seed is never retired without being shown. The client seed given here is chosen when the seed it will stand
 * beside was already committed to, so neither side can choose to suit the other.
 *
 * A pair nobody has played from is replaced as well (that is how a client seed is chosen) and revealed all the
 * same. Repeating it with the client seed that an unplayed pair has already changes nothing, so a lost answer
 * can be asked for again; without a client seed each call makes a new pair.
 *
 * @throws Refusal `seeds.client_seed_not_plain`
 */
export async function rotatePair(
  app: App,
  playerId: bigint,
  clientSeed: string | undefined,
): Promise<{ readonly current: CurrentPair; readonly revealed: RevealedPair | null }> {
  if (clientSeed !== undefined && !isClientSeed(clientSeed)) throw clientSeedNotPlain.with()
  return app.inTransaction(async (tx) => {
    // Players from before there were pairs.
    await insertPairs(tx, [makePair(app, playerId, app.clock.now())])
    // Lock before looking: a round under way is counted into the pair it was drawn from.
    const [pair] = await lockPairs(tx, [playerId])
    if (!pair) throw new Bug(`player ${playerId} has no pair of seeds`)
    if (clientSeed !== undefined && pair.client_seed === clientSeed && pair.next_nonce === 0n) {
      const last = await selectLastRevealed(tx, playerId)
      return { current: currentPair(pair), revealed: last ? revealedPair(last) : null }
    }

    // After the lock, and not before the pair was made by another process whose clock is ahead.
    const now = app.clock.now()
    const at = now > pair.created_at ? now : pair.created_at
    const revealed = {
      player_id: playerId,
      id: pair.id,
      commitment: pair.commitment,
      server_seed: openSeed(app, pair),
      client_seed: pair.client_seed,
      rounds: pair.next_nonce,
      created_at: pair.created_at,
      revealed_at: at,
    }
    const made = await replacePair(tx, {
      playerId,
      nextSeed: promiseSeed(app),
      clientSeed: clientSeed ?? randomClientSeed(),
      at,
    })
    if (!made) throw new Bug(`the pair of player ${playerId} went away under our lock`)
    await insertRevealed(tx, revealed)
    return { current: currentPair(made), revealed: revealedPair(revealed) }
  })
}
