import { countInviteGuess, secondsUntilInviteGuess } from '#modules/credentials/watch-guesses.ts'
import { hashOf } from '#platform/keyed.ts'
import type { App } from '#server/app.ts'
import { tooManyGuesses } from './contract.ts'
import { foldedCode, type Invite, type InviteProblem, inviteProblem } from './invites.rules.ts'
import { selectInvite } from './invites.sql.ts'

export function codeHash(code: string): Buffer {
  return hashOf(foldedCode(code))
}

/**
 * Looks an invite code up for somebody at an address. A code that does not exist counts as a guess, and
 * after twenty of them the address waits.
 *
 * @throws Refusal `accounts.too_many_guesses`
 */
export async function findInvite(
  app: App,
  code: string,
  address: string,
): Promise<{ readonly invite: Invite | undefined; readonly problem: InviteProblem | null }> {
  const wait = await secondsUntilInviteGuess(app, address)
  if (wait > 0) throw tooManyGuesses.with({ retry_after_seconds: wait })
  const invite = await selectInvite(app.db, codeHash(code))
  const problem = inviteProblem(invite, app.clock.now(), app.config.isProduction)
  if (problem === 'unknown') await countInviteGuess(app, address)
  return { invite, problem }
}
