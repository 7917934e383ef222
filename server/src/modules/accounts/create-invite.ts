import { randomBytes } from 'node:crypto'
import type { Rank } from '#modules/sessions/sessions.rules.ts'
import type { App } from '#server/app.ts'
import { Bug } from '#vocabulary/failure.ts'
import { inviteExpiryPassed } from './contract.ts'
import { codeHash } from './find-invite.ts'
import { CODE_BYTES, codeFrom, type Invite } from './invites.rules.ts'
import { insertInvite } from './invites.sql.ts'

export type CreateInvite = {
  /** A code of one's own choice, for the demo; production lets nobody in with it. Default: 80 random bits. */
  readonly code?: string
  readonly campaign?: string | null
  readonly rank?: Rank
  /** Null: as many as like. */
  readonly maxUses?: number | null
  readonly expiresAt?: Date | null
  /** The operator who asked for it. */
  readonly createdBy?: bigint | null
}

/**
 * Makes an invitation: by default for one STANDARD player, without an end. With a chosen code that exists
 * already it gives that invitation as it is.
 *
 * @throws Refusal `accounts.invite_expiry_passed`
 */
export async function createInvite(app: App, wanted: CreateInvite = {}): Promise<Invite> {
  const { campaign = null, rank = 'STANDARD', maxUses = 1, expiresAt = null, createdBy = null } = wanted
  if (wanted.code !== undefined && app.config.isProduction) throw new Bug('a chosen invite code in production')
  const now = app.clock.now()
  // Said this way round, it refuses a date that is none, too (a leap second is valid in RFC 3339, not here).
  if (expiresAt !== null && !(expiresAt > now)) throw inviteExpiryPassed.with()

  const code = wanted.code ?? codeFrom(randomBytes(CODE_BYTES))
  return app.inTransaction((tx) =>
    insertInvite(tx, {
      code,
      codeHash: codeHash(code),
      isDrawn: wanted.code === undefined,
      campaign,
      rank,
      maxUses,
      expiresAt,
      createdBy,
      at: now,
    }),
  )
}
