'use client'

import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { type GameOnStage, pause, useAskWhenBack, useStage } from '#features/stage/use-stage.ts'
import { newRequestId } from '#server-link/ask-once.ts'
import { gachaConfigQuery, gachaLatestQuery, gachaStatsQuery, queryKeys } from '#server-link/queries.ts'
import { prefersCalm, usePrefs } from '#stores/prefs.ts'
import { wakeSound } from '#ui/synth.ts'
import {
  type Ask,
  bestOf,
  type Count,
  type Happening,
  isBusy,
  newScene,
  next,
  type Obstacle,
  obstacleTo,
  type Round,
  rememberedAsk,
  restMs,
  type Scene,
} from './gacha-scene.model.ts'
import { playSound, type Sound } from './gacha-sound.ts'
import { timings } from './gacha-timeline.ts'
import { type Market, readMarket } from './market.model.ts'
import { latestRoundOf, sendPull } from './place-pull.ts'

const gacha: GameOnStage<Scene, Happening, Ask, Round, Sound> = {
  game: 'gacha',
  newScene: () => newScene,
  next,
  send: sendPull,
  amountOf: ({ count }) => count,
  withRemembered: (scene, { key, amount }) =>
    amount === 1 || amount === 10 ? rememberedAsk(scene, { key, count: amount }) : scene,
  askInDoubt: ({ stage }) => (stage.phase === 'unknown' && !stage.isChecking ? stage.ask : null),
  shownRound: ({ stage }) => (stage.phase === 'settled' ? stage.round : null),
  playSound,
}

export type GachaPlay = {
  readonly scene: Scene
  readonly market: Market | null
  /** The server could not be asked for what the scene needs; `retry` asks again. */
  readonly isUnavailable: boolean
  readonly pityAfter: number
  readonly startedAt: number | null
  readonly obstacleTo: (count: Count) => Obstacle | null
  readonly pull: (count: Count) => void
  readonly showNext: () => void
  readonly skip: () => void
  readonly checkOutcome: () => void
  readonly retry: () => void
}

/** The gacha on the stage: its capsules, its prices, its pity. */
export function useGachaScene(): GachaPlay {
  const published = useQuery(gachaConfigQuery)
  const stats = useQuery(gachaStatsQuery)
  const latest = useQuery(gachaLatestQuery)
  const market = useMemo(() => (published.data ? readMarket(published.data) : null), [published.data])
  const [, setRested] = useState(0)

  const line = useStage(gacha, (round, { stage }) => {
    const { queries, sound } = line
    queries.invalidateQueries({ queryKey: queryKeys.inventory, refetchType: 'none' }).catch(() => undefined)
    queries.invalidateQueries({ queryKey: queryKeys.gachaStats }).catch(() => undefined)
    // The relay tells of winners a moment after the round.
    setTimeout(() => queries.invalidateQueries({ queryKey: queryKeys.gachaWinners }).catch(() => undefined), 1_500)
    const best = bestOf(round.prizes)
    // What was shown one by one has sounded already.
    if (stage.phase === 'settled' && stage.wasSkipped && best) sound(best)
    setTimeout(() => setRested((times) => times + 1), restMs + 20)
  })
  const { scene, now, wallet, tell, send } = line

  // What the server knows arrives in any order; the model decides what may be shown of it now.
  const standing = stats.data
  useEffect(() => {
    if (standing) tell({ type: 'standing_read', misses: standing.misses, pullsLeft: standing.pulls_left_today })
  }, [standing, tell])
  const pulled = latest.data?.items
  useEffect(() => {
    if (pulled) tell({ type: 'latest_read', latest: pulled.map(latestRoundOf) })
  }, [pulled, tell])

  const priceOf = useCallback((count: Count) => market?.priceTokens[count === 1 ? 'one' : 'ten'] ?? 0, [market])

  const pull = useCallback(
    async (count: Count) => {
      wakeSound()
      const ask = { key: newRequestId(), count, price: priceOf(count) }
      if (market === null || obstacleTo(now.current, count, ask.price, performance.now())) return
      tell({ type: 'pull_asked', ask, at: performance.now() })
      const isCalm = prefersCalm(usePrefs.getState().motion)
      const outcome = await send(ask, pause(isCalm ? 0 : timings.leastTurnMs))
      if (outcome?.kind === 'answered' && isCalm) tell({ type: 'skipped', at: performance.now() })
    },
    [market, now, priceOf, send, tell],
  )

  const check = useCallback(() => void line.checkOutcome(), [line.checkOutcome])
  useAskWhenBack(scene.stage.phase === 'unknown', check)

  return {
    scene,
    market,
    isUnavailable:
      (published.isError || (published.isSuccess && market === null) || wallet.isError || stats.isError) &&
      !isBusy(scene.stage),
    pityAfter: market?.pityAfterMisses ?? stats.data?.pity_after_misses ?? 90,
    startedAt: line.startedAt,
    obstacleTo: (count) =>
      market === null ? { why: 'loading' } : obstacleTo(scene, count, priceOf(count), performance.now()),
    pull: useCallback((count: Count) => void pull(count), [pull]),
    showNext: useCallback(() => tell({ type: 'prize_shown', at: performance.now() }), [tell]),
    skip: useCallback(() => tell({ type: 'skipped', at: performance.now() }), [tell]),
    checkOutcome: check,
    retry: () => {
      for (const query of [published, wallet, stats]) query.refetch().catch(() => undefined)
    },
  }
}
