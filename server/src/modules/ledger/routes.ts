import { type Route, serve } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { onWire } from '#vocabulary/wire.ts'
import * as contract from './contract.ts'
import type { EntryRow } from './ledger.sql.ts'
import { listEntries } from './list-entries.ts'
import { readWallet } from './read-wallet.ts'

export function routes(app: App): Route[] {
  return [
    serve(contract.getWallet, async ({ caller }) => {
      const { token, gem } = await readWallet(app.db, caller.playerId)
      return { balances: { token: onWire(token), gem: onWire(gem) } }
    }),
    serve(contract.getEntries, async ({ caller, query: { asset = 'token', limit = 20, cursor } }) => {
      const { entries, nextCursor } = await listEntries(app.db, caller.playerId, { asset, limit, cursor })
      return { items: entries.map((entry) => entryOnWire(entry, asset)), next_cursor: nextCursor }
    }),
  ]
}

function entryOnWire(entry: EntryRow, asset: 'token' | 'gem') {
  return {
    entry_id: onWire(entry.number),
    transfer_id: onWire(entry.transfer_id),
    asset,
    amount: onWire(entry.is_out ? -entry.amount : entry.amount),
    balance_after: onWire(entry.balance_after),
    // A round is one transfer with two sides: what was staked, and what was paid.
    reason: entry.reason.replace(/\.round$/, entry.is_out ? '.stake' : '.payout'),
    occurred_at: entry.occurred_at.toISOString(),
  }
}
