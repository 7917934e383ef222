import { keyedHash } from '#platform/keyed.ts'
import { tell } from '#platform/outbox.ts'
import { brokenConstraint } from '#platform/postgres/sql-state.ts'
import type { App } from '#server/app.ts'
import { isOfAge } from './age.rules.ts'
import { identityDiffers, identityInUse, playerNotFound, underAge } from './contract.ts'
import { identityVerified } from './events.ts'
import type { Identity } from './identity-provider.ts'
import { lockPlayer, updatePlayer } from './players.sql.ts'

/**
 * Notes that a provider has vouched for who a player is. Of that the birth year is kept, and a keyed hash
 * by which the same person is recognised on another account; of a minor nothing is kept. Repeating it
 * renews the date.
 *
 * @throws Refusal `accounts.under_age`, `accounts.identity_in_use`, `accounts.identity_differs`
 */
export async function verifyIdentity(app: App, playerId: bigint, identity: Identity): Promise<{ verifiedAt: Date }> {
  const now = app.clock.now()
  if (!isOfAge(identity.birthYear, now)) throw underAge.with()
  const ciHash = keyedHash(app.config.PII_KEY, 'ci', identity.ci)
  try {
    await app.inTransaction(async (tx) => {
      const player = await lockPlayer(tx, playerId)
      if (!player) throw playerNotFound.with()
      if (player.ci_hash !== null && !player.ci_hash.equals(ciHash)) throw identityDiffers.with()
      await updatePlayer(tx, playerId, { birth_year: identity.birthYear, ci_hash: ciHash, verified_at: now })
      await tell(tx, [identityVerified(playerId, now)])
    })
  } catch (error) {
    if (brokenConstraint(error) === 'accounts_player_one_person_one_account') throw identityInUse.with()
    throw error
  }
  return { verifiedAt: now }
}
