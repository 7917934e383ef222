import { type Route, serve } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { onWire } from '#vocabulary/wire.ts'
import { auditHouse } from './audit-house.ts'
import * as contract from './contract.ts'

export function routes(app: App): Route[] {
  return [
    serve(contract.getAudit, async () => {
      const { wallets, transfers, postings, trialBalance, differences } = await auditHouse(app)
      return {
        wallets: onWire(wallets),
        transfers: onWire(transfers),
        postings: onWire(postings),
        trial_balance: trialBalance.map((row) => ({ ...row, balance: onWire(row.balance) })),
        differences: [...differences],
      }
    }),
  ]
}
