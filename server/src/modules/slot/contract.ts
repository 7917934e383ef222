import Type from 'typebox'
import { insufficientBalance } from '#modules/ledger/contract.ts'
import { dailyLimitReached, requestIdReused } from '#modules/rounds/contract.ts'
import { endpoint } from '#platform/route/endpoint.ts'
import { refusal } from '#vocabulary/failure.ts'
import { AmountIn, AmountOut, Id, Instant, nullable, object } from '#vocabulary/wire.ts'

export const betOutOfRange = refusal({
  code: 'slot.bet_out_of_range',
  status: 422,
  ko: '{min}개부터 {max}개까지 걸 수 있습니다.',
  en: 'Bets are {min} to {max} tokens.',
})

const SpinReply = object({
  round_id: Id,
  request_id: Type.String({ format: 'uuid' }),
  bet_amount: AmountOut,
  reels: Type.Array(Type.String(), { minItems: 3, maxItems: 3 }),
  win_amount: AmountOut,
  is_jackpot: Type.Boolean(),
  streak: Type.Integer(),
  streak_bonus_percent: Type.Integer(),
  balance: AmountOut,
  special_animation: Type.Unsafe<'win' | 'big_win' | 'jackpot' | null>({
    type: ['string', 'null'],
    enum: ['win', 'big_win', 'jackpot', null],
  }),
  played_at: Instant,
})

const spin = {
  method: 'POST',
  tag: 'games',
  guard: 'player',
  sessionChecked: 'by_the_act',
  description:
    'The `Idempotency-Key` names the spin for ever: the same key and bet give the same answer and are charged once.',
  body: object({ bet_amount: AmountIn }),
  reply: SpinReply,
  examples: [
    {
      round_id: 1024,
      request_id: '3f0c8f2e-6a0e-4c39-9f0e-1f7b0e7c2a11',
      bet_amount: 50,
      reels: ['cherry', 'cherry', 'lemon'],
      win_amount: 61,
      is_jackpot: false,
      streak: 4,
      streak_bonus_percent: 6,
      balance: 211,
      special_animation: 'win',
      played_at: '2026-11-23T09:00:00.000Z',
    },
  ],
  idempotencyKey: 'required',
  refusals: [insufficientBalance, dailyLimitReached, requestIdReused, betOutOfRange],
} as const

export const spinSlot = endpoint({ ...spin, path: '/api/games/slot/spin', summary: 'Spin the slot.' })

export const spinSlotAction = endpoint({
  ...spin,
  path: '/api/actions/SLOT_SPIN',
  summary: 'Spin the slot (the same act, under its action name).',
})

export const getSlotConfig = endpoint({
  method: 'GET',
  path: '/api/games/slot/config',
  tag: 'games',
  summary: 'The configuration that is drawn from, and the exact odds computed from it.',
  guard: 'nobody',
  reply: object({
    config_id: Id,
    config_hash: Type.String(),
    published_at: Instant,
    config: Type.Object({}, { additionalProperties: true, description: 'The very object the engine draws from.' }),
    odds: Type.Object({}, { additionalProperties: true, description: 'Exact: fractions, and decimals of them.' }),
  }),
  refusals: [],
})

export const getSlotState = endpoint({
  method: 'GET',
  path: '/api/games/slot/state',
  tag: 'games',
  summary: 'Where you stand: streak, and what is left of today.',
  guard: 'player',
  reply: object({
    streak: Type.Integer(),
    streak_bonus_percent: Type.Integer({ description: 'What the next win is raised by.' }),
    streak_ends_at: nullable(Instant),
    spins_today: Type.Integer(),
    spins_left_today: Type.Integer(),
  }),
  refusals: [],
})
