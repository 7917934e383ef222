import type { Draws } from '@casino-club/fairness/draws.ts'
import { isGachaConfig } from '@casino-club/fairness/gacha.config.ts'
import type { App } from '../server/src/app.ts'
import { type GachaInput, type GachaMemory, gachaRules, itemOf } from '../server/src/modules/gacha/gacha.rules.ts'
import { requestHash } from '../server/src/modules/ledger/request-hash.ts'
import type { LiveConfigs } from '../server/src/modules/odds/live-config.ts'
import type { Engine, Play } from '../server/src/modules/rounds/play-rounds.ts'
import { hotStatement } from '../server/src/platform/postgres/database.ts'
import {
  countNonce,
  eventOf,
  findEarlier,
  insertEvent,
  insertPosting,
  insertRound,
  insertTransfer,
  lockPair,
  lockWallet,
  one,
  roundOf,
  updateWallet,
} from './one-by-one.ts'

/* Pulls as they are usually committed, for comparison: one transaction per round of pulls, each statement awaited. */

const GACHA_TILL = 6n

const lockState = hotStatement<{ state: GachaMemory }>(
  'bench_lock_gacha_state',
  `select state from rounds_state where player_id = $1 and game = 'gacha' for update`,
)
const readStock = hotStatement<{ item: string; left: bigint }>(
  'bench_read_stock',
  'select item, pieces - taken as left from gacha_stock',
)
const readOwned = hotStatement<{ item: string }>(
  'bench_read_owned',
  'select item from inventory_item where player_id = $1',
)
const takePiece = hotStatement<{ taken: bigint }>(
  'bench_take_piece',
  'update gacha_stock set taken = taken + 1 where item = $1 and taken < pieces returning taken',
)
const insertItem = hotStatement<never>(
  'bench_insert_item',
  `insert into inventory_item (player_id, item, count, rarity, name_ko, name_en, given_by, first_received_at)
   values ($1, $2, 1, $3, $4, $5, 'gacha', $6)`,
)
const updateState = hotStatement<never>(
  'bench_update_gacha_state',
  `update rounds_state
      set state = $2, rounds_today = rounds_today + $3, rounds = rounds + 1, wins = wins + ($5::bigint > 0)::int,
          staked = staked + $4, paid = paid + $5, biggest_win = greatest(biggest_win, $5), last_played_at = $6,
          session_rounds = session_rounds + 1, session_staked = session_staked + $4, session_paid = session_paid + $5
    where player_id = $1 and game = 'gacha'`,
)

/** One transaction per round of pulls. A limited prize's row is locked when a piece is taken, not before. */
export function interactivePulls(app: App, configs: LiveConfigs, draws: Draws): Engine {
  return {
    play: async ({ playerId, requestId, input: asked }: Play) => {
      const input = asked as GachaInput
      const { id: configId, config } = await configs.of('gacha', isGachaConfig)
      const stake = gachaRules.stakeOf(config, input)
      const at = app.clock.now()
      return app.inTransaction(async (tx) => {
        const pair = await one(tx.run(lockPair, [playerId]))
        const { state } = await one(tx.run(lockState, [playerId]))
        const wallet = await one(tx.run(lockWallet, [playerId]))
        const [earlier] = await tx.run(findEarlier, [playerId, requestId])
        if (earlier || wallet.balance < stake) throw new Error('the benchmark repeats nothing and has enough')
        const stock = new Map((await tx.run(readStock, [])).map(({ item, left }) => [item, Number(left)]))
        const owned = new Set((await tx.run(readOwned, [playerId])).map(({ item }) => item))

        const decided = gachaRules.play(config, { state, sinceLastMs: null, beside: { stock, owned } }, input, draws)
        const { payout, outcome } = decided
        await tx.run(countNonce, [playerId, pair.nonce + 1n])
        const hash = requestHash('gacha', input.pulls)
        const { id } = await one(tx.run(insertTransfer, [playerId, requestId, hash, at, 'gacha.round']))
        const afterStake = wallet.balance - stake
        const balanceAfter = afterStake + payout
        await tx.run(insertPosting, [id, wallet.id, GACHA_TILL, stake, wallet.entries + 1n, afterStake])
        if (payout > 0n)
          await tx.run(insertPosting, [id, GACHA_TILL, wallet.id, payout, wallet.entries + 2n, balanceAfter])
        await tx.run(updateWallet, [wallet.id, balanceAfter, wallet.entries + (payout > 0n ? 2n : 1n)])
        for (const pull of outcome.pulls) {
          if (stock.has(pull.item)) await one(tx.run(takePiece, [pull.item]))
          if (pull.duplicate_tokens !== null) continue
          const { item, rarity } = itemOf(config, pull.item)
          await tx.run(insertItem, [playerId, item.id, rarity, item.name.ko, item.name.en, at])
        }
        const shown = JSON.stringify(outcome)
        const drawn = [pair.pair_id, pair.nonce]
        await tx.run(insertRound, [playerId, id, configId, stake, payout, balanceAfter, shown, at, 'gacha', ...drawn])
        await tx.run(updateState, [playerId, JSON.stringify(decided.state), input.pulls, stake, payout, at])
        await tx.run(insertEvent, [playerId, JSON.stringify(eventOf('gacha', id, configId, stake, payout)), at])
        return roundOf('gacha', playerId, id, configId, stake, payout, balanceAfter, outcome, at)
      })
    },
  }
}
