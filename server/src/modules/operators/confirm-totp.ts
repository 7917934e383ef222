import { admitAttempt, settleAttempt } from '#modules/credentials/watch-guesses.ts'
import { grantSecondFactor } from '#modules/sessions/grant-second-factor.ts'
import type { Client, OperatorCaller } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { Bug } from '#vocabulary/failure.ts'
import { alreadyEnrolled, codeWrong, lockedOut } from './contract.ts'
import { operatorAccount } from './log-in-operator.ts'
import { lockOperator, replaceRecoveryCodes, selectOperator, updateOperator } from './operators.sql.ts'
import { recoveryHash, spendFactor } from './second-factor.ts'
import { drawRecoveryCodes } from './totp.ts'

/**
 * Confirms the second factor by a first code, which lifts this session, and gives ten recovery codes.
 *
 * @throws Refusal `operators.code_wrong`, `operators.already_enrolled`
 * @throws Refusal `operators.locked_out` with `retry_after_seconds`
 */
export async function confirmTotp(
  app: App,
  { operatorId, sessionId }: OperatorCaller,
  otp: string,
  client: Client,
): Promise<{ readonly recoveryCodes: readonly string[] }> {
  const known = await selectOperator(app.db, operatorId)
  if (!known) throw new Bug(`operator ${operatorId} has a session and no row`)
  const account = operatorAccount(known.site_id)
  const admitted = await admitAttempt(app, { account, address: client.address, device: null })
  if ('waitSeconds' in admitted) throw lockedOut.with({ retry_after_seconds: admitted.waitSeconds })

  const outcome = await app.inTransaction(async (tx) => {
    const operator = await lockOperator(tx, operatorId)
    if (!operator) throw new Bug(`operator ${operatorId} has gone`)
    if (operator.totp_confirmed_at !== null) return alreadyEnrolled.with()
    const isRight = await spendFactor(app, tx, operator, { otp, recoveryCode: undefined })
    const waitSeconds = await settleAttempt(app, tx, admitted, isRight)
    if (waitSeconds > 0) return lockedOut.with({ retry_after_seconds: waitSeconds })
    if (!isRight) return codeWrong.with()

    const recoveryCodes = drawRecoveryCodes()
    await updateOperator(tx, operatorId, { totp_confirmed_at: app.clock.now() })
    await replaceRecoveryCodes(tx, operatorId, recoveryCodes.map(recoveryHash))
    await grantSecondFactor(tx, sessionId)
    return { recoveryCodes }
  })
  if (outcome instanceof Error) throw outcome
  return outcome
}
