'use client'

import { isSlotConfig, type SlotConfig } from '@casino-club/fairness/slot.config.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { askAgain, askOnce, newRequestId } from '#server-link/ask-once.ts'
import {
  forgetPlay,
  latestPlayQuery,
  latestRoundsQuery,
  meQuery,
  queryKeys,
  slotConfigQuery,
  slotStateQuery,
  walletQuery,
} from '#server-link/queries.ts'
import { forgetAsk, recallAsk, rememberAsk } from '#stores/pending-ask.ts'
import { prefersCalm, usePrefs } from '#stores/prefs.ts'
import { wakeSound } from '#ui/synth.ts'
import { openingBet } from './bet-steps.ts'
import { latestRoundOf, sendStake } from './place-stake.ts'
import {
  type Ask,
  type Happening,
  isBusy,
  maySpin,
  newScene,
  next,
  type Proportion,
  proportionOf,
  type Round,
  rememberedAsk,
  type Scene,
  waitBeforeStake,
} from './slot-scene.model.ts'
import { playSound, type Sound } from './slot-sound.ts'
import type { SlotStageHandle } from './slot-stage.tsx'
import { celebrationMs, planStops, timings } from './slot-timeline.ts'

const soundOf: Readonly<Record<Proportion, Sound | null>> = {
  loss: null,
  returned: 'returned',
  win: 'win',
  big_win: 'big_win',
  jackpot: 'jackpot',
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

export type SlotPlay = {
  readonly scene: Scene
  readonly config: SlotConfig | null
  readonly configHash: string | null
  /** The server could not be asked for what the scene needs; `retry` asks again. */
  readonly isUnavailable: boolean
  readonly spinsLeftToday: number | null
  readonly startedAt: number | null
  /** Whether the pause between two stakes still lasts; it lasts `restsForMs` from the press. */
  readonly isResting: boolean
  readonly restsForMs: number
  readonly spin: () => void
  readonly checkOutcome: () => void
  readonly chooseBet: (bet: number) => void
  readonly endCelebration: () => void
  readonly retry: () => void
}

/** Joins the pure scene with the server, the reels, the sound and the clock. */
export function useSlotScene(stage: RefObject<SlotStageHandle | null>): SlotPlay {
  const queries = useQueryClient()
  const published = useQuery(slotConfigQuery)
  const wallet = useQuery(walletQuery)
  const state = useQuery(slotStateQuery)
  const me = useQuery(meQuery)
  const latestPlay = useQuery(latestPlayQuery('slot'))
  const latestRounds = useQuery(latestRoundsQuery)

  const config = publishedConfig(published.data?.config)
  const gap = config?.minMillisecondsBetweenStakes ?? 2_500

  const [scene, setScene] = useState<Scene>(() => newScene(20))
  const [startedAt, setStartedAt] = useState<number | null>(null)
  const [isResting, setResting] = useState(false)
  const [restsForMs, setRestsForMs] = useState(0)
  // React shows the scene; the ref is the scene. A second tap in the same frame must already see the first.
  const now = useRef(scene)
  const isGone = useRef(false)
  const pressedWallClock = useRef(0)

  const tell = useCallback((happening: Happening) => {
    now.current = next(now.current, happening)
    setScene(now.current)
  }, [])

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
  const streak = state.data?.streak
  useEffect(() => {
    if (streak !== undefined) tell({ type: 'streak_read', streak })
  }, [streak, tell])
  const play = latestPlay.data?.items[0]
  useEffect(() => {
    if (play?.game !== 'slot' || play.ended_at !== null) return
    tell({ type: 'session_read', rounds: play.rounds, net: play.net })
    setStartedAt(Date.parse(play.started_at))
  }, [play, tell])
  const played = latestRounds.data?.items
  useEffect(() => {
    if (played) tell({ type: 'latest_read', latest: played.flatMap(latestRoundOf) })
  }, [played, tell])
  const hasConfig = config !== null
  const opening = config === null ? null : openingBet(config.bet)
  useEffect(() => {
    if (opening !== null) tell({ type: 'bet_chosen', bet: opening })
  }, [opening, tell])
  const playerId = me.data === undefined ? undefined : String(me.data.user_id)
  useEffect(() => {
    const pending = playerId === undefined ? null : recallAsk('slot', playerId)
    if (pending === null) return
    now.current = rememberedAsk(now.current, { key: pending.key, bet: pending.amount })
    setScene(now.current)
  }, [playerId])

  const sound = useCallback((name: Sound, delayMs = 0) => {
    const { sound: isOn, volume } = usePrefs.getState()
    if (isOn) playSound(name, volume, delayMs)
  }, [])

  /** After the last reel: everybody else may know now. */
  const publish = useCallback(
    (round: Round) => {
      // News that came while the reels turned is younger than the round, and was kept back until now.
      const known = queries.getQueryState(walletQuery.queryKey)
      if (known?.data && known.dataUpdatedAt > pressedWallClock.current) {
        tell({ type: 'wallet_read', balance: known.data.balances.token })
      } else {
        queries.setQueryData(walletQuery.queryKey, (old) =>
          old === undefined ? old : { balances: { ...old.balances, token: round.balance } },
        )
      }
      queries.setQueryData(slotStateQuery.queryKey, (old) =>
        old === undefined
          ? old
          : {
              ...old,
              streak: round.streak,
              spins_today: old.spins_today + 1,
              spins_left_today: Math.max(0, old.spins_left_today - 1),
            },
      )
      for (const queryKey of [queryKeys.rounds, queryKeys.stats, queryKeys.playSessions, queryKeys.entries('token')]) {
        queries.invalidateQueries({ queryKey, refetchType: 'none' }).catch(() => undefined)
      }
      const name = soundOf[proportionOf(round)]
      if (name) sound(name)
    },
    [queries, sound, tell],
  )

  const showAtOnce = useCallback(
    (round: Round) => {
      stage.current?.show(round.reels)
      tell({ type: 'shown_at_once' })
      publish(round)
    },
    [publish, stage, tell],
  )

  const stopReels = useCallback(
    (round: Round, pressedAt: number) => {
      const symbols = config?.reel.rows ?? []
      const triplePays = (id: string) => symbols.find((row) => row.id === id)?.triplePaysHundredths ?? 0
      const stops = planStops(round.reels, performance.now() - pressedAt, triplePays)
      const passed = performance.now() - pressedAt
      for (const stop of stops) {
        sound('stop', stop.startsAtMs + timings.stopMs * 0.7 - passed)
        if (stop.ringAtMs !== null) sound('anticipation', stop.ringAtMs - passed)
      }
      tell({ type: 'stop_begun' })
      stage.current?.stop(round.reels, stops, pressedAt, () => {
        if (isGone.current) return
        tell({ type: 'reel_stopped' })
        const { phase } = now.current.stage
        if (phase === 'celebrating' || phase === 'settled') publish(round)
      })
    },
    [config, publish, sound, stage, tell],
  )

  const perform = useCallback(
    async (ask: Ask, pressedAt: number) => {
      const isCalm = prefersCalm(usePrefs.getState().motion)
      const toSpeed = isCalm ? 0 : timings.windUpMs + timings.speedUpMs + 2 * timings.startStaggerMs
      if (!isCalm) stage.current?.turn()
      const atSpeed = pause(toSpeed).then(() => tell({ type: 'reels_at_speed' }))
      const outcome = await askOnce(ask, sendStake)
      if (outcome.kind !== 'lost') forgetAsk('slot')
      if (outcome.kind === 'answered') tell({ type: 'answered', key: ask.key, round: outcome.answer })
      await atSpeed
      if (isGone.current) {
        // Nobody sees the reels any more, but the round counts: whoever shows a balance now must ask for it again.
        if (outcome.kind === 'answered') forgetPlay(queries).catch(() => undefined)
        return
      }
      switch (outcome.kind) {
        case 'answered':
          if (isCalm) showAtOnce(outcome.answer)
          else stopReels(outcome.answer, pressedAt)
          return
        case 'refused': {
          if (!isCalm) stage.current?.rest()
          const { code, message, facts } = outcome.refusal
          tell({ type: 'refused', key: ask.key, code, sentence: message })
          if (typeof facts['balance'] === 'number') tell({ type: 'wallet_read', balance: facts['balance'] })
          sound('refused')
          return
        }
        case 'lost':
          if (!isCalm) stage.current?.rest()
          tell({ type: 'line_lost', key: ask.key })
          return
      }
    },
    [queries, showAtOnce, sound, stage, stopReels, tell],
  )

  const spin = useCallback(() => {
    wakeSound()
    const pressedAt = performance.now()
    if (!hasConfig || !maySpin(now.current, pressedAt, gap)) return
    pressedWallClock.current = Date.now()
    tell({ type: 'spin_asked', key: newRequestId(), at: pressedAt, millisecondsBetween: gap })
    const { stage: asked } = now.current
    if (asked.phase !== 'asking') return
    if (playerId !== undefined) rememberAsk('slot', playerId, { key: asked.ask.key, amount: asked.ask.bet })
    sound('press')
    setRestsForMs(gap)
    setResting(true)
    setTimeout(() => {
      if (!isGone.current && waitBeforeStake(now.current, performance.now(), gap) === 0) setResting(false)
    }, gap + 20)
    void perform(asked.ask, pressedAt)
  }, [gap, hasConfig, perform, playerId, sound, tell])

  const checkOutcome = useCallback(async () => {
    const { stage: unknown } = now.current
    if (unknown.phase !== 'unknown' || unknown.isChecking) return
    tell({ type: 'asked_again' })
    const outcome = await askAgain(unknown.ask, sendStake)
    if (isGone.current) return
    if (outcome.kind === 'lost') {
      tell({ type: 'line_lost', key: unknown.ask.key })
      return
    }
    forgetAsk('slot')
    if (outcome.kind === 'refused') {
      tell({
        type: 'refused',
        key: unknown.ask.key,
        code: outcome.refusal.code,
        sentence: outcome.refusal.message,
      })
      return
    }
    tell({ type: 'answered', key: unknown.ask.key, round: outcome.answer })
    showAtOnce(outcome.answer)
  }, [showAtOnce, tell])

  // When the line is back the question is asked again by itself: the key makes that safe.
  const { phase } = scene.stage
  useEffect(() => {
    if (phase !== 'unknown') return
    const ask = () => void checkOutcome()
    addEventListener('online', ask)
    return () => removeEventListener('online', ask)
  }, [phase, checkOutcome])

  const celebrated = scene.stage.phase === 'celebrating' ? scene.stage.proportion : null
  useEffect(() => {
    if (celebrated === null) return
    const timer = setTimeout(() => tell({ type: 'celebration_ended' }), celebrationMs(celebrated))
    return () => clearTimeout(timer)
  }, [celebrated, tell])

  return {
    scene,
    config,
    configHash: published.data?.config_hash ?? null,
    isUnavailable:
      (published.isError || (published.isSuccess && config === null) || wallet.isError) && !isBusy(scene.stage),
    spinsLeftToday: state.data?.spins_left_today ?? null,
    startedAt,
    isResting,
    restsForMs,
    spin,
    checkOutcome: () => void checkOutcome(),
    chooseBet: useCallback((bet: number) => tell({ type: 'bet_chosen', bet }), [tell]),
    endCelebration: useCallback(() => tell({ type: 'celebration_ended' }), [tell]),
    retry: () => {
      for (const query of [published, wallet, state]) query.refetch().catch(() => undefined)
    },
  }
}

let latest: { readonly data: unknown; readonly config: SlotConfig | null } = { data: undefined, config: null }

/** The published table if it is one we can read. Checked once per object, not once per render. */
function publishedConfig(data: unknown): SlotConfig | null {
  if (latest.data !== data) latest = { data, config: isSlotConfig(data) ? data : null }
  return latest.config
}
