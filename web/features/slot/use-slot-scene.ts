'use client'

import { isSlotConfig, type SlotConfig } from '@casino-club/fairness/slot.config.ts'
import { useQuery } from '@tanstack/react-query'
import { type RefObject, useCallback, useEffect, useState } from 'react'
import { type GameOnStage, pause, useAskWhenBack, useStage } from '#features/stage/use-stage.ts'
import { newRequestId } from '#server-link/ask-once.ts'
import { latestRoundsQuery, slotConfigQuery, slotStateQuery } from '#server-link/queries.ts'
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

const slot: GameOnStage<Scene, Happening, Ask, Round, Sound> = {
  game: 'slot',
  newScene: () => newScene(20),
  next,
  send: sendStake,
  amountOf: ({ bet }) => bet,
  withRemembered: (scene, { key, amount }) => rememberedAsk(scene, { key, bet: amount }),
  askInDoubt: ({ stage }) => (stage.phase === 'unknown' && !stage.isChecking ? stage.ask : null),
  shownRound: ({ stage }) => (stage.phase === 'celebrating' || stage.phase === 'settled' ? stage.round : null),
  playSound,
}

const soundOf: Readonly<Record<Proportion, Sound | null>> = {
  loss: null,
  returned: 'returned',
  win: 'win',
  big_win: 'big_win',
  jackpot: 'jackpot',
}

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

/** The slot on the stage: its reels, its bet, its pause between two stakes. */
export function useSlotScene(reels: RefObject<SlotStageHandle | null>): SlotPlay {
  const published = useQuery(slotConfigQuery)
  const state = useQuery(slotStateQuery)
  const latestRounds = useQuery(latestRoundsQuery)
  const config = publishedConfig(published.data?.config)
  const gap = config?.minMillisecondsBetweenStakes ?? 2_500
  const [isResting, setResting] = useState(false)
  const [restsForMs, setRestsForMs] = useState(0)

  const line = useStage(slot, (round) => {
    line.queries.setQueryData(slotStateQuery.queryKey, (old) =>
      old === undefined
        ? old
        : {
            ...old,
            streak: round.streak,
            spins_today: old.spins_today + 1,
            spins_left_today: Math.max(0, old.spins_left_today - 1),
          },
    )
    const name = soundOf[proportionOf(round)]
    if (name) line.sound(name)
  })
  const { scene, now, wallet, sound, tell, send } = line

  // What the server knows arrives in any order; the model decides what may be shown of it now.
  const streak = state.data?.streak
  useEffect(() => {
    if (streak !== undefined) tell({ type: 'streak_read', streak })
  }, [streak, tell])
  const played = latestRounds.data?.items
  useEffect(() => {
    if (played) tell({ type: 'latest_read', latest: played.flatMap(latestRoundOf) })
  }, [played, tell])
  const hasConfig = config !== null
  const opening = config === null ? null : openingBet(config.bet)
  useEffect(() => {
    if (opening !== null) tell({ type: 'bet_chosen', bet: opening })
  }, [opening, tell])

  const showAtOnce = useCallback(
    (round: Round) => {
      reels.current?.show(round.reels)
      tell({ type: 'shown_at_once' })
    },
    [reels, tell],
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
      reels.current?.stop(round.reels, stops, pressedAt, () => tell({ type: 'reel_stopped' }))
    },
    [config, reels, sound, tell],
  )

  const perform = useCallback(
    async (ask: Ask, pressedAt: number) => {
      const isCalm = prefersCalm(usePrefs.getState().motion)
      if (!isCalm) reels.current?.turn()
      const toSpeed = isCalm ? 0 : timings.windUpMs + timings.speedUpMs + 2 * timings.startStaggerMs
      const atSpeed = pause(toSpeed).then(() => tell({ type: 'reels_at_speed' }))
      const outcome = await send(ask, atSpeed)
      if (outcome?.kind === 'answered') {
        if (isCalm) showAtOnce(outcome.answer)
        else stopReels(outcome.answer, pressedAt)
      } else if (outcome !== null && !isCalm) reels.current?.rest()
    },
    [reels, send, showAtOnce, stopReels, tell],
  )

  const spin = useCallback(() => {
    wakeSound()
    const pressedAt = performance.now()
    if (!hasConfig || !maySpin(now.current, pressedAt, gap)) return
    tell({ type: 'spin_asked', key: newRequestId(), at: pressedAt, millisecondsBetween: gap })
    const { stage: asked } = now.current
    if (asked.phase !== 'asking') return
    setRestsForMs(gap)
    setResting(true)
    setTimeout(() => {
      if (waitBeforeStake(now.current, performance.now(), gap) === 0) setResting(false)
    }, gap + 20)
    void perform(asked.ask, pressedAt)
  }, [gap, hasConfig, now, perform, tell])

  const check = useCallback(() => {
    void line.checkOutcome().then((round) => {
      if (round) showAtOnce(round)
    })
  }, [line.checkOutcome, showAtOnce])
  useAskWhenBack(scene.stage.phase === 'unknown', check)

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
    startedAt: line.startedAt,
    isResting,
    restsForMs,
    spin,
    checkOutcome: check,
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
