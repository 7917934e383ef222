import Type from 'typebox'
import { endpoint } from '#platform/route/endpoint.ts'
import { AmountOut, object } from '#vocabulary/wire.ts'

export const getAudit = endpoint({
  method: 'GET',
  path: '/api/admin/audit',
  tag: 'operators',
  summary: 'Recompute every balance and the trial balance, and name every difference.',
  guard: 'operator',
  callsPerMinute: 6,
  reply: object({
    wallets: Type.Integer(),
    transfers: Type.Integer(),
    postings: Type.Integer(),
    trial_balance: Type.Array(object({ owner: Type.String(), asset: Type.String(), balance: AmountOut })),
    differences: Type.Array(
      object({ what: Type.String(), where: Type.String(), expected: Type.String(), found: Type.String() }),
    ),
  }),
  refusals: [],
})
