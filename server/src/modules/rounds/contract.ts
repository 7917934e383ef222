import Type from 'typebox'
import { endpoint } from '#platform/route/endpoint.ts'
import { invalidCursor } from '#vocabulary/cursor.ts'
import { refusal } from '#vocabulary/failure.ts'
import { AmountOut, Id, IdInPath, Instant, nullable, object, PageQuery, page } from '#vocabulary/wire.ts'

export const requestIdReused = refusal({
  code: 'rounds.request_id_reused',
  status: 422,
  ko: '이 요청 번호는 다른 라운드에 이미 쓰였습니다.',
  en: 'This request id has already been used for a different round.',
})
export const dailyLimitReached = refusal({
  code: 'rounds.daily_limit_reached',
  status: 429,
  ko: '오늘은 {limit}번까지 할 수 있습니다. 자정(한국 시간)에 다시 열립니다.',
  en: 'Today’s limit of {limit} rounds is reached. It opens again at midnight, Korean time.',
})
export const roundNotFound = refusal({
  code: 'rounds.not_found',
  status: 404,
  ko: '그런 라운드는 없습니다.',
  en: 'There is no such round.',
})

const RoundOnWire = object({
  round_id: Id,
  game: Type.String({ examples: ['slot'] }),
  config_id: Id,
  bet_amount: AmountOut,
  win_amount: AmountOut,
  balance_after: AmountOut,
  outcome: Type.Object({}, { additionalProperties: true, description: 'What happened; its shape is the game’s.' }),
  played_at: Instant,
})

const SessionOnWire = object({
  session_number: Id,
  game: Type.String(),
  started_at: Instant,
  ended_at: nullable(Instant),
  rounds: Type.Integer(),
  total_bet: AmountOut,
  total_win: AmountOut,
  net: AmountOut,
})

const GameQuery = { game: Type.Optional(Type.String({ pattern: '^[a-z][a-z-]{1,30}$', default: 'slot' })) }

/** A day of the player, in Asia/Seoul. 29 February of a year that has none is 1 March, as it is for the clock. */
const Day = Type.String({
  pattern:
    '^20[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-9]))$',
  examples: ['2026-11-26'],
})

export const getRounds = endpoint({
  method: 'GET',
  path: '/api/games/rounds',
  tag: 'games',
  summary:
    'Your rounds, newest first. `won` paid more than the stake, `returned` something, `lost` nothing; days are Korean ones, both included. A page may be short or empty while there is more to look through: only a null `next_cursor` is the end.',
  guard: 'player',
  query: object({
    game: Type.Optional(Type.String({ pattern: '^[a-z][a-z-]{1,30}$' })),
    result: Type.Optional(Type.Union([Type.Literal('won'), Type.Literal('returned'), Type.Literal('lost')])),
    from_day: Type.Optional(Day),
    to_day: Type.Optional(Day),
    ...PageQuery,
  }),
  reply: page(RoundOnWire),
  refusals: [invalidCursor],
})

export const getRound = endpoint({
  method: 'GET',
  path: '/api/games/rounds/{round_id}',
  tag: 'games',
  summary: 'One of your rounds.',
  guard: 'player',
  params: object({ round_id: IdInPath }),
  reply: RoundOnWire,
  refusals: [roundNotFound],
})

export const getSessions = endpoint({
  method: 'GET',
  path: '/api/games/sessions',
  tag: 'games',
  summary: 'Your sessions in one game, newest first. A session ends with half an hour without a round.',
  guard: 'player',
  query: object({ ...GameQuery, ...PageQuery }),
  reply: page(SessionOnWire),
  refusals: [invalidCursor],
})

const Receipt = Type.Object(
  {},
  {
    additionalProperties: true,
    description:
      'Format `casino-club-receipt-1` (fairness/README.md). `server_seed` is null until the pair is rotated away.',
  },
)
const ReceiptOfRound = { round_id: Id, played_at: Instant, receipt: Receipt }

export const getReceipt = endpoint({
  method: 'GET',
  path: '/api/fairness/rounds/{round_id}',
  tag: 'fairness',
  summary: 'The receipt of one of your rounds, with the configuration it was drawn from.',
  guard: 'player',
  params: object({ round_id: IdInPath }),
  reply: object(ReceiptOfRound),
  refusals: [roundNotFound],
})

export const getReceipts = endpoint({
  method: 'GET',
  path: '/api/fairness/receipts',
  tag: 'fairness',
  summary: 'All your receipts, newest first, each configuration once.',
  guard: 'player',
  query: object({ game: Type.Optional(Type.String({ pattern: '^[a-z][a-z-]{1,30}$' })), ...PageQuery }),
  reply: object({
    items: Type.Array(object(ReceiptOfRound)),
    configs: Type.Array(
      object({
        config_id: Id,
        config_hash: Type.String(),
        config: Type.Object({}, { additionalProperties: true }),
      }),
    ),
    next_cursor: nullable(Type.String()),
  }),
  refusals: [invalidCursor],
})

const Figures = {
  rounds: Type.Integer(),
  wins: Type.Integer(),
  total_bet: AmountOut,
  total_win: AmountOut,
  net: AmountOut,
  win_rate_ppm: nullable(Type.Integer({ description: 'Rounds that paid anything, in parts per million of all.' })),
  return_rate_ppm: nullable(Type.Integer({ description: 'Paid out, in parts per million of what was staked.' })),
  biggest_win: AmountOut,
}

export const getStats = endpoint({
  method: 'GET',
  path: '/api/users/stats',
  tag: 'users',
  summary: 'Your figures: per game, and altogether. Equal to a recomputation from the ledger.',
  guard: 'player',
  reply: object({
    games: Type.Array(object({ game: Type.String(), best_streak: Type.Integer(), ...Figures })),
    totals: object(Figures),
    play_seconds: Type.Integer(),
  }),
  refusals: [],
})
