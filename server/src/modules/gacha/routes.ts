import { isGachaConfig, RARITIES } from '@casino-club/fairness/gacha.config.ts'
import { openBalances } from '#modules/ledger/read-balances.ts'
import type { LiveConfigs } from '#modules/odds/live-config.ts'
import { listRounds } from '#modules/rounds/list-rounds.ts'
import type { Engine } from '#modules/rounds/play-rounds.ts'
import { type Language, type Route, serve } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { onWire } from '#vocabulary/wire.ts'
import { computeOdds } from './compute-odds.ts'
import * as contract from './contract.ts'
import { itemOf, specialAnimationOf } from './gacha.rules.ts'
import { selectStock } from './gacha.sql.ts'
import { listWinners } from './list-winners.ts'
import { situationOf, summaryOf } from './messages.ts'
import { configsOf, type Pulled, pulledIn, pullGacha } from './pull-gacha.ts'
import { readGachaStats } from './read-gacha-stats.ts'

export function routes(app: App, engine: Engine, configs: LiveConfigs): Route[] {
  const gems = openBalances(app.db, 'gem')
  return [
    serve(contract.pullGacha, async ({ caller, body, idempotencyKey, language }) => {
      // Beside the pull, which moves no gems: neither waits for the other.
      const [pulled, gem] = await Promise.all([
        pullGacha(app, engine, configs, caller, idempotencyKey, body.pull_count),
        gems(caller.subjectId),
      ])
      const balance = onWire(pulled.round.balanceAfter)
      return {
        ...pulledOnWire(pulled, language),
        request_id: idempotencyKey,
        balance,
        psychological_message: situationOf(pulled.animation, language),
        message: summaryOf(pulled.pulls, language),
        special_animation: specialAnimationOf(pulled.animation),
        currency_balance: { tokens: balance, gems: onWire(gem) },
      }
    }),
    serve(contract.getGachaConfig, async () => {
      const { id, hash, config, publishedAt } = await configs.of('gacha', isGachaConfig)
      const [odds, rows] = await Promise.all([computeOdds(hash, config), selectStock(app.db)])
      const taken = new Map(rows.map((row) => [row.item, Number(row.taken)]))
      const limited = RARITIES.flatMap((rarity) => config.prizes[rarity].rows).flatMap(({ id: item, stock }) =>
        stock === null ? [] : [{ item_id: item, left: Math.max(0, stock - (taken.get(item) ?? 0)) }],
      )
      return {
        config_id: onWire(id),
        config_hash: hash,
        published_at: publishedAt.toISOString(),
        config,
        odds,
        stock: limited,
      }
    }),
    serve(contract.getGachaStats, async ({ caller }) => {
      const stats = await readGachaStats(app, configs, caller)
      return {
        pulls: RARITIES.reduce((sum, rarity) => sum + stats.granted[rarity], 0),
        granted: { ...stats.granted },
        misses: stats.counters.misses,
        pity_after_misses: stats.pityAfterMisses,
        pulls_since_epic: stats.counters.sinceEpic,
        pulls_since_legendary: stats.counters.sinceLegendary,
        pulls_today: stats.pullsToday,
        pulls_left_today: stats.pullsLeftToday,
        spent_tokens: onWire(stats.spentTokens),
        duplicate_tokens: onWire(stats.duplicateTokens),
      }
    }),
    serve(contract.getGachaWinners, async ({ caller, language }) => ({
      items: (await listWinners(app.db)).map((row) => ({
        nickname: row.nickname,
        is_you: row.player_id === caller.playerId,
        // The table's constraint says so.
        rarity: row.rarity as 'epic' | 'legendary',
        item_id: row.item,
        name: language === 'ko' ? row.name_ko : row.name_en,
        won_at: row.won_at.toISOString(),
      })),
    })),
    serve(contract.getGachaHistory, async ({ caller, query: { limit = 20, cursor }, language }) => {
      const { rounds, nextCursor } = await listRounds(app.db, caller.playerId, { game: 'gacha', limit, cursor })
      const known = await configsOf(app.db, rounds)
      const items = rounds.map((round) => pulledOnWire(pulledIn(round, known.get(round.configId)), language))
      return { items, next_cursor: nextCursor }
    }),
  ]
}

function pulledOnWire({ round, config, pulls, animation }: Pulled, language: Language) {
  return {
    round_id: onWire(round.id),
    items: pulls.map((pull) => ({
      item_id: pull.item,
      name: itemOf(config, pull.item).item.name[language],
      rarity: pull.granted,
      drawn: pull.drawn,
      by_pity: pull.by_pity,
      animation_type: pull.animation,
      is_new: pull.duplicate_tokens === null,
      duplicate_tokens: pull.duplicate_tokens,
    })),
    rare_item_count: pulls.filter(({ granted }) => granted === 'rare').length,
    ultra_rare_item_count: pulls.filter(({ granted }) => granted === 'epic' || granted === 'legendary').length,
    pull_count: pulls.length,
    animation_type: animation,
    price_tokens: onWire(round.stake),
    duplicate_tokens: onWire(round.payout),
    played_at: round.playedAt.toISOString(),
  }
}
