import { type PlayerCaller, type Route, serve } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { onWire } from '#vocabulary/wire.ts'
import * as contract from './contract.ts'
import { endSession, endSessions } from './end-sessions.ts'
import { listSessions } from './list-sessions.ts'
import { clientName } from './sessions.rules.ts'
import type { ListedSession } from './sessions.sql.ts'
import { forgetTokens } from './show-tokens.ts'
import { watchSession } from './watch-session.ts'
import { watchWallet } from './watch-wallet.ts'

export function routes(app: App): Route[] {
  return [
    serve(contract.postLogout, async (asked) => {
      const { caller } = asked
      await app.inTransaction((tx) => endSession(app, tx, caller, caller.sessionId, 'logged_out'))
      forgetTokens(asked)
    }),
    serve(contract.postLogoutAll, async (asked) => {
      await app.inTransaction((tx) => endSessions(app, tx, asked.caller, 'logged_out_everywhere'))
      forgetTokens(asked)
    }),
    serve(contract.getSessions, async ({ caller }) => ({
      items: (await listSessions(app, caller)).map((session) => sessionOnWire(session, caller)),
    })),
    serve(contract.deleteSession, async ({ caller, params }) => {
      const id = BigInt(params.session_id)
      if (!(await app.inTransaction((tx) => endSession(app, tx, caller, id, 'ended_by_owner'))))
        throw contract.sessionNotFound.with()
    }),
    serve(contract.getLive, async ({ caller, http }) => {
      const stream = http.openStream()
      watchWallet(app, caller, stream)
      await watchSession(app, caller, stream)
    }),
  ]
}

function sessionOnWire(session: ListedSession, caller: PlayerCaller) {
  return {
    session_id: onWire(session.id),
    client: clientName(session.user_agent),
    ip_hint: session.address_hint,
    created_at: session.created_at.toISOString(),
    last_used_at: session.last_used_at.toISOString(),
    is_current: session.id === caller.sessionId,
  }
}
