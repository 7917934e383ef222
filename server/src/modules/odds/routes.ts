import { type Route, serve } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { onWire } from '#vocabulary/wire.ts'
import * as contract from './contract.ts'
import { listLog } from './list-log.ts'

export function routes(app: App): Route[] {
  return [
    serve(contract.getLog, async ({ query: { limit = 20, cursor } }) => {
      const { entries, nextCursor } = await listLog(app.db, { limit, cursor })
      return {
        items: entries.map(({ number, subject, body, previous_hash: previousHash, hash }) => ({
          number: onWire(number),
          subject,
          body,
          previous_hash: previousHash,
          hash,
        })),
        next_cursor: nextCursor,
      }
    }),
  ]
}
