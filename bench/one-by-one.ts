import type { Draws } from '@casino-club/fairness/draws.ts'
import { isSlotConfig } from '@casino-club/fairness/slot.config.ts'
import { playSlot } from '@casino-club/fairness/slot.rules.ts'
import type { App } from '../server/src/app.ts'
import { requestHash } from '../server/src/modules/ledger/request-hash.ts'
import type { LiveConfigs } from '../server/src/modules/odds/live-config.ts'
import type { Engine, Play } from '../server/src/modules/rounds/play-rounds.ts'
import { hotStatement } from '../server/src/platform/postgres/database.ts'

/*
 * The two ways in which such a round is usually committed, for comparison: the same rows, behind the same HTTP, with
 * named prepared statements throughout. Each takes the next nonce of its player's seeds and writes it down with the round;
 * neither makes its draws from them, so both do a little less.
 */

const SLOT_TILL = 3n

type Pair = { pair_id: bigint; nonce: bigint }
type Locked = { wallet: bigint; balance: bigint; entries: bigint; rounds: bigint; streak: number }

const lockState = hotStatement<{ rounds: bigint; streak: number }>(
  'bench_lock_state',
  `select rounds, (state->>'streak')::int as streak from rounds_state where player_id = $1 and game = 'slot' for update`,
)
export const lockPair = hotStatement<Pair>(
  'bench_lock_pair',
  'select id as pair_id, next_nonce as nonce from seeds_pair where player_id = $1 for update',
)
export const countNonce = hotStatement<never>(
  'bench_count_nonce',
  'update seeds_pair set next_nonce = $2 where player_id = $1',
)
export const lockWallet = hotStatement<{ id: bigint; balance: bigint; entries: bigint }>(
  'bench_lock_wallet',
  `select id, balance, entries from ledger_account where player_id = $1 and asset = 'token' for update`,
)
export const findEarlier = hotStatement<{ id: bigint }>(
  'bench_find_earlier',
  'select id from ledger_transfer where player_id = $1 and request_id = $2',
)
export const insertTransfer = hotStatement<{ id: bigint }>(
  'bench_insert_transfer',
  `insert into ledger_transfer (player_id, request_id, request_hash, reason, occurred_at)
   values ($1, $2, $3, $5, $4) returning id`,
)
export const insertPosting = hotStatement<never>(
  'bench_insert_posting',
  `insert into ledger_posting (transfer_id, from_account, to_account, amount, number, balance_after)
   values ($1, $2, $3, $4, $5, $6)`,
)
export const updateWallet = hotStatement<never>(
  'bench_update_wallet',
  'update ledger_account set balance = $2, entries = $3 where id = $1',
)
export const insertRound = hotStatement<never>(
  'bench_insert_round',
  `insert into rounds_round
          (player_id, id, game, config_id, stake, payout, balance_after, outcome, played_at, pair_id, nonce)
   values ($1, $2, $9, $3, $4, $5, $6, $7, $8, $10, $11)`,
)
const updateState = hotStatement<never>(
  'bench_update_state',
  `update rounds_state
      set state = jsonb_build_object('streak', $2::int), rounds_today = rounds_today + 1, rounds = rounds + 1,
          wins = wins + ($4::bigint > 0)::int, staked = staked + $3, paid = paid + $4,
          biggest_win = greatest(biggest_win, $4), best_streak = greatest(best_streak, $2), last_played_at = $5,
          session_rounds = session_rounds + 1, session_staked = session_staked + $3, session_paid = session_paid + $4
    where player_id = $1 and game = 'slot'`,
)
export const insertEvent = hotStatement<never>(
  'bench_insert_event',
  `insert into outbox_event (kind, player_id, payload, happened_at) values ('rounds.round_played', $1, $2, $3)`,
)

/** One transaction per round: lock, look, decide, seven writes, commit; each statement waits for the one before. */
export function interactiveEngine(app: App, configs: LiveConfigs, draws: Draws): Engine {
  return {
    play: async ({ playerId, requestId, input }: Play) => {
      const { betTokens } = input as { betTokens: bigint }
      const { id: configId, config } = await configs.of('slot', isSlotConfig)
      const at = app.clock.now()
      return app.inTransaction(async (tx) => {
        const pair = await one(tx.run(lockPair, [playerId]))
        const locked: Locked = { wallet: 0n, ...(await one(tx.run(lockState, [playerId]))), balance: 0n, entries: 0n }
        const wallet = await one(tx.run(lockWallet, [playerId]))
        const [earlier] = await tx.run(findEarlier, [playerId, requestId])
        if (earlier || wallet.balance < betTokens) throw new Error('the benchmark repeats nothing and has enough')

        const spin = playSlot(config, { streak: locked.streak }, betTokens, draws)
        const outcome = shownOf(spin)
        await tx.run(countNonce, [playerId, pair.nonce + 1n])
        const { id } = await one(
          tx.run(insertTransfer, [playerId, requestId, requestHash('slot', betTokens), at, 'slot.round']),
        )
        const afterStake = wallet.balance - betTokens
        const balanceAfter = afterStake + spin.win
        await tx.run(insertPosting, [id, wallet.id, SLOT_TILL, betTokens, wallet.entries + 1n, afterStake])
        if (spin.win > 0n)
          await tx.run(insertPosting, [id, SLOT_TILL, wallet.id, spin.win, wallet.entries + 2n, balanceAfter])
        await tx.run(updateWallet, [wallet.id, balanceAfter, wallet.entries + (spin.win > 0n ? 2n : 1n)])
        await tx.run(insertRound, [
          playerId,
          id,
          configId,
          betTokens,
          spin.win,
          balanceAfter,
          JSON.stringify(outcome),
          at,
          'slot',
          pair.pair_id,
          pair.nonce,
        ])
        await tx.run(updateState, [playerId, spin.streakAfter, betTokens, spin.win, at])
        const told = eventOf('slot', id, configId, betTokens, spin.win)
        await tx.run(insertEvent, [playerId, JSON.stringify(told), at])
        return roundOf('slot', playerId, id, configId, betTokens, spin.win, balanceAfter, outcome, at)
      })
    },
  }
}

const wholeRound = hotStatement<{ id: bigint; win: bigint; balance_after: bigint; streak: number; bonus: number }>(
  'bench_whole_round',
  `with w as materialized (
     select id, balance, entries from ledger_account where player_id = $1 and asset = 'token' for update),
   s as materialized (
     select (state->>'streak')::int as streak from rounds_state where player_id = $1 and game = 'slot' for update),
   d as materialized (
     select w.*, s.streak, least(s.streak * 2, 20) as bonus,
            floor($5::bigint * $6::bigint * (100 + least(s.streak * 2, 20)) * $7::bigint / 10000000.0)::bigint as win
       from w, s
      where w.balance >= $5 and not exists (select from ledger_transfer where player_id = $1 and request_id = $2)),
   n as (
     update seeds_pair x set next_nonce = next_nonce + 1 from d where x.player_id = $1 returning x.id, next_nonce - 1 as nonce),
   t as (
     insert into ledger_transfer (player_id, request_id, request_hash, reason, occurred_at)
     select $1, $2, $3, 'slot.round', $4 from d returning id),
   p as (
     insert into ledger_posting (transfer_id, from_account, to_account, amount, number, balance_after)
     select t.id, d.id, 3, $5::bigint, d.entries + 1, d.balance - $5 from t, d
     union all
     select t.id, 3, d.id, d.win, d.entries + 2, d.balance - $5 + d.win from t, d where d.win > 0),
   a as (
     update ledger_account x set balance = d.balance - $5 + d.win, entries = d.entries + 1 + (d.win > 0)::int
       from d where x.id = d.id),
   r as (
     insert into rounds_round
            (player_id, id, game, config_id, stake, payout, balance_after, outcome, played_at, pair_id, nonce)
     select $1, t.id, 'slot', $8, $5, d.win, d.balance - $5 + d.win,
            $9::jsonb || jsonb_build_object('streak', d.streak + 1, 'streak_bonus_percent', d.bonus), $4,
            n.id, n.nonce
       from t, d, n),
   u as (
     update rounds_state x
        set state = jsonb_build_object('streak', d.streak + 1), rounds_today = rounds_today + 1, rounds = rounds + 1,
            wins = wins + (d.win > 0)::int, staked = staked + $5, paid = paid + d.win,
            biggest_win = greatest(biggest_win, d.win), best_streak = greatest(best_streak, d.streak + 1),
            last_played_at = $4, session_rounds = session_rounds + 1, session_staked = session_staked + $5,
            session_paid = session_paid + d.win
       from d where x.player_id = $1 and x.game = 'slot'),
   e as (
     insert into outbox_event (kind, player_id, payload, happened_at)
     select 'rounds.round_played', $1,
            jsonb_build_object('round_id', t.id, 'game', 'slot', 'config_id', $8::bigint, 'stake', $5::bigint, 'payout', d.win), $4
       from t, d)
   select t.id, d.win, d.balance - $5 + d.win as balance_after, d.streak, d.bonus from t, d`,
)

/** One statement per round: everything in one round trip, the streak's bonus computed by the database. */
export function statementEngine(app: App, configs: LiveConfigs, draws: Draws): Engine {
  return {
    play: async ({ playerId, requestId, input }: Play) => {
      const { betTokens } = input as { betTokens: bigint }
      const { id: configId, config } = await configs.of('slot', isSlotConfig)
      const at = app.clock.now()
      const spin = playSlot(config, { streak: 0 }, betTokens, draws)
      const shown = shownOf(spin)
      const row = await one(
        app.db.run(wholeRound, [
          playerId,
          requestId,
          requestHash('slot', betTokens),
          at,
          betTokens,
          spin.payHundredths,
          spin.variationPermille,
          configId,
          JSON.stringify(shown),
        ]),
      )
      const outcome = { ...shown, streak: row.streak + 1, streak_bonus_percent: row.bonus }
      return roundOf('slot', playerId, row.id, configId, betTokens, row.win, row.balance_after, outcome, at)
    },
  }
}

export async function one<Row>(rows: Promise<Row[]>): Promise<Row> {
  const [row] = await rows
  if (row === undefined) throw new Error('a row is missing')
  return row
}

function shownOf(spin: ReturnType<typeof playSlot>) {
  const { kind, symbol } = spin.combination
  return {
    reels: spin.reels,
    combination: symbol === null ? kind : `${kind}:${symbol}`,
    pay_hundredths: spin.payHundredths,
    streak: spin.streakAfter,
    streak_bonus_percent: spin.streakBonusPercent,
    variation_permille: spin.variationPermille,
    is_jackpot: spin.isJackpot,
  }
}

export function eventOf(game: string, id: bigint, configId: bigint, stake: bigint, payout: bigint) {
  return {
    round_id: Number(id),
    game,
    config_id: Number(configId),
    stake: Number(stake),
    payout: Number(payout),
  }
}

export function roundOf(
  game: string,
  playerId: bigint,
  id: bigint,
  configId: bigint,
  stake: bigint,
  payout: bigint,
  balanceAfter: bigint,
  outcome: unknown,
  playedAt: Date,
) {
  return { id, playerId, game, configId, stake, payout, balanceAfter, outcome, draws: null, playedAt }
}
