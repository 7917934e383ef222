import Type from 'typebox'
import { endpoint } from '#platform/route/endpoint.ts'
import { AmountOut, Id, Instant, nullable, object } from '#vocabulary/wire.ts'
import { ALARM_FROM, ALPHA, WATCH_FROM } from './monitor.rules.ts'

const Count = Type.Integer({ minimum: 0 })
const Evidence = Type.Number({
  minimum: 0,
  description: `How much speaks against the published odds: 1 is nothing, from ${WATCH_FROM} on it is watched, ${ALARM_FROM} is an alarm.`,
})

const Watched = object({
  game: Type.String({ examples: ['slot'] }),
  config_id: Id,
  config_hash: Type.String(),
  is_live: Type.Boolean({ description: 'Drawn from now; otherwise a configuration of earlier days.' }),
  state: Type.Union([Type.Literal('ok'), Type.Literal('watch'), Type.Literal('alarm')]),
  state_since: nullable(Instant),
  watched_since: nullable(Instant),
  last_round_at: nullable(Instant),
  rounds: Count,
  draws: Type.Integer({ minimum: 0, description: 'Spins or pulls; ten pulls at once are one round.' }),
  staked_tokens: AmountOut,
  paid_tokens: AmountOut,
  impossible_rounds: Type.Integer({
    minimum: 0,
    description: 'Rounds that cannot have come from this configuration, whatever the luck. Anything but 0 is an alarm.',
  }),
  evidence: Evidence,
  highest_evidence: Evidence,
  return_ppm: nullable(
    object(
      { observed: Count, expected: Count, lowest: Count, highest: nullable(Count) },
      {
        description:
          'Win ÷ bet on average over all spins, in parts per million, before rounding down to whole tokens. Expected: ' +
          'of the streaks that were played. Null for prizes, and before the first spin.',
      },
    ),
  ),
  kinds: Type.Array(
    object({
      kind: Type.String({ examples: ['legendary', 'triple:seven'] }),
      seen: Count,
      expected: Type.Number({ minimum: 0 }),
      lowest: Count,
      highest: Count,
    }),
  ),
})

export const getStatus = endpoint({
  method: 'GET',
  path: '/api/fairness/status',
  tag: 'fairness',
  summary: 'What was drawn, beside what is published: for every game and configuration.',
  description:
    'Counted round by round, for each pull at the chances its player’s saved state gave it. `lowest` and `highest` hold ' +
    `at all times together with a chance of ${100 * (1 - ALPHA)} % as long as the odds are as published, however often one ` +
    'looks (fairness/src/evidence.ts says why). An alarm stays for ever.',
  guard: 'nobody',
  reply: object({
    alpha_ppm: Type.Integer({ description: 'How often a correct configuration ever comes to an alarm, at most.' }),
    watch_from: Type.Integer(),
    alarm_from: Type.Integer(),
    games: Type.Array(Watched),
  }),
  refusals: [],
})
