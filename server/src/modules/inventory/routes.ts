import { type Route, serve } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { onWire } from '#vocabulary/wire.ts'
import * as contract from './contract.ts'
import { listItems } from './list-items.ts'

export function routes(app: App): Route[] {
  return [
    serve(contract.getInventory, async ({ caller }) => ({
      items: (await listItems(app.db, caller.playerId)).map((row) => ({
        item_id: row.item,
        name: { ko: row.name_ko, en: row.name_en },
        rarity: row.rarity,
        count: onWire(row.count),
        given_by: row.given_by,
        first_received_at: row.first_received_at.toISOString(),
      })),
    })),
  ]
}
