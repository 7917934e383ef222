'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { askAgain, askOnce, newRequestId } from '#server-link/ask-once.ts'
import {
  forgetPlay,
  gachaConfigQuery,
  gachaLatestQuery,
  gachaStatsQuery,
  latestPlayQuery,
  meQuery,
  queryKeys,
  walletQuery,
} from '#server-link/queries.ts'
import { forgetAsk, recallAsk, rememberAsk } from '#stores/pending-ask.ts'
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
  rememberedAsk,
  restMs,
  type Scene,
} from './gacha-scene.model.ts'
import { playSound, type Sound } from './gacha-sound.ts'
import { timings } from './gacha-timeline.ts'
import { type Market, readMarket } from './market.model.ts'
import { latestRoundOf, sendPull } from './place-pull.ts'

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

export type GachaPlay = {
  readonly scene: Scene
  readonly market: Market | null
  /** The server could not be asked for what the scene needs; `retry` asks again. */
  readonly isUnavailable: boolean
  readonly pityAfter: number
  readonly pullsToday: number | null
  readonly startedAt: number | null
  readonly obstacleTo: (count: Count) => Obstacle | null
  readonly pull: (count: Count) => void
  readonly showNext: () => void
  readonly skip: () => void
  readonly checkOutcome: () => void
  readonly retry: () => void
}

/** Joins the pure scene with the server, the sound and the clock. */
export function useGachaScene(): GachaPlay {
  const queries = useQueryClient()
  const published = useQuery(gachaConfigQuery)
  const wallet = useQuery(walletQuery)
  const stats = useQuery(gachaStatsQuery)
  const me = useQuery(meQuery)
  const latestPlay = useQuery(latestPlayQuery('gacha'))
  const latest = useQuery(gachaLatestQuery)
  const market = useMemo(() => (published.data ? readMarket(published.data) : null), [published.data])

  const [scene, setScene] = useState<Scene>(newScene)
  const [startedAt, setStartedAt] = useState<number | null>(null)
  const [, setRested] = useState(0)
  // React shows the scene; the ref is the scene. A second tap in the same frame must already see the first.
  const now = useRef(scene)
  const isGone = useRef(false)
  const askedWallClock = useRef(0)

  const sound = useCallback((name: Sound, delayMs = 0) => {
    const { sound: isOn, volume } = usePrefs.getState()
    if (isOn) playSound(name, volume, delayMs)
  }, [])

  /** Everybody else may know now. */
  const publish = useCallback(
    (balance: number) => {
      // News that came while the capsules opened is younger than the round, and was kept back until now.
      const known = queries.getQueryState(walletQuery.queryKey)
      if (known?.data && known.dataUpdatedAt > askedWallClock.current) {
        now.current = next(now.current, { type: 'wallet_read', balance: known.data.balances.token })
        setScene(now.current)
      } else {
        queries.setQueryData(walletQuery.queryKey, (old) =>
          old === undefined ? old : { balances: { ...old.balances, token: balance } },
        )
      }
      const { rounds, stats: totals, playSessions, entries, inventory } = queryKeys
      for (const queryKey of [rounds, totals, playSessions, entries('token'), inventory])
        queries.invalidateQueries({ queryKey, refetchType: 'none' }).catch(() => undefined)
      queries.invalidateQueries({ queryKey: queryKeys.gachaStats }).catch(() => undefined)
      // The relay tells of winners a moment after the round.
      setTimeout(() => queries.invalidateQueries({ queryKey: queryKeys.gachaWinners }).catch(() => undefined), 1_500)
    },
    [queries],
  )

  const tell = useCallback(
    (happening: Happening) => {
      const before = now.current.stage
      now.current = next(now.current, happening)
      const { stage } = now.current
      setScene(now.current)
      if (stage.phase !== 'settled' || before.phase === 'settled') return
      publish(stage.round.balance)
      const best = bestOf(stage.round.prizes)
      // What was shown one by one has sounded already.
      if (stage.wasSkipped && best) sound(best)
      setTimeout(() => {
        if (!isGone.current) setRested((times) => times + 1)
      }, restMs + 20)
    },
    [publish, sound],
  )

  useEffect(() => {
    isGone.current = false
    setStartedAt(Date.now())
    return () => {
      isGone.current = true
    }
  }, [])

  // What the server knows arrives in any order; the model decides what may be shown of it now.
  const tokens = wallet.data?.balances.token
  useEffect(() => {
    if (tokens !== undefined) tell({ type: 'wallet_read', balance: tokens })
  }, [tokens, tell])
  const standing = stats.data
  useEffect(() => {
    if (standing) tell({ type: 'standing_read', misses: standing.misses, pullsLeft: standing.pulls_left_today })
  }, [standing, tell])
  const play = latestPlay.data?.items[0]
  useEffect(() => {
    if (play?.game !== 'gacha' || play.ended_at !== null) return
    tell({ type: 'session_read', rounds: play.rounds, net: play.net })
    setStartedAt(Date.parse(play.started_at))
  }, [play, tell])
  const pulled = latest.data?.items
  useEffect(() => {
    if (pulled) tell({ type: 'latest_read', latest: pulled.map(latestRoundOf) })
  }, [pulled, tell])
  const playerId = me.data === undefined ? undefined : String(me.data.user_id)
  useEffect(() => {
    const pending = playerId === undefined ? null : recallAsk('gacha', playerId)
    if (pending === null || (pending.amount !== 1 && pending.amount !== 10)) return
    now.current = rememberedAsk(now.current, { key: pending.key, count: pending.amount })
    setScene(now.current)
  }, [playerId])

  const perform = useCallback(
    async (ask: Ask) => {
      const isCalm = prefersCalm(usePrefs.getState().motion)
      const turned = pause(isCalm ? 0 : timings.leastTurnMs)
      const outcome = await askOnce(ask, sendPull)
      if (outcome.kind !== 'lost') forgetAsk('gacha')
      await turned
      if (isGone.current) {
        // Nobody sees the capsules any more, but the round counts: whoever shows a balance now must ask for it again.
        if (outcome.kind === 'answered') forgetPlay(queries).catch(() => undefined)
        return
      }
      switch (outcome.kind) {
        case 'answered':
          tell({ type: 'answered', key: ask.key, round: outcome.answer, at: performance.now() })
          if (isCalm) tell({ type: 'skipped', at: performance.now() })
          return
        case 'refused': {
          const { code, message, facts } = outcome.refusal
          tell({ type: 'refused', key: ask.key, code, sentence: message })
          if (typeof facts['balance'] === 'number') tell({ type: 'wallet_read', balance: facts['balance'] })
          sound('refused')
          return
        }
        case 'lost':
          tell({ type: 'line_lost', key: ask.key })
          return
      }
    },
    [queries, sound, tell],
  )

  const priceOf = useCallback((count: Count) => market?.priceTokens[count === 1 ? 'one' : 'ten'] ?? 0, [market])

  const pull = useCallback(
    (count: Count) => {
      wakeSound()
      const ask = { key: newRequestId(), count, price: priceOf(count) }
      if (market === null || obstacleTo(now.current, count, ask.price, performance.now())) return
      askedWallClock.current = Date.now()
      tell({ type: 'pull_asked', ask, at: performance.now() })
      if (playerId !== undefined) rememberAsk('gacha', playerId, { key: ask.key, amount: count })
      sound('press')
      void perform(ask)
    },
    [market, perform, playerId, priceOf, sound, tell],
  )

  const checkOutcome = useCallback(async () => {
    const { stage: unknown } = now.current
    if (unknown.phase !== 'unknown' || unknown.isChecking) return
    tell({ type: 'asked_again' })
    const outcome = await askAgain(unknown.ask, sendPull)
    if (isGone.current) return
    const { key } = unknown.ask
    if (outcome.kind === 'lost') return tell({ type: 'line_lost', key })
    forgetAsk('gacha')
    if (outcome.kind === 'answered') {
      return tell({ type: 'answered', key, round: outcome.answer, at: performance.now() })
    }
    tell({ type: 'refused', key, code: outcome.refusal.code, sentence: outcome.refusal.message })
  }, [tell])

  // When the line is back the question is asked again by itself: the key makes that safe.
  const { phase } = scene.stage
  useEffect(() => {
    if (phase !== 'unknown') return
    const ask = () => void checkOutcome()
    addEventListener('online', ask)
    return () => removeEventListener('online', ask)
  }, [phase, checkOutcome])

  return {
    scene,
    market,
    isUnavailable:
      (published.isError || (published.isSuccess && market === null) || wallet.isError || stats.isError) &&
      !isBusy(scene.stage),
    pityAfter: market?.pityAfterMisses ?? stats.data?.pity_after_misses ?? 90,
    pullsToday: stats.data?.pulls_today ?? null,
    startedAt,
    obstacleTo: (count) =>
      market === null ? { why: 'loading' } : obstacleTo(scene, count, priceOf(count), performance.now()),
    pull,
    showNext: useCallback(() => tell({ type: 'prize_shown', at: performance.now() }), [tell]),
    skip: useCallback(() => tell({ type: 'skipped', at: performance.now() }), [tell]),
    checkOutcome: () => void checkOutcome(),
    retry: () => {
      for (const query of [published, wallet, stats]) query.refetch().catch(() => undefined)
    },
  }
}
