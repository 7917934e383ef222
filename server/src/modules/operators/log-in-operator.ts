import { tooBusy } from '#modules/credentials/contract.ts'
import { checkPassword } from '#modules/credentials/hash-password.ts'
import { admitAttempt, settleAttempt } from '#modules/credentials/watch-guesses.ts'
import { startSession, type Tokens } from '#modules/sessions/start-session.ts'
import type { Client } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { lockedOut, wrongCredentials } from './contract.ts'
import { lockOperator, type OperatorRow, selectOperatorBySiteId, updateOperator } from './operators.sql.ts'
import { type Enrolment, enrolmentOf, type Factor, sealTotp, spendFactor } from './second-factor.ts'
import { drawTotpSecret } from './totp.ts'

/** What guesses at an operator's password and code are counted under. */
export function operatorAccount(siteId: string): string {
  return `operator:${siteId.toLowerCase()}`
}

/**
 * Begins an operator's session: password and second factor in one request, so that a wrong one of the two
 * looks like a wrong other. Who has no second factor yet gets a session in which to set one up, and
 * nothing else. Ends the operator's other session. Whoever has hung up meanwhile gets none, and the code is not spent.
 *
 * @throws Refusal `operators.wrong_credentials`
 * @throws Refusal `operators.locked_out` with `retry_after_seconds`, `credentials.too_busy`
 */
export async function logInOperator(
  app: App,
  { siteId, password, ...factor }: { readonly siteId: string; readonly password: string } & Factor,
  client: Client,
): Promise<{ readonly operator: OperatorRow; readonly tokens: Tokens; readonly enrolment: Enrolment | null }> {
  const account = operatorAccount(siteId)
  const admitted = await admitAttempt(app, { account, address: client.address, device: null })
  if ('waitSeconds' in admitted) throw lockedOut.with({ retry_after_seconds: admitted.waitSeconds })

  const isName = /^[A-Za-z0-9_]+$/.test(siteId)
  const found = isName ? await selectOperatorBySiteId(app.db, siteId.toLowerCase()) : undefined
  const { isRight } = await checkPassword(app.config, found?.password_hash ?? null, password)

  const outcome = await app.inTransaction(async (tx) => {
    const operator = found && isRight ? await lockOperator(tx, found.id) : undefined
    const isWhole =
      operator !== undefined &&
      operator.status === 'active' &&
      operator.password_hash === found?.password_hash &&
      (operator.totp_confirmed_at === null || (await spendFactor(app, tx, operator, factor)))
    const waitSeconds = await settleAttempt(app, tx, admitted, isWhole)
    if (waitSeconds > 0) return lockedOut.with({ retry_after_seconds: waitSeconds })
    if (!isWhole) return wrongCredentials.with()

    const now = app.clock.now()
    const isEnrolled = operator.totp_confirmed_at !== null
    // Until it is confirmed each login draws another secret, so none that was shown before counts.
    const secret = isEnrolled ? null : drawTotpSecret()
    await updateOperator(tx, operator.id, {
      last_login_at: now,
      ...(secret === null ? {} : { totp_secret: sealTotp(app, secret) }),
    })
    const subject = { kind: 'operator', operatorId: operator.id, secondFactor: isEnrolled } as const
    const tokens = await startSession(app, tx, subject, client)
    // The last look before the commit. Nobody hears this; it undoes what was written.
    if (client.isGone?.()) throw tooBusy.with({ retry_after_seconds: 1 })
    const enrolment = secret === null ? null : enrolmentOf(operator.site_id, secret)
    return { operator: { ...operator, last_login_at: now }, tokens, enrolment }
  })
  if (outcome instanceof Error) throw outcome
  return outcome
}
