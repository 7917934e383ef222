import { timingSafeEqual } from 'node:crypto'
import { isCommonPassword } from '#modules/credentials/common-passwords.ts'
import { hashPassword } from '#modules/credentials/hash-password.ts'
import { judgePassword } from '#modules/credentials/passwords.rules.ts'
import { startSession, type Tokens } from '#modules/sessions/start-session.ts'
import { hashOf } from '#platform/keyed.ts'
import type { Client } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { bootstrapRefused, passwordTooWeak } from './contract.ts'
import {
  insertOperator,
  isAnyOperator,
  lockBootstrapSecret,
  type OperatorRow,
  spendBootstrapSecret,
} from './operators.sql.ts'
import { type Enrolment, enrolmentOf, sealTotp } from './second-factor.ts'
import { drawTotpSecret } from './totp.ts'

/**
 * Makes the first operator and begins a session that may do nothing but confirm the second factor.
 *
 * @throws Refusal `operators.bootstrap_refused`: wrong, used, out of date, or there is an operator already.
 * @throws Refusal `operators.password_too_weak` with `reason`, `credentials.too_busy`
 */
export async function bootstrapOperator(
  app: App,
  command: { readonly secret: string; readonly siteId: string; readonly password: string },
  client: Client,
): Promise<{ readonly operator: OperatorRow; readonly tokens: Tokens; readonly enrolment: Enrolment }> {
  const siteId = command.siteId.toLowerCase()
  const weakness = judgePassword(command.password, [siteId], isCommonPassword)
  if (weakness) throw passwordTooWeak.with({ reason: weakness })
  const passwordHash = await hashPassword(app.config, command.password)
  const totpSecret = drawTotpSecret()

  return app.inTransaction(async (tx) => {
    // Lock before looking: of two requests with the secret the second finds it spent.
    const kept = await lockBootstrapSecret(tx)
    const now = app.clock.now()
    const isRight = kept !== undefined && timingSafeEqual(kept.secret_hash, hashOf(command.secret))
    if (!isRight || kept.used_at !== null || kept.expires_at <= now || (await isAnyOperator(tx)))
      throw bootstrapRefused.with()

    await spendBootstrapSecret(tx, now)
    const operator = await insertOperator(tx, { siteId, passwordHash, totpSecret: sealTotp(app, totpSecret), at: now })
    const subject = { kind: 'operator', operatorId: operator.id, secondFactor: false } as const
    const tokens = await startSession(app, tx, subject, client)
    app.log.warn({ operator_id: String(operator.id) }, 'the first operator has been made')
    return { operator, tokens, enrolment: enrolmentOf(siteId, totpSecret) }
  })
}
