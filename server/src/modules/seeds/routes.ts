import { type Route, serve } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { onWire } from '#vocabulary/wire.ts'
import * as contract from './contract.ts'
import { type CurrentPair, type RevealedPair, readPair } from './read-pair.ts'
import { rotatePair } from './rotate-pair.ts'

export function routes(app: App): Route[] {
  return [
    serve(contract.getSeed, async ({ caller }) => pairsOnWire(await readPair(app, caller.playerId))),
    serve(contract.rotateSeed, async ({ caller, body }) =>
      pairsOnWire(await rotatePair(app, caller.playerId, body.client_seed)),
    ),
  ]
}

function pairsOnWire({ current, revealed }: { current: CurrentPair; revealed: RevealedPair | null }) {
  return {
    current: {
      pair_id: onWire(current.pairId),
      commitment: current.commitment,
      client_seed: current.clientSeed,
      next_nonce: onWire(current.nextNonce),
      next_commitment: current.nextCommitment,
      created_at: current.createdAt.toISOString(),
    },
    last_revealed: revealed && {
      pair_id: onWire(revealed.pairId),
      commitment: revealed.commitment,
      server_seed: revealed.serverSeed,
      client_seed: revealed.clientSeed,
      rounds: onWire(revealed.rounds),
      created_at: revealed.createdAt.toISOString(),
      revealed_at: revealed.revealedAt.toISOString(),
    },
  }
}
