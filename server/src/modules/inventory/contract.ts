import Type from 'typebox'
import { endpoint } from '#platform/route/endpoint.ts'
import { AmountOut, Instant, object } from '#vocabulary/wire.ts'

export const getInventory = endpoint({
  method: 'GET',
  path: '/api/inventory',
  tag: 'inventory',
  summary: 'What you own, newest first.',
  guard: 'player',
  reply: object({
    items: Type.Array(
      object({
        item_id: Type.String(),
        name: object({ ko: Type.String(), en: Type.String() }),
        rarity: Type.String(),
        count: AmountOut,
        given_by: Type.String({ examples: ['gacha'] }),
        first_received_at: Instant,
      }),
    ),
  }),
  examples: [
    {
      items: [
        {
          item_id: 'paper-crane',
          name: { ko: '빛나는 종이학', en: 'Glowing Paper Crane' },
          rarity: 'rare',
          count: 1,
          given_by: 'gacha',
          first_received_at: '2026-11-23T09:00:00.000Z',
        },
      ],
    },
  ],
  refusals: [],
})
