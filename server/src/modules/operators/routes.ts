import { endSession } from '#modules/sessions/end-sessions.ts'
import { refreshSession } from '#modules/sessions/refresh-session.ts'
import { forgetTokens, refreshFor, showTokens } from '#modules/sessions/show-tokens.ts'
import { type Route, serve } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { Bug } from '#vocabulary/failure.ts'
import { onWire } from '#vocabulary/wire.ts'
import { bootstrapOperator } from './bootstrap-operator.ts'
import { confirmTotp } from './confirm-totp.ts'
import * as contract from './contract.ts'
import { logInOperator } from './log-in-operator.ts'
import { type OperatorRow, selectOperator } from './operators.sql.ts'
import type { Enrolment } from './second-factor.ts'

export function routes(app: App): Route[] {
  return [
    serve(contract.postBootstrap, async (asked) => {
      const { secret, site_id: siteId, password } = asked.body
      const { operator, tokens, enrolment } = await bootstrapOperator(app, { secret, siteId, password }, asked.client)
      return { ...showTokens(asked, tokens), operator: operatorOnWire(operator), enrolment: enrolmentOnWire(enrolment) }
    }),
    serve(contract.postLogIn, async (asked) => {
      const { site_id: siteId, password, otp, recovery_code: recoveryCode } = asked.body
      const command = { siteId, password, otp, recoveryCode }
      const { operator, tokens, enrolment } = await logInOperator(app, command, asked.client)
      return { ...showTokens(asked, tokens), operator: operatorOnWire(operator), enrolment: enrolmentOnWire(enrolment) }
    }),
    serve(contract.postConfirmTotp, async ({ caller, body, client }) => {
      const { recoveryCodes } = await confirmTotp(app, caller, body.otp, client)
      return { recovery_codes: [...recoveryCodes] }
    }),
    serve(contract.postRefresh, async (asked) => {
      const tokens = await refreshFor(asked, asked.body?.refresh_token, (token) =>
        refreshSession(app, token, 'operator'),
      )
      if (tokens.subject.kind !== 'operator') throw new Bug('a refresh turned an operator into a player')
      const operator = await operatorOf(app, tokens.subject.operatorId)
      return { ...showTokens(asked, tokens), operator: operatorOnWire(operator), enrolment: null }
    }),
    serve(contract.postLogout, async (asked) => {
      const { caller } = asked
      await app.inTransaction((tx) => endSession(app, tx, caller, caller.sessionId, 'logged_out'))
      forgetTokens(asked)
    }),
    serve(contract.getMe, async ({ caller }) => operatorOnWire(await operatorOf(app, caller.operatorId))),
  ]
}

async function operatorOf(app: App, id: bigint): Promise<OperatorRow> {
  const operator = await selectOperator(app.db, id)
  if (!operator) throw new Bug(`operator ${id} has a session and no row`)
  return operator
}

function operatorOnWire(operator: OperatorRow) {
  return {
    operator_id: onWire(operator.id),
    site_id: operator.site_id,
    role: 'operator' as const,
    is_enrolled: operator.totp_confirmed_at !== null,
    created_at: operator.created_at.toISOString(),
    last_login_at: operator.last_login_at?.toISOString() ?? null,
  }
}

function enrolmentOnWire(enrolment: Enrolment | null) {
  return enrolment && { totp_secret: enrolment.secret, otpauth_uri: enrolment.uri }
}
