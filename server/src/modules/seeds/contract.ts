import Type from 'typebox'
import { endpoint } from '#platform/route/endpoint.ts'
import { refusal } from '#vocabulary/failure.ts'
import { AmountOut, Id, Instant, nullable, object } from '#vocabulary/wire.ts'

export const clientSeedNotPlain = refusal({
  code: 'seeds.client_seed_not_plain',
  status: 422,
  ko: '시드에는 영문자, 숫자, 점, 밑줄, 붙임표를 1자에서 64자까지 쓸 수 있습니다.',
  en: 'A client seed is 1 to 64 letters, digits, dots, underscores or dashes.',
})

const Hex = Type.String({ pattern: '^[0-9a-f]{64}$' })

const CurrentPair = object({
  pair_id: Id,
  commitment: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the server seed.' }),
  client_seed: Type.String(),
  next_nonce: AmountOut,
  next_commitment: Type.String({
    pattern: '^[0-9a-f]{64}$',
    description: 'SHA-256 of the server seed that follows: choose a client seed for it when you rotate.',
  }),
  created_at: Instant,
})

const RevealedPair = object({
  pair_id: Id,
  commitment: Hex,
  server_seed: Hex,
  client_seed: Type.String(),
  rounds: AmountOut,
  created_at: Instant,
  revealed_at: Instant,
})

const Pairs = object({ current: CurrentPair, last_revealed: nullable(RevealedPair) })

export const getSeed = endpoint({
  method: 'GET',
  path: '/api/fairness/seed',
  tag: 'fairness',
  summary: 'What your next rounds are committed to.',
  description: 'The server seed stays secret until you rotate; its hash is here from the start.',
  guard: 'player',
  reply: Pairs,
  examples: [
    {
      current: {
        pair_id: 12,
        commitment: 'a1c9f2f5d1f0f5d1e8a3b3d5c6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f809',
        client_seed: 'lucky-koi',
        next_nonce: 3,
        next_commitment: '0f2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff001',
        created_at: '2026-11-23T09:00:00.000Z',
      },
      last_revealed: null,
    },
  ],
  refusals: [],
})

export const rotateSeed = endpoint({
  method: 'POST',
  path: '/api/fairness/rotate',
  tag: 'fairness',
  summary: 'Reveal your server seed and start a new pair.',
  description:
    'The old server seed is shown at once, the one promised as `next_commitment` takes its place, and the nonce begins ' +
    'at 0. A client seed can only be chosen here, for a server seed that can no longer change. Asking again with the ' +
    'same client seed before a round was played changes nothing.',
  guard: 'player',
  body: object({ client_seed: Type.Optional(Type.String({ maxLength: 200 })) }),
  reply: Pairs,
  callsPerMinute: 30,
  refusals: [clientSeedNotPlain],
})
