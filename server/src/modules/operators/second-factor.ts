import { hashOf, seal, unseal } from '#platform/keyed.ts'
import type { Tx } from '#platform/postgres/database.ts'
import type { App } from '#server/app.ts'
import { type OperatorRow, spendRecoveryCode, updateOperator } from './operators.sql.ts'
import { stepOfCode, totpUri } from './totp.ts'

export type Factor = { readonly otp: string | undefined; readonly recoveryCode: string | undefined }

/** What an authenticator app needs to be set up. */
export type Enrolment = { readonly secret: string; readonly uri: string }

export function sealTotp(app: App, secret: string): Buffer {
  return seal(app.config.PII_KEY, 'totp', secret)
}

export function enrolmentOf(siteId: string, secret: string): Enrolment {
  return { secret, uri: totpUri(siteId, secret) }
}

/** The code of a recovery code as it is stored, however it is typed. */
export function recoveryHash(code: string): Buffer {
  return hashOf(code.toUpperCase().replaceAll(/[\s-]/g, ''))
}

/**
 * Spends a code of the authenticator, or a recovery code. Either counts once. The caller holds the
 * operator's lock, so that of two requests with one code the second finds it spent.
 */
export async function spendFactor(app: App, tx: Tx, operator: OperatorRow, factor: Factor): Promise<boolean> {
  const now = app.clock.now()
  if (factor.recoveryCode !== undefined)
    return spendRecoveryCode(tx, operator.id, recoveryHash(factor.recoveryCode), now)
  if (factor.otp === undefined || operator.totp_secret === null) return false
  const step = stepOfCode(unseal(app.config.PII_KEY, 'totp', operator.totp_secret), factor.otp, now)
  if (step === null || step <= operator.totp_last_step) return false
  await updateOperator(tx, operator.id, { totp_last_step: step })
  return true
}
