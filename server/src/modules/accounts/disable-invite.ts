import type { App } from '#server/app.ts'
import { inviteNotFound } from './contract.ts'
import type { Invite } from './invites.rules.ts'
import { disableInviteRow } from './invites.sql.ts'

/**
 * Lets nobody in with it from the commit on. A sign-up that holds the invitation's lock comes through first.
 *
 * @throws Refusal `accounts.invite_not_found`
 */
export async function disableInvite(app: App, inviteId: bigint): Promise<Invite> {
  const invite = await app.inTransaction((tx) => disableInviteRow(tx, inviteId, app.clock.now()))
  if (!invite) throw inviteNotFound.with()
  return invite
}
