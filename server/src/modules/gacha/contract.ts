import Type from 'typebox'
import { insufficientBalance } from '#modules/ledger/contract.ts'
import { dailyLimitReached, requestIdReused } from '#modules/rounds/contract.ts'
import { endpoint } from '#platform/route/endpoint.ts'
import { invalidCursor } from '#vocabulary/cursor.ts'
import { refusal } from '#vocabulary/failure.ts'
import { AmountIn, AmountOut, Id, Instant, nullable, object, PageQuery, page } from '#vocabulary/wire.ts'

export const pullCountNotOffered = refusal({
  code: 'gacha.pull_count_not_offered',
  status: 422,
  ko: '한 번에 1번이나 10번 뽑을 수 있습니다.',
  en: 'Pulls are made one at a time or ten at a time.',
})

const Rarity = Type.Enum(['legendary', 'epic', 'rare', 'common'])
const Animation = Type.Enum(['normal', 'epic', 'legendary', 'near_miss', 'pity'])

const Item = object({
  item_id: Type.String(),
  name: Type.String({ description: 'In the language asked for.' }),
  rarity: Rarity,
  drawn: Type.Enum(['legendary', 'epic', 'rare', 'near_miss_epic', 'near_miss_legendary', 'common'], {
    description: 'What came out of the draw; a near miss is granted one step below what it looks like.',
  }),
  by_pity: Type.Boolean(),
  animation_type: Animation,
  is_new: Type.Boolean(),
  duplicate_tokens: nullable(AmountOut),
})

const Pulled = {
  round_id: Id,
  items: Type.Array(Item, { minItems: 1, maxItems: 10 }),
  rare_item_count: Type.Integer({ description: 'Items of rarity rare.' }),
  ultra_rare_item_count: Type.Integer({ description: 'Items of rarity epic or legendary.' }),
  pull_count: Type.Integer(),
  animation_type: Animation,
  price_tokens: AmountOut,
  duplicate_tokens: AmountOut,
  played_at: Instant,
}

export const pullGacha = endpoint({
  method: 'POST',
  path: '/api/games/gacha/pull',
  tag: 'games',
  summary: 'Pull once, or ten times at a discount.',
  description:
    'The `Idempotency-Key` names the pull for ever: the same key and count give the same items and are charged once. ' +
    'Ten pulls are ten single pulls, paid together. What is owned already is converted to tokens by the published ' +
    'table. `currency_balance.gems` is what you hold now, everything else is of the moment of the pull.',
  guard: 'player',
  sessionChecked: 'by_the_act',
  body: object({ pull_count: AmountIn }),
  reply: object({
    ...Pulled,
    request_id: Type.String({ format: 'uuid' }),
    balance: AmountOut,
    psychological_message: Type.String({ description: 'What kind of result it was. States, never urges.' }),
    message: Type.String(),
    special_animation: Type.Unsafe<'legendary_reveal' | 'epic_reveal' | null>({
      type: ['string', 'null'],
      enum: ['legendary_reveal', 'epic_reveal', null],
    }),
    currency_balance: object({ tokens: AmountOut, gems: AmountOut }),
  }),
  examples: [
    {
      round_id: 2048,
      request_id: '3f0c8f2e-6a0e-4c39-9f0e-1f7b0e7c2a11',
      items: [
        {
          item_id: 'holo-wings',
          name: 'Hologram Wings',
          rarity: 'epic',
          drawn: 'epic',
          by_pity: false,
          animation_type: 'epic',
          is_new: true,
          duplicate_tokens: null,
        },
      ],
      rare_item_count: 0,
      ultra_rare_item_count: 1,
      pull_count: 1,
      animation_type: 'epic',
      price_tokens: 50,
      duplicate_tokens: 0,
      balance: 150,
      psychological_message: 'An epic item came up.',
      message: '1 pull: 1 epic.',
      special_animation: 'epic_reveal',
      currency_balance: { tokens: 150, gems: 0 },
      played_at: '2026-11-23T09:00:00.000Z',
    },
  ],
  idempotencyKey: 'required',
  refusals: [insufficientBalance, dailyLimitReached, requestIdReused, pullCountNotOffered],
})

export const getGachaConfig = endpoint({
  method: 'GET',
  path: '/api/games/gacha/config',
  tag: 'games',
  summary: 'The configuration that is drawn from, the exact odds computed from it, and what is left in stock.',
  guard: 'nobody',
  reply: object({
    config_id: Id,
    config_hash: Type.String(),
    published_at: Instant,
    config: Type.Object({}, { additionalProperties: true, description: 'The very object the engine draws from.' }),
    odds: Type.Object({}, { additionalProperties: true, description: 'Exact: fractions, and decimals of them.' }),
    stock: Type.Array(object({ item_id: Type.String(), left: AmountOut })),
  }),
  refusals: [],
})

export const getGachaStats = endpoint({
  method: 'GET',
  path: '/api/games/gacha/stats',
  tag: 'games',
  summary: 'Where you stand: counters, what is left of today, and what you have pulled.',
  guard: 'player',
  reply: object({
    pulls: AmountOut,
    granted: object({ legendary: AmountOut, epic: AmountOut, rare: AmountOut, common: AmountOut }),
    misses: Type.Integer({ description: 'Pulls in a row below epic.' }),
    pity_after_misses: Type.Integer(),
    pulls_since_epic: Type.Integer({ description: 'Counted up to where it no longer matters.' }),
    pulls_since_legendary: Type.Integer({ description: 'Counted up to where it no longer matters.' }),
    pulls_today: Type.Integer(),
    pulls_left_today: Type.Integer(),
    spent_tokens: AmountOut,
    duplicate_tokens: AmountOut,
  }),
  refusals: [],
})

export const getGachaHistory = endpoint({
  method: 'GET',
  path: '/api/games/gacha/history',
  tag: 'games',
  summary: 'Your pulls, newest first.',
  guard: 'player',
  query: object({ ...PageQuery }),
  reply: page(object(Pulled)),
  refusals: [invalidCursor],
})

export const getGachaWinners = endpoint({
  method: 'GET',
  path: '/api/games/gacha/winners',
  tag: 'games',
  summary: 'The latest epic and legendary prizes that members received, newest first.',
  description:
    'From rounds that were really played, the last twenty of each rarity; nicknames are masked. Who has chosen not to ' +
    'be shown is left out. Empty until somebody has received one.',
  guard: 'player',
  reply: object({
    items: Type.Array(
      object({
        nickname: Type.String({ description: 'Masked: first letter, three asterisks, last letter.' }),
        is_you: Type.Boolean(),
        rarity: Type.Enum(['legendary', 'epic']),
        item_id: Type.String(),
        name: Type.String({ description: 'In the language asked for.' }),
        won_at: Instant,
      }),
      { maxItems: 40 },
    ),
  }),
  examples: [
    {
      items: [
        {
          nickname: 'l***a',
          is_you: false,
          rarity: 'legendary',
          item_id: 'koi-of-light',
          name: 'Koi of Light',
          won_at: '2026-11-23T09:00:00.000Z',
        },
      ],
    },
  ],
  refusals: [],
})
