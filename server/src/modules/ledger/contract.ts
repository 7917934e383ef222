import Type from 'typebox'
import { endpoint } from '#platform/route/endpoint.ts'
import { invalidCursor } from '#vocabulary/cursor.ts'
import { refusal } from '#vocabulary/failure.ts'
import { AmountOut, Id, Instant, object, PageQuery, page } from '#vocabulary/wire.ts'

export const insufficientBalance = refusal({
  code: 'ledger.insufficient_balance',
  status: 409,
  ko: '{needed}이(가) 필요한데 {balance}이(가) 있습니다.',
  en: 'This needs {needed}; you have {balance}.',
})

export const requestIdReused = refusal({
  code: 'ledger.request_id_reused',
  status: 422,
  ko: '이 요청 번호는 다른 요청에 이미 쓰였습니다.',
  en: 'This request id has already been used for a different request.',
})

const AssetOnWire = Type.Enum(['token', 'gem'])

export const getWallet = endpoint({
  method: 'GET',
  path: '/api/wallet',
  tag: 'wallet',
  summary: 'What you hold.',
  guard: 'player',
  reply: object({ balances: object({ token: AmountOut, gem: AmountOut }) }),
  examples: [{ balances: { token: 200, gem: 0 } }],
  refusals: [],
})

export const getEntries = endpoint({
  method: 'GET',
  path: '/api/wallet/entries',
  tag: 'wallet',
  summary: 'Your statement, newest first: every movement, and what it left you with.',
  guard: 'player',
  query: object({ asset: Type.Optional(Type.Enum(['token', 'gem'], { default: 'token' })), ...PageQuery }),
  reply: page(
    object({
      entry_id: Id,
      transfer_id: Id,
      asset: AssetOnWire,
      amount: AmountOut,
      balance_after: AmountOut,
      reason: Type.String({ examples: ['slot.stake'] }),
      occurred_at: Instant,
    }),
  ),
  refusals: [invalidCursor],
})
