'use client'

import { streakBonusAt } from '@casino-club/fairness/slot.rules.ts'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { SittingFigures } from '#features/stage/sitting-figures.tsx'
import { Machine, OddsButton, StageFrame } from '#features/stage/stage-frame.tsx'
import { useStageKeys } from '#features/stage/stage-keys.ts'
import { prefersCalm, usePrefs } from '#stores/prefs.ts'
import { useText } from '#text/text-provider.tsx'
import { betBeside } from './bet-steps.ts'
import { LatestResults } from './latest-results.tsx'
import { Paytable } from './paytable.tsx'
import type { Weighted } from './reel-cells.ts'
import { SlotAnnouncer } from './slot-announcer.tsx'
import { SlotControls } from './slot-controls.tsx'
import { isBusy, shownBalance, winningReels } from './slot-scene.model.ts'
import { SlotScreen } from './slot-screen.tsx'
import { SlotStage, type SlotStageHandle } from './slot-stage.tsx'
import { countUpMs } from './slot-timeline.ts'
import { useSlotScene } from './use-slot-scene.ts'
import './slot.css'

// The sheet calculates exact odds, which is more code than the machine itself; it comes when it is asked for.
const OddsSheet = lazy(() => import('./odds-sheet.tsx').then(({ OddsSheet }) => ({ default: OddsSheet })))

// Big wins are rare: what they throw into the air comes while the first reels turn.
const loadCelebration = () => import('./slot-celebration.tsx')
const SlotCelebration = lazy(() => loadCelebration().then(({ SlotCelebration }) => ({ default: SlotCelebration })))

const noSymbols: readonly Weighted[] = []
const someLimits = { min: 10, max: 1_000 }

/** The slot, whole: machine, bet, sitting, odds. What comes up is the server's; this performs it. */
export function SlotScene() {
  const { t } = useText()
  const stage = useRef<SlotStageHandle>(null)
  const play = useSlotScene(stage)
  const { scene, config } = play
  const { stage: now } = scene
  const motion = usePrefs((prefs) => prefs.motion)
  const isCalm = prefersCalm(motion)
  const isTurning = isBusy(now)
  const isUnknown = now.phase === 'unknown'
  const [areOddsOpen, setOddsOpen] = useState(false)
  const [wereOddsWanted, setOddsWanted] = useState(false)

  const limits = config?.bet ?? someLimits
  const balance = shownBalance(scene)
  const isReady = config !== null && balance !== null
  const canSpin = isReady && !isTurning && !isUnknown && !play.isResting
  const result = now.phase === 'celebrating' || now.phase === 'settled' ? now : null
  const hasWon = result !== null && result.round.win > result.round.bet
  const winners = result && hasWon ? winningReels(result.round.reels) : []

  useSlotKeys({
    isOff: areOddsOpen,
    onSpin: play.spin,
    onBet: (direction) => {
      if (!isTurning && !isUnknown) play.chooseBet(betBeside(scene.bet, direction, limits))
    },
    onEscape: play.endCelebration,
  })

  useEffect(() => {
    if (isTurning) loadCelebration().catch(() => undefined)
  }, [isTurning])

  const openOdds = () => {
    setOddsWanted(true)
    setOddsOpen(true)
  }

  return (
    <StageFrame
      game="slot"
      phase={now.phase}
      balance={balance}
      countsForMs={isCalm ? 0 : countUpMs(result?.proportion ?? 'loss')}
      tools={<OddsButton game="slot" onOpen={openOdds} />}
      sitting={
        <SittingFigures
          game="slot"
          net={scene.session.net}
          startedAt={play.startedAt}
          last={{ label: t('slot.session.rounds'), value: t('slot.session.roundsOf', { n: scene.session.rounds }) }}
        />
      }
      main={
        <>
          <Machine
            game="slot"
            signWidth={508}
            tone={hasWon ? result?.proportion : undefined}
            inDoubt={now.phase === 'unknown' ? now : null}
            isUnavailable={play.isUnavailable}
            onCheck={play.checkOutcome}
            onRetry={play.retry}
          >
            <SlotScreen scene={scene} isCalm={isCalm} isReady={isReady || play.isUnavailable} />
            <SlotStage ref={stage} symbols={config?.reel.rows ?? noSymbols} winners={winners} />
            {now.phase === 'celebrating' && !isCalm && (
              <Suspense>
                <SlotCelebration
                  key={now.round.roundId}
                  round={now.round}
                  proportion={now.proportion}
                  onSkip={play.endCelebration}
                />
              </Suspense>
            )}
          </Machine>
          <SlotControls
            bet={scene.bet}
            limits={limits}
            canSpin={canSpin}
            isTurning={isTurning}
            isResting={play.isResting && !isTurning}
            restsForMs={play.restsForMs}
            isLocked={isTurning || isUnknown || config === null}
            onBet={play.chooseBet}
            onSpin={play.spin}
          />
        </>
      }
      side={
        <>
          <Streak streak={scene.streak} bonusPercent={config ? streakBonusAt(config, scene.streak) : 0} />
          <Paytable rows={config?.reel.rows} won={result && hasWon ? result.round.reels : null} />
          <LatestResults rounds={scene.session.latest} spinsLeft={play.spinsLeftToday} />
        </>
      }
    >
      <SlotAnnouncer scene={scene} />
      {wereOddsWanted && config !== null && (
        <Suspense>
          <OddsSheet
            config={config}
            publishedHash={play.configHash}
            isOpen={areOddsOpen}
            onClose={() => setOddsOpen(false)}
          />
        </Suspense>
      )}
    </StageFrame>
  )
}

function Streak(props: { streak: number; bonusPercent: number }) {
  const { streak, bonusPercent } = props
  const { t } = useText()
  return (
    <section className="stage-panel slot-streak" aria-label={t('slot.streak.label')}>
      <svg className="slot-flame" viewBox="0 0 24 24" aria-hidden="true" data-lit={bonusPercent > 0 || undefined}>
        <path d="M12 3c1 4 6 5.500 6 11a6 6 0 0 1-12 0c0-2.500 1.200-4 2.400-5 .3 1.600 1 2.500 1.900 3C10 9 10.500 5.500 12 3z" />
      </svg>
      <p>
        <span className="stage-caption">{t('slot.streak.label')}</span>
        <strong>{streak === 0 ? t('slot.streak.none') : t('slot.streak.now', { n: streak })}</strong>
      </p>
      {streak > 0 && (
        <p className="slot-streak-effect">
          {bonusPercent > 0 ? t('slot.streak.effect', { percent: bonusPercent }) : t('slot.streak.noEffect')}
        </p>
      )}
    </section>
  )
}

type Keys = {
  readonly isOff: boolean
  readonly onSpin: () => void
  readonly onBet: (direction: -1 | 1) => void
  readonly onEscape: () => void
}

/** Space and Enter spin and arrows change the bet, wherever the focus is, unless it is on something that needs them. */
function useSlotKeys({ isOff, onSpin, onBet, onEscape }: Keys): void {
  useStageKeys(isOff, (event) => {
    if (event.key === 'Escape') return onEscape()
    const focus = event.target instanceof Element ? event.target : null
    if (focus?.closest('input, textarea, select, [role="dialog"], [role="menu"], [contenteditable]')) return
    // Up and down scroll the page; they only mean the bet to somebody who is at the controls.
    const isAtControls = focus?.closest('.slot-controls') != null
    const upDown = isAtControls ? { ArrowUp: 1, ArrowDown: -1 }[event.key] : undefined
    const direction = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? upDown
    if (direction === 1 || direction === -1) {
      event.preventDefault()
      onBet(direction)
    }
    if ((event.key === ' ' || event.key === 'Enter') && !event.repeat && !focus?.closest('button, a, summary')) {
      event.preventDefault()
      onSpin()
    }
  })
}
