'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { askAgain, askOnce, type Outcome } from '#server-link/ask-once.ts'
import { forgetPlay, latestPlayQuery, meQuery, queryKeys, walletQuery } from '#server-link/queries.ts'
import { forgetAsk, type PendingAsk, type PendingGame, recallAsk, rememberAsk } from '#stores/pending-ask.ts'
import { usePrefs } from '#stores/prefs.ts'

/** One paid act. The key stays the same however often it is sent, so that it is charged once at most. */
type Keyed = { readonly key: string }
type Settled = { readonly balance: number }

/** What happens on every stage, whatever is played on it. */
export type StageHappening<Round> =
  | { readonly type: 'answered'; readonly key: string; readonly round: Round; readonly at: number }
  | { readonly type: 'refused'; readonly key: string; readonly code: string; readonly sentence: string }
  | { readonly type: 'line_lost'; readonly key: string }
  | { readonly type: 'asked_again' }
  | { readonly type: 'wallet_read'; readonly balance: number }
  | { readonly type: 'session_read'; readonly rounds: number; readonly net: number }

/** What a game brings to the stage: its pure model, the way to its server, its sounds. All of it stays the same for ever. */
export type GameOnStage<Scene, Happening, Ask extends Keyed, Round extends Settled, Sound> = {
  readonly game: PendingGame
  readonly newScene: () => Scene
  readonly next: (scene: Scene, happening: Happening | StageHappening<Round>) => Scene
  /** Sends an act once. Never throws. */
  readonly send: (ask: Ask) => Promise<Outcome<Round>>
  readonly amountOf: (ask: Ask) => number
  /** The scene with an act in it from an earlier visit whose end was never heard of. */
  readonly withRemembered: (scene: Scene, pending: PendingAsk) => Scene
  /** The act whose end nobody here knows, unless it is being asked after already. */
  readonly askInDoubt: (scene: Scene) => Ask | null
  /** The round that has been shown to its end. */
  readonly shownRound: (scene: Scene) => Round | null
  readonly playSound: (sound: Sound | 'press' | 'refused', volume: number, delayMs?: number) => void
}

/**
 * Joins a pure scene with the server, the sound and the clock, the same way for every game: an act is sent with its key,
 * kept over a reload until its end is known, asked after when the line was lost, and told to the rest of the app only
 * when the player has seen it.
 *
 * `onShown` is called once for each round, when it has been shown to its end.
 */
export function useStage<Scene, Happening, Ask extends Keyed, Round extends Settled, Sound>(
  game: GameOnStage<Scene, Happening, Ask, Round, Sound>,
  onShown: (round: Round, scene: Scene) => void,
) {
  const queries = useQueryClient()
  const wallet = useQuery(walletQuery)
  const me = useQuery(meQuery)
  const latestPlay = useQuery(latestPlayQuery(game.game))

  const [scene, setScene] = useState<Scene>(game.newScene)
  const [startedAt, setStartedAt] = useState<number | null>(null)
  // React shows the scene; the ref is the scene. A second tap in the same frame must already see the first.
  const now = useRef(scene)
  const isGone = useRef(false)
  const askedWallClock = useRef(0)
  const shown = useRef(onShown)
  useEffect(() => {
    shown.current = onShown
  })

  const sound = useCallback(
    (name: Sound | 'press' | 'refused', delayMs = 0) => {
      const { sound: isOn, volume } = usePrefs.getState()
      if (isOn) game.playSound(name, volume, delayMs)
    },
    [game],
  )

  const move = useCallback(
    (happening: Happening | StageHappening<Round>) => {
      now.current = game.next(now.current, happening)
      setScene(now.current)
    },
    [game],
  )

  /** Everybody else may know now. */
  const publish = useCallback(
    (round: Round) => {
      // News that came while it was being shown is younger than the round, and was kept back until now.
      const known = queries.getQueryState(walletQuery.queryKey)
      if (known?.data && known.dataUpdatedAt > askedWallClock.current) {
        move({ type: 'wallet_read', balance: known.data.balances.token })
      } else {
        queries.setQueryData(walletQuery.queryKey, (old) =>
          old === undefined ? old : { balances: { ...old.balances, token: round.balance } },
        )
      }
      for (const queryKey of [queryKeys.rounds, queryKeys.stats, queryKeys.playSessions, queryKeys.entries('token')])
        queries.invalidateQueries({ queryKey, refetchType: 'none' }).catch(() => undefined)
      shown.current(round, now.current)
    },
    [move, queries],
  )

  const tell = useCallback(
    (happening: Happening | StageHappening<Round>) => {
      if (isGone.current) return
      const before = game.shownRound(now.current)
      move(happening)
      const round = game.shownRound(now.current)
      if (round !== null && round !== before) publish(round)
    },
    [game, move, publish],
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
  const play = latestPlay.data?.items[0]
  useEffect(() => {
    if (play?.game !== game.game || play.ended_at !== null) return
    tell({ type: 'session_read', rounds: play.rounds, net: play.net })
    setStartedAt(Date.parse(play.started_at))
  }, [game, play, tell])
  const playerId = me.data === undefined ? undefined : String(me.data.user_id)
  useEffect(() => {
    const pending = playerId === undefined ? null : recallAsk(game.game, playerId)
    if (pending === null) return
    now.current = game.withRemembered(now.current, pending)
    setScene(now.current)
  }, [game, playerId])

  const tellRefused = useCallback(
    (key: string, { code, message, facts }: Extract<Outcome<Round>, { kind: 'refused' }>['refusal']) => {
      tell({ type: 'refused', key, code, sentence: message })
      if (typeof facts['balance'] === 'number') tell({ type: 'wallet_read', balance: facts['balance'] })
    },
    [tell],
  )

  /**
   * Sends an act that the scene is asking for already, and tells of its end once the stage is `ready` for it.
   * Resolves with that end, or with null when nobody is here any more to see it.
   */
  const send = useCallback(
    async (ask: Ask, ready: Promise<void>): Promise<Outcome<Round> | null> => {
      askedWallClock.current = Date.now()
      if (playerId !== undefined) rememberAsk(game.game, playerId, { key: ask.key, amount: game.amountOf(ask) })
      sound('press')
      const outcome = await askOnce(ask, game.send)
      if (outcome.kind !== 'lost') forgetAsk(game.game)
      await ready
      if (isGone.current) {
        // Nobody sees it any more, but the round counts: whoever shows a balance now must ask for it again.
        if (outcome.kind === 'answered') forgetPlay(queries).catch(() => undefined)
        return null
      }
      if (outcome.kind === 'answered')
        tell({ type: 'answered', key: ask.key, round: outcome.answer, at: performance.now() })
      else if (outcome.kind === 'lost') tell({ type: 'line_lost', key: ask.key })
      else {
        tellRefused(ask.key, outcome.refusal)
        sound('refused')
      }
      return outcome
    },
    [game, playerId, queries, sound, tell, tellRefused],
  )

  /** Sends the act in doubt once more, with the same key. Resolves with the round if there was one. */
  const checkOutcome = useCallback(async (): Promise<Round | null> => {
    const ask = game.askInDoubt(now.current)
    if (ask === null) return null
    tell({ type: 'asked_again' })
    const outcome = await askAgain(ask, game.send)
    if (isGone.current) return null
    if (outcome.kind === 'lost') {
      tell({ type: 'line_lost', key: ask.key })
      return null
    }
    forgetAsk(game.game)
    if (outcome.kind === 'refused') {
      tell({ type: 'refused', key: ask.key, code: outcome.refusal.code, sentence: outcome.refusal.message })
      return null
    }
    tell({ type: 'answered', key: ask.key, round: outcome.answer, at: performance.now() })
    return outcome.answer
  }, [game, tell])

  return { scene, now, startedAt, wallet, queries, sound, tell, send, checkOutcome }
}

/** When the line is back the question is asked again by itself: the key makes that safe. */
export function useAskWhenBack(isInDoubt: boolean, checkOutcome: () => void): void {
  useEffect(() => {
    if (!isInDoubt) return
    addEventListener('online', checkOutcome)
    return () => removeEventListener('online', checkOutcome)
  }, [isInDoubt, checkOutcome])
}

/** Resolves after so many milliseconds. */
export const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
